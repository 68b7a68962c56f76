import { DistinctKeyCheck } from './distinct-key-check';
import type { RowKey } from './row-key';
import type { UniqueBudget } from '../unique/unique-budget';

/** Checks that the values of a unique key stand in no earlier row. A row that lacks one of them is equal to no other. */
export class UniqueKeyCheck extends DistinctKeyCheck {
  constructor(key: RowKey, uniqueBudget: UniqueBudget) {
    const names = key.parts.map(({ field }) => field.name).join(', ');
    super(key, key.error('unique-error', `the values of ${names} stand in an earlier row`), uniqueBudget);
  }
}
