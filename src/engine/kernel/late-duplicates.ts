import type { DoubtfulRecords } from './doubtful-records';
import type { KernelBatch } from './kernel-batch';
import type { DeDuplicateSpec } from '../../spec/transforms/transform-spec';
import { BATCH_ROWS, ColumnBuilder, type RecordBatch, ROW_FILTERED } from '../batch';
import type { ApplyToBatch } from '../compile-operations';
import { budgetOf } from '../transforms/de-duplicate';
import { RowKey } from '../transforms/row-key';
import type { KeysOfPlace, TransformContext } from '../transforms/transform-context';
import { KeyTable } from '../unique/key-table';
import type { UniqueBudget } from '../unique/unique-budget';

/** The keys of the rows of a batch, of those that come as far as the transform. */
class TakenKeys {
  private readonly keys = new ColumnBuilder();
  private readonly taken = new Uint8Array(BATCH_ROWS);

  /** An operation that takes the keys of whole batches. */
  taking(key: RowKey): ApplyToBatch {
    return (batch) => {
      this.keys.reset();
      this.taken.fill(0);
      for (const row of batch.keptRows()) {
        const { data, length } = key.take(batch, row);
        this.keys.setBytes(row, data, 0, length);
        this.taken[row] = 1;
      }
    };
  }

  has(row: number): boolean {
    return this.taken[row] === 1;
  }

  /** Adds the key of a row to those that were seen; false where it is there already. */
  addTo(seen: KeyTable, row: number): boolean {
    const { data, start, end } = this.keys;
    return seen.add(data, start[row], end[row]);
  }
}

/** One `de-duplicate`. */
interface Place {
  readonly seen: KeyTable;
  readonly budget: UniqueBudget;
  /** Keys of the records that the kernel keeps to itself, and of those that the host has read again. */
  readonly own: TakenKeys;
  readonly again: TakenKeys;
}

/**
 * Tells rows apart once a batch is done with. The kernel and the host each take the keys of their records as these come to
 * a `de-duplicate`, and go on with all of them; which of equal rows is the first can be seen when both are done. A row that
 * turns out to be another one again is filtered, whatever became of it behind the transform.
 */
export class LateDuplicates implements KeysOfPlace {
  private readonly places = new Map<number, Place>();

  constructor(private readonly context: Pick<TransformContext, 'uniqueBudgetBytes'>) {}

  /** For the definition, which does whole records: takes keys of a batch. */
  takeKeys(place: number, { columns }: DeDuplicateSpec, header: readonly string[]): ApplyToBatch {
    return this.place(place).again.taking(new RowKey(columns, header));
  }

  /** The same, for the records that the kernel has not left to it. */
  takeOwnKeys(place: number, { columns }: DeDuplicateSpec, header: readonly string[]): ApplyToBatch {
    return this.place(place).own.taking(new RowKey(columns, header));
  }

  /** Filters rows of a batch that the kernel has found, and of its records that were read again and operated on. */
  settle(batch: KernelBatch, doubtful: DoubtfulRecords): void {
    if (this.places.size === 0) return;
    const filtered = batch.filteredRows();
    let index = 0;
    for (const row of batch.acceptedRows()) {
      for (; index < doubtful.count && doubtful.rows[index] < row; index++) {
        this.settleRow(doubtful.batch, index);
      }
      if (this.isSeen('own', row)) filtered[row] = 1;
    }
    for (; index < doubtful.count; index++) this.settleRow(doubtful.batch, index);
    this.checkBudgets();
  }

  /** Filters rows of a batch that the definition alone has operated on. */
  settleRows(batch: RecordBatch): void {
    for (let row = 0; row < batch.rows; row++) this.settleRow(batch, row);
    this.checkBudgets();
  }

  private settleRow(batch: RecordBatch, row: number): void {
    if (!this.isSeen('again', row)) return;
    batch.errors.delete(row);
    batch.state[row] = ROW_FILTERED;
  }

  /** Whether a row equals an earlier one in any of the places that it came to. */
  private isSeen(whose: 'own' | 'again', row: number): boolean {
    for (const place of this.places.values()) {
      const keys = place[whose];
      if (!keys.has(row)) return false;
      if (!keys.addTo(place.seen, row)) return true;
    }
    return false;
  }

  private checkBudgets(): void {
    for (const { budget } of this.places.values()) budget.check();
  }

  private place(index: number): Place {
    let place = this.places.get(index);
    if (!place) {
      const seen = new KeyTable();
      const budget = budgetOf(this.context, seen);
      place = { seen, budget, own: new TakenKeys(), again: new TakenKeys() };
      this.places.set(index, place);
    }
    return place;
  }
}
