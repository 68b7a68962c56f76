import type { Column } from '../batch';
import { CellList } from '../read/cell-list';

/** Cells kept in memory, row after row, as one piece of bytes. */
export class CellStore {
  /** Cell c of row r is `data[start(r, c) .. end(r, c))`. */
  data = Buffer.allocUnsafeSlow(16 * 1024);
  private length = 0;
  private readonly cells = new CellList();

  constructor(private readonly width: number) {}

  start(row: number, column: number): number {
    return this.cells.start(row * this.width + column);
  }

  end(row: number, column: number): number {
    return this.cells.end(row * this.width + column);
  }

  /** Adds the next cell: that of a column in a row. */
  push(column: Column, row: number): void {
    const from = column.start[row];
    const to = column.end[row];
    const end = this.length + to - from;
    if (end > this.data.length) {
      const grown = Buffer.allocUnsafeSlow(end * 2);
      this.data.copy(grown, 0, 0, this.length);
      this.data = grown;
    }
    column.data.copy(this.data, this.length, from, to);
    this.cells.push(this.length, end);
    this.length = end;
  }
}
