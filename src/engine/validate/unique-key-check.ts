import type { RecordBatch } from '../batch';
import type { RowKey } from './row-key';
import { KeySet } from '../unique/key-set';
import type { UniqueBudget } from '../unique/unique-budget';

/** Checks that the values of a unique key stand in no earlier row. A row that lacks one of them is equal to no other. */
export class UniqueKeyCheck {
  private readonly seen = new KeySet();
  private readonly message: string;

  constructor(
    private readonly key: RowKey,
    uniqueBudget: UniqueBudget,
  ) {
    this.message = `the values of ${key.parts.map(({ field }) => field.name).join(', ')} stand in an earlier row`;
    uniqueBudget.register(this.seen);
  }

  /** Checks the given rows, after their fields were checked. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    const { key, seen } = this;
    for (const row of rows) {
      if (!key.isWhole(row)) continue;
      key.take(batch, row);
      if (!seen.add(key.data, key.start, key.end)) key.reject(batch, row, 'unique-error', this.message);
    }
  }
}
