import type { RecordBatch } from '../batch';
import { MISSING } from './field-check';
import type { RowKey } from './row-key';
import { KeySet } from '../unique/key-set';
import type { UniqueBudget } from '../unique/unique-budget';

/** Checks that the primary key is there and stands in no earlier row. */
export class PrimaryKeyCheck {
  private readonly seen = new KeySet();

  constructor(
    private readonly key: RowKey,
    uniqueBudget: UniqueBudget,
  ) {
    uniqueBudget.register(this.seen);
  }

  /** Checks the given rows, after their fields were checked. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    const { key, seen } = this;
    for (const row of rows) {
      if (key.isWhole(row)) {
        key.take(batch, row);
        if (seen.add(key.data, key.start, key.end)) continue;
        key.reject(batch, row, 'primary-key-error', 'the primary key stands in an earlier row');
      } else {
        const missing = key.parts.find((part) => part.found[row] === MISSING);
        if (missing) {
          key.reject(batch, row, 'primary-key-error', 'the primary key must have a value', missing);
        }
      }
    }
  }
}
