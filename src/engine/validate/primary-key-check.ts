import type { RecordBatch, RowError } from '../batch';
import { MISSING } from './field-check';
import type { KeyCheck } from './key-check';
import type { RowKey } from './row-key';
import type { KeySet } from '../unique/key-set';
import type { UniqueBudget } from '../unique/unique-budget';

/** Checks that the primary key is there and stands in no earlier row. */
export class PrimaryKeyCheck implements KeyCheck {
  readonly seen: KeySet;
  private readonly duplicate: RowError;

  constructor(
    private readonly key: RowKey,
    uniqueBudget: UniqueBudget,
  ) {
    this.seen = uniqueBudget.newKeySet();
    this.duplicate = key.error('primary-key-error', 'the primary key stands in an earlier row');
  }

  get parts(): RowKey['parts'] {
    return this.key.parts;
  }

  /** Checks the given rows, after their fields were checked. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    const { key } = this;
    for (const row of rows) {
      if (key.isWhole(row)) {
        if (!this.takeKey(batch, row)) this.rejectKey(batch, row);
      } else {
        const missing = key.parts.find((part) => part.found[row] === MISSING);
        if (missing) {
          key.reject(
            batch,
            row,
            key.error('primary-key-error', 'the primary key must have a value', missing),
          );
        }
      }
    }
  }

  /** Takes the key of a row whose cells are valid and there; false where an earlier row has it. */
  takeKey(batch: RecordBatch, row: number): boolean {
    const { key } = this;
    key.take(batch, row);
    return this.seen.add(key.data, key.start, key.end);
  }

  rejectKey(batch: RecordBatch, row: number): void {
    this.key.reject(batch, row, this.duplicate);
  }
}
