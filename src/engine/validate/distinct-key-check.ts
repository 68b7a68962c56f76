import type { RecordBatch, RowError } from '../batch';
import type { KeyCheck } from './key-check';
import type { RowKey } from './row-key';
import type { KeySet } from '../unique/key-set';
import type { UniqueBudget } from '../unique/unique-budget';

/** Checks that the values of a key stand in no earlier row. */
export class DistinctKeyCheck implements KeyCheck {
  readonly seen: KeySet;

  /** `duplicate` says what is wrong with a row whose key is there already. */
  constructor(
    protected readonly key: RowKey,
    private readonly duplicate: RowError,
    uniqueBudget: UniqueBudget,
  ) {
    this.seen = uniqueBudget.newKeySet();
  }

  get parts(): RowKey['parts'] {
    return this.key.parts;
  }

  /** Checks the given rows, after their fields were checked. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    for (const row of rows) {
      if (!this.key.isWhole(row)) this.onPart(batch, row);
      else if (!this.takeKey(batch, row)) this.rejectKey(batch, row);
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

  /** Judges a row whose key is not whole: its fields have said what is wrong with them. */
  protected onPart(_batch: RecordBatch, _row: number): void {}
}
