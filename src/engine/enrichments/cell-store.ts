import type { Column } from '../batch';

const FIRST_BYTES = 16 * 1024;
const FIRST_CELLS = 1024;

/** Cells kept in memory, row after row, as one piece of bytes. */
export class CellStore {
  /** Cell c of row r is `data[start(r, c) .. end(r, c))`. */
  data = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private bytes = 0;
  /** Where each cell ends; it begins where the one before it ends. */
  private ends = new Uint32Array(FIRST_CELLS);
  private cells = 0;

  constructor(private readonly width: number) {}

  start(row: number, column: number): number {
    const cell = row * this.width + column;
    return cell === 0 ? 0 : this.ends[cell - 1];
  }

  end(row: number, column: number): number {
    return this.ends[row * this.width + column];
  }

  /** Adds the next cell: that of a column in a row. */
  push({ data, start, end }: Column, row: number): void {
    this.pushBytes(data, start[row], end[row]);
  }

  /** Adds the next cell, of the bytes `source[from .. to)`. */
  pushBytes(source: Buffer, from: number, to: number): void {
    const end = this.bytes + to - from;
    if (end > this.data.length) {
      const grown = Buffer.allocUnsafeSlow(end * 2);
      this.data.copy(grown, 0, 0, this.bytes);
      this.data = grown;
    }
    if (this.cells === this.ends.length) {
      const grown = new Uint32Array(this.cells * 2);
      grown.set(this.ends);
      this.ends = grown;
    }
    source.copy(this.data, this.bytes, from, to);
    this.ends[this.cells++] = end;
    this.bytes = end;
  }

  /** The bytes of all cells, one behind the other. */
  get written(): Buffer {
    return this.data.subarray(0, this.bytes);
  }

  /** Where each cell ends in these. */
  get cellEnds(): Uint32Array {
    return this.ends.subarray(0, this.cells);
  }
}
