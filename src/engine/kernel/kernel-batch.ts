import type { KernelMemory } from './kernel-memory';
import type { Program } from './program';
import { BATCH_ROWS, Column, type RecordBatch } from '../batch';
import type { RecordReader } from '../read/record-reader';

/** No column of the record is in doubt, or each of them, see layout.ts of the assembly. */
const ACCEPTED = 0;
const ALL_COLUMNS = -1;
/** Words from one doubtful record to the next. */
export const DOUBT_WORDS = 4;
/** Kind of quotes, see tokenize.ts of the assembly. */
const DOUBLED = 2;

/** The records that the kernel has found at once, and which of them it knows to be valid. */
export class KernelBatch {
  /** Records. */
  rows = 0;
  /** Number of the first record in the source. */
  firstRow = 0;
  /** The cell that was looked at last: `bytes[cellStart .. cellEnd)`. */
  cellStart = 0;
  cellEnd = 0;
  /** What is known of doubtful records, DOUBT_WORDS each, see doubts.ts of the assembly; after listDoubts. */
  doubtful = new Int32Array(0);
  private doubts = new Int32Array(0);
  private starts = new Int32Array(0);
  private ends = new Int32Array(0);
  private marks = new Int32Array(0);
  private quotes = new Uint8Array(0);
  private words = new Int32Array(0);
  private filtered = new Uint8Array(0);
  private readonly accepted = new Int32Array(BATCH_ROWS);

  constructor(
    private readonly memory: KernelMemory,
    readonly program: Program,
  ) {}

  /** Finds the next whole records in the text of a reader and checks them. */
  read(reader: RecordReader): number {
    const { memory, program } = this;
    const { kernel } = memory;
    const { window } = reader;
    // A record has a byte at least, beside its newline.
    memory.prepare(Math.min(BATCH_ROWS, (window.limit - window.start) / 2));
    window.buffer = memory.textBuffer();
    const base = window.buffer.byteOffset;
    const { records, afterCarriageReturn } = reader.position;
    kernel.afterCarriageReturn.value = afterCarriageReturn ? 1 : 0;
    this.rows = kernel.tokenize(program.address, base + window.start, base + window.limit);
    // Comments are passed also where no record stands behind them.
    window.start = kernel.nextRecord.value - base;
    reader.continueFrom({
      records: records + this.rows,
      afterCarriageReturn: kernel.afterCarriageReturn.value === 1,
    });
    if (this.rows === 0) return 0;
    this.firstRow = records + 1;
    kernel.check(program.address, this.rows);
    this.look();
    return this.rows;
  }

  /** The records that nothing is wrong with so far; valid until it is called again. */
  acceptedRows(): Int32Array {
    let count = 0;
    for (let row = 0; row < this.rows; row++) {
      if (this.doubts[row] === ACCEPTED) this.accepted[count++] = row;
    }
    return this.accepted.subarray(0, count);
  }

  /** For each record 1 where a filter takes it out, whether it is accepted or not. */
  filteredRows(): Uint8Array {
    return this.filtered;
  }

  /** How many accepted records filters take out. */
  countFiltered(): number {
    let count = 0;
    for (let row = 0; row < this.rows; row++) {
      if (this.filtered[row] !== 0 && this.doubts[row] === ACCEPTED) count++;
    }
    return count;
  }

  /** The memory in which the cells stand. */
  get bytes(): Buffer {
    return this.memory.bytes;
  }

  /** Whether the keys of a record are in order: also a record that is wrong elsewhere has its keys. */
  hasKeys(row: number): boolean {
    return (this.doubts[row] & this.program.keyDoubts) === 0;
  }

  /** Whether a column is, or may be, in a key. */
  isInKey(column: number): boolean {
    return (this.program.keyDoubts & (1 << (column & 31))) !== 0;
  }

  /** Those of the first `rows` records that may have a cell of over so many bytes, by what stands between its marks. */
  rowsWithLongCells(bytes: number, rows: number): number[] {
    this.look();
    const { starts, ends } = this;
    const found: number[] = [];
    for (let row = 0; row < rows; row++) {
      if (ends[row] - starts[row] > bytes && this.hasLongCell(row, bytes)) found.push(row);
    }
    return found;
  }

  private hasLongCell(row: number, bytes: number): boolean {
    const { words } = this;
    // The marks of a record of another shape stand for none of its cells.
    if (this.doubts[row] === ALL_COLUMNS) return true;
    const first = this.marks[row] >>> 2;
    for (let mark = first; mark < first + this.program.columns; mark++) {
      // The mark itself is a byte.
      if (words[mark + 1] - words[mark] > bytes + 1) return true;
    }
    return false;
  }

  /** Says what the doubtful records are doubtful for, and gives how many there are. */
  listDoubts(): number {
    return this.memory.kernel.listDoubts(this.program.address, this.rows);
  }

  /** Finds a cell of a record whose shape is the header's; false where its value is not what stands there. */
  lookAt(row: number, column: number): boolean {
    const { bytes, words } = this;
    const mark = (this.marks[row] >>> 2) + column;
    this.cellStart = words[mark] + 1;
    this.cellEnd = words[mark + 1];
    if (this.cellStart === this.cellEnd || bytes[this.cellStart] !== this.program.quote) return true;
    this.cellStart++;
    this.cellEnd--;
    if ((this.quotes[row] & DOUBLED) === 0) return true;
    const quote = bytes.indexOf(this.program.quote, this.cellStart);
    return quote < 0 || quote >= this.cellEnd;
  }

  /** Takes a doubtful record for valid. */
  accept(row: number): void {
    this.doubts[row] = ACCEPTED;
  }

  /** Leaves a record to the host, its keys as well. */
  leave(row: number): void {
    this.doubts[row] |= this.program.keyDoubts;
  }

  /** Leaves a record to the host, for the sake of a column. */
  doubt(row: number, column: number): void {
    this.doubts[row] |= 1 << (column & 31);
  }

  /** Whether a cell may be wrong: it was found doubtful, or nobody has looked at it. */
  isDoubtful(row: number, column: number): boolean {
    return this.program.hostColumns[column] !== undefined || (this.doubts[row] & (1 << (column & 31))) !== 0;
  }

  /** Whether a cell of a record that is read again has to be checked: it may be wrong, or missing without being empty. */
  needsCheckAgain(row: number, column: number): boolean {
    return this.program.emptiedColumns[column] || this.isDoubtful(row, column);
  }

  /** The first record from `row` on that is left to the host; `rows` where there is none. */
  nextDoubtful(row: number): number {
    return this.memory.kernel.nextDoubtful(row, this.rows);
  }

  /** Where the bytes of a record begin in the memory. */
  start(row: number): number {
    this.look();
    return this.starts[row];
  }

  end(row: number): number {
    this.look();
    return this.ends[row];
  }

  /**
   * Gives the host the cells of a column, and where they end once more. Records whose cell is not what stands there
   * become doubtful.
   */
  fetchColumn(index: number, cells: RecordBatch): Int32Array {
    const { memory } = this;
    const { kernel } = memory;
    kernel.cells(this.program.address, index, this.rows);
    const column = (cells.columns[index] ??= new Column(memory.bytes));
    column.data = memory.bytes;
    column.start.set(memory.words(kernel.CELL_STARTS.value, this.rows));
    const ends = memory.words(kernel.CELL_ENDS.value, this.rows);
    column.end.set(ends);
    return ends;
  }

  /** Gives the host one cell of a column, whose value is what stands there. */
  fetchCell(row: number, index: number, cells: RecordBatch): void {
    this.lookAt(row, index);
    const column = (cells.columns[index] ??= new Column(this.bytes));
    column.data = this.bytes;
    column.start[row] = this.cellStart;
    column.end[row] = this.cellEnd;
  }

  /** Makes views of what the kernel knows, once the memory has grown. */
  private look(): void {
    const { kernel } = this.memory;
    const { buffer } = kernel.memory;
    if (this.doubts.buffer === buffer) return;
    this.doubtful = new Int32Array(buffer, kernel.DOUBTS.value, DOUBT_WORDS * BATCH_ROWS);
    this.doubts = new Int32Array(buffer, kernel.ROW_DOUBTS.value, BATCH_ROWS);
    this.starts = new Int32Array(buffer, kernel.ROW_STARTS.value, BATCH_ROWS);
    this.ends = new Int32Array(buffer, kernel.ROW_ENDS.value, BATCH_ROWS);
    this.marks = new Int32Array(buffer, kernel.ROW_MARKS.value, BATCH_ROWS);
    this.quotes = new Uint8Array(buffer, kernel.ROW_QUOTES.value, BATCH_ROWS);
    this.words = new Int32Array(buffer);
    this.filtered = new Uint8Array(buffer, kernel.ROW_FILTERED.value, BATCH_ROWS);
  }
}
