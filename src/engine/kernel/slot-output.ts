import type { DoubtfulRecords } from './doubtful-records';
import type { KernelBatch } from './kernel-batch';
import { BATCH_ROWS, RecordBatch, ROW_KEPT, ROW_REJECTED } from '../batch';
import type { KernelPlan } from './plan/kernel-plan';
import type { OutputWriter } from '../output/output-writer';

/** Has the host write the accepted records of a batch, and between them the doubtful ones that are kept. */
export class SlotOutput {
  private readonly cells = new RecordBatch();
  private readonly states = new Uint8Array(BATCH_ROWS);

  constructor(
    private readonly plan: KernelPlan,
    private readonly output: OutputWriter,
  ) {}

  /** `rowNumbers` are those of the records, where they do not follow one another. */
  write(batch: KernelBatch, doubtful: DoubtfulRecords, rowNumbers?: Float64Array): void {
    const { cells, states } = this;
    cells.reset();
    states.fill(ROW_REJECTED);
    const filtered = batch.filteredRows();
    for (const row of batch.acceptedRows()) {
      if (filtered[row] === 0) states[row] = ROW_KEPT;
      cells.rowNumbers[row] = rowNumbers?.[row] ?? batch.firstRow + row;
    }
    let row = 0;
    for (let index = 0; index < doubtful.count; index++) {
      if (!doubtful.isKept(index)) continue;
      this.writeAccepted(row, doubtful.rows[index]);
      row = doubtful.rows[index];
      this.writeDoubtful(doubtful.batch, index);
    }
    this.writeAccepted(row, batch.rows);
  }

  /** Hands over what is full; to be called between batches. Gives a promise where that has to be waited for. */
  drain(): void | Promise<void> {
    return this.output.drain();
  }

  /** The output has all rows so far. */
  settle(): void {}

  private writeAccepted(from: number, end: number): void {
    const { cells } = this;
    // Writing a doubtful record may have made the memory grow, which takes away the columns' bytes.
    cells.columns = [...this.plan.columns()];
    cells.rows = end;
    cells.state.fill(ROW_REJECTED);
    cells.state.set(this.states.subarray(from, end), from);
    this.output.writeBatch(cells);
  }

  /** Writes one row of a batch. */
  private writeDoubtful(batch: RecordBatch, row: number): void {
    const states = batch.state.slice(0, batch.rows);
    batch.state.fill(ROW_REJECTED, 0, batch.rows);
    batch.state[row] = ROW_KEPT;
    this.output.writeBatch(batch);
    batch.state.set(states);
  }
}
