import type { RecordBatch } from '../batch';
import { DistinctKeyCheck } from './distinct-key-check';
import { MISSING } from './field-check';
import type { RowKey } from './row-key';
import type { UniqueBudget } from '../unique/unique-budget';

/** Checks that the primary key is there and stands in no earlier row. */
export class PrimaryKeyCheck extends DistinctKeyCheck {
  constructor(key: RowKey, uniqueBudget: UniqueBudget) {
    super(key, key.error('primary-key-error', 'the primary key stands in an earlier row'), uniqueBudget);
  }

  protected override onPart(batch: RecordBatch, row: number): void {
    const { key } = this;
    const missing = key.parts.find((part) => part.found[row] === MISSING);
    if (!missing) return;
    key.reject(batch, row, key.error('primary-key-error', 'the primary key must have a value', missing));
  }
}
