import type { Column } from '../batch';
import { CompositeKey } from '../unique/composite-key';

/** The key of a row: the bytes of one cell, or those of several put together. */
export class LookupKey {
  /** The key is `data[start .. end)`, until the next one is taken. */
  data: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  private readonly composite = new CompositeKey();

  constructor(private readonly columnIndexes: readonly number[]) {}

  /** Takes the key of a row; false where a part of it is empty: that is a missing value, which equals nothing. */
  take(columns: readonly Column[], row: number): boolean {
    const { columnIndexes, composite } = this;
    if (columnIndexes.length === 1) {
      const column = columns[columnIndexes[0]];
      this.data = column.data;
      this.start = column.start[row];
      this.end = column.end[row];
      return this.end > this.start;
    }
    composite.reset();
    for (const index of columnIndexes) {
      const { data, start, end } = columns[index];
      if (start[row] === end[row]) return false;
      composite.add(data, start[row], end[row]);
    }
    this.data = composite.data;
    this.end = composite.length;
    return true;
  }
}
