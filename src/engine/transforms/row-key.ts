import type { RecordBatch } from '../batch';
import { CompositeKey } from '../unique/composite-key';

/** The cells of some columns as one key: two rows have the same where all these cells are the same text. */
export class RowKey {
  private readonly composite = new CompositeKey();
  private readonly places: readonly number[];

  /** The columns; all of the header where undefined. */
  constructor(columns: readonly string[] | undefined, header: readonly string[]) {
    this.places = (columns ?? header).map((name) => header.indexOf(name));
  }

  /** The key of a row: `data[0 .. length)`, until the next one is taken. */
  take({ columns }: RecordBatch, row: number): CompositeKey {
    this.composite.reset();
    for (const place of this.places) {
      const { data, start, end } = columns[place];
      this.composite.add(data, start[row], end[row]);
    }
    return this.composite;
  }
}
