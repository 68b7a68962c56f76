import type { RecordBatch, RowError } from '../batch';
import type { KeyCheck } from './key-check';
import type { RowKey } from './row-key';
import type { KeySet } from '../unique/key-set';
import type { UniqueBudget } from '../unique/unique-budget';

/** Checks that the values of a unique key stand in no earlier row. A row that lacks one of them is equal to no other. */
export class UniqueKeyCheck implements KeyCheck {
  readonly seen: KeySet;
  private readonly duplicate: RowError;

  constructor(
    private readonly key: RowKey,
    uniqueBudget: UniqueBudget,
  ) {
    const names = key.parts.map(({ field }) => field.name).join(', ');
    this.duplicate = key.error('unique-error', `the values of ${names} stand in an earlier row`);
    this.seen = uniqueBudget.newKeySet();
  }

  get parts(): RowKey['parts'] {
    return this.key.parts;
  }

  /** Checks the given rows, after their fields were checked. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    for (const row of rows) {
      if (this.key.isWhole(row) && !this.takeKey(batch, row)) this.rejectKey(batch, row);
    }
  }

  takeKey(batch: RecordBatch, row: number): boolean {
    const { key } = this;
    key.take(batch, row);
    return this.seen.add(key.data, key.start, key.end);
  }

  rejectKey(batch: RecordBatch, row: number): void {
    this.key.reject(batch, row, this.duplicate);
  }
}
