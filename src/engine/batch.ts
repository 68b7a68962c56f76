import type { ErrorCodeName } from '../shared/error-codes';
import { MAX_INT32, MAX_INT32_DIGITS, writeDecimal } from './write/digits';
import { type Decimal, formatDecimal } from '../spec/decimal/decimal';

/** Records that travel through the engine together; a column of a batch is worked on at a time. */
export const BATCH_ROWS = 1024;

/** Longest piece that a loop copies sooner than Buffer.copy, which is a call out of JavaScript. */
const SHORT_BYTES = 48;

/**
 * One column of a batch: the bytes of row r are `data[start[r] .. end[r])`, unquoted UTF-8.
 * Columns that came from the same file share one `data`. A class rather than an interface, so that all columns look the
 * same to the JavaScript engine: loops over columns of several looks are several times slower.
 */
export class Column {
  constructor(
    public data: Buffer,
    readonly start: Int32Array = new Int32Array(BATCH_ROWS),
    readonly end: Int32Array = new Int32Array(BATCH_ROWS),
    /** Where a lookup has found the cells, if one did. */
    readonly entries?: ColumnEntries,
  ) {}
}

/** Entries of a lookup, in the kernel's memory, that tell the cells of a column: equal entries, equal cells. */
export interface ColumnEntries {
  /** Address of a list: for each row the entry. */
  readonly list: number;
  /** Entries that tell a cell: those from 1 on. */
  readonly count: number;
  /** Address of room for whoever writes the column: 2 bytes for each entry, and 2 for all others. */
  readonly numbers: number;
}

/** The text of a cell. */
export function cellText(column: Column, row: number): string {
  // utf8Slice costs less than toString('utf8', ...) with its argument checks; both give the same text.
  return column.data.toString('utf8', column.start[row], column.end[row]);
}

/** Builds a column whose cells are not bytes of the input. */
export class ColumnBuilder extends Column {
  private length = 0;

  constructor() {
    super(Buffer.allocUnsafe(16 * 1024));
  }

  /** Forgets all cells; the memory is used again. */
  reset(): void {
    this.length = 0;
  }

  /** Sets the cell of a row to a text. */
  setText(row: number, text: string): void {
    this.reserve(text.length * 3);
    this.start[row] = this.length;
    this.length += this.data.write(text, this.length, 'utf8');
    this.end[row] = this.length;
  }

  /** Sets the cell of a row to the canonical text of a number. */
  setDecimal(row: number, value: Decimal): void {
    const { coefficient, scale } = value;
    if (
      typeof coefficient !== 'number' ||
      coefficient < 0 ||
      coefficient > MAX_INT32 ||
      scale > MAX_INT32_DIGITS
    ) {
      this.setText(row, formatDecimal(value));
      return;
    }
    this.reserve(MAX_INT32_DIGITS + 2);
    this.start[row] = this.length;
    this.length = this.end[row] = writeDecimal(this.data, this.length, coefficient, scale);
  }

  /** Sets the cell of a row to bytes of another buffer. */
  setBytes(row: number, source: Buffer, from: number, to: number): void {
    this.reserve(to - from);
    this.start[row] = this.length;
    if (to - from > SHORT_BYTES) {
      source.copy(this.data, this.length, from, to);
      this.length += to - from;
    } else {
      const { data } = this;
      let put = this.length;
      for (let at = from; at < to; at++) data[put++] = source[at];
      this.length = put;
    }
    this.end[row] = this.length;
  }

  private reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.data.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.data.length * 2));
    this.data.copy(grown, 0, 0, this.length);
    this.data = grown;
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
  private readonly kept = new Int32Array(BATCH_ROWS);

  reject(row: number, error: RowError): void {
    const errors = this.errors.get(row);
    if (errors) errors.push(error);
    else this.errors.set(row, [error]);
    this.state[row] = ROW_REJECTED;
  }

  /** Rejects a row for these errors, which become the batch's own. */
  rejectFor(row: number, errors: RowError[]): void {
    this.errors.set(row, errors);
    this.state[row] = ROW_REJECTED;
  }

  /** The rows that no operation has rejected or filtered so far; valid until it is called again. */
  keptRows(): Int32Array {
    let count = 0;
    for (let row = 0; row < this.rows; row++) {
      if (this.state[row] === ROW_KEPT) this.kept[count++] = row;
    }
    return this.kept.subarray(0, count);
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
