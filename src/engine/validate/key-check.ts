import type { RecordBatch } from '../batch';
import type { FieldCheck } from './field-check';
import type { KeySet } from '../unique/key-set';

/** A check of a row's key against other rows: of a unique field, the primary key, a unique key, or a foreign key. */
export interface KeyCheck {
  /** Fields that the key is made of, in its order. */
  readonly parts: readonly FieldCheck[];
  /** Keys seen so far; absent where keys are only looked up. */
  readonly seen?: KeySet;
  /** Takes the key of a row, whose cells are there and valid; false where the key is wrong. */
  takeKey(batch: RecordBatch, row: number): boolean;
  /** Rejects a row whose key is wrong. */
  rejectKey(batch: RecordBatch, row: number): void;
}
