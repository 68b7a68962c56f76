import type { RecordBatch } from '../batch';

/** Makes the cells empty that stand for no value, with a schema or without one. */
export class NullSequence {
  private readonly bytes: Buffer;

  constructor(text: string) {
    this.bytes = Buffer.from(text, 'utf8');
  }

  apply(batch: RecordBatch): void {
    const { bytes } = this;
    const rows = batch.keptRows();
    for (const { data, start, end } of batch.columns) {
      for (const row of rows) {
        const length = end[row] - start[row];
        if (length === bytes.length && data.compare(bytes, 0, length, start[row], end[row]) === 0) {
          end[row] = start[row];
        }
      }
    }
  }
}
