import type { ErrorCodeName } from '../shared/error-codes';

/** Records that travel through the engine together; a column of a batch is worked on at a time. */
export const BATCH_ROWS = 1024;

/** Longest piece that a loop copies sooner than Buffer.copy, which is a call out of JavaScript. */
const SHORT_BYTES = 48;

/**
 * One column of a batch: the bytes of row r are `data[start[r] .. end[r])`, unquoted UTF-8.
 * Columns that came from the same file share one `data`.
 */
export interface Column {
  readonly data: Buffer;
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/** The text of a cell. */
export function cellText(column: Column, row: number): string {
  // utf8Slice costs less than toString('utf8', ...) with its argument checks; both give the same text.
  return column.data.toString('utf8', column.start[row], column.end[row]);
}

/** Builds a column whose cells are not bytes of the input. */
export class ColumnBuilder implements Column {
  readonly start = new Int32Array(BATCH_ROWS);
  readonly end = new Int32Array(BATCH_ROWS);
  private buffer = Buffer.allocUnsafe(16 * 1024);
  private length = 0;

  get data(): Buffer {
    return this.buffer;
  }

  /** Forgets all cells; the memory is used again. */
  reset(): void {
    this.length = 0;
  }

  /** Sets the cell of a row to a text. */
  setText(row: number, text: string): void {
    this.reserve(text.length * 3);
    this.start[row] = this.length;
    this.length += this.buffer.write(text, this.length, 'utf8');
    this.end[row] = this.length;
  }

  /** Sets the cell of a row to bytes of another buffer. */
  setBytes(row: number, source: Buffer, from: number, to: number): void {
    this.reserve(to - from);
    this.start[row] = this.length;
    if (to - from > SHORT_BYTES) {
      source.copy(this.buffer, this.length, from, to);
      this.length += to - from;
    } else {
      for (let at = from; at < to; at++) this.buffer[this.length++] = source[at];
    }
    this.end[row] = this.length;
  }

  private reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }
}

/** What happened to a row of a batch. */
export const ROW_KEPT = 0;
export const ROW_REJECTED = 1;
export const ROW_FILTERED = 2;

/** Why a row is rejected: the first error in column order leads, all stand in the message. */
export interface RowError {
  /** Name of the column, or empty for the row as a whole. */
  readonly column: string;
  readonly code: ErrorCodeName;
  /** Says what was expected; may hold the cell's value, since it stands in the rejects file alone. */
  readonly message: string;
}

/** Up to BATCH_ROWS records. Operations replace its columns, and reject or filter its rows. */
export class RecordBatch {
  /** Rows in use. */
  rows = 0;
  columns: Column[] = [];
  /**
   * The bytes of the file that the batch was read from. Cells in it with one comma between them stand just so in the
   * file, so that they can be written as one piece.
   */
  source?: Buffer;
  /** Number of each record in the source; doubles, since a file may have more than 2^31 of them. */
  readonly rowNumbers = new Float64Array(BATCH_ROWS);
  /** ROW_KEPT, ROW_REJECTED or ROW_FILTERED. */
  readonly state = new Uint8Array(BATCH_ROWS);
  /** Errors of the rejected rows. */
  readonly errors = new Map<number, RowError[]>();

  reject(row: number, error: RowError): void {
    const errors = this.errors.get(row);
    if (errors) errors.push(error);
    else this.errors.set(row, [error]);
    this.state[row] = ROW_REJECTED;
  }

  filter(row: number): void {
    this.state[row] = ROW_FILTERED;
  }

  /** Makes the batch ready for the next records; the columns are set anew by whoever fills it. */
  reset(): void {
    this.rows = 0;
    this.state.fill(ROW_KEPT);
    if (this.errors.size > 0) this.errors.clear();
  }
}

/** One operation on whole batches: a rule, a transform or an enrichment, compiled for a given header. */
export interface BatchOperation {
  /** Header after the operation. */
  readonly header: readonly string[];
  /** Works on the rows that are ROW_KEPT; sees the columns of the header before it, leaves those of `header`. */
  apply(batch: RecordBatch): void;
}
