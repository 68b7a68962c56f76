import { RecordBatch, ROW_FILTERED, ROW_KEPT, ROW_REJECTED } from '../../batch';
import type { ApplyToBatch } from '../../compile-operations';
import type { KernelBatch } from '../kernel-batch';
import type { Slots } from '../slots';

/**
 * An operation that the kernel does not know, done by the TypeScript engine's own definition on just the columns that it
 * needs. A record that it rejects becomes doubtful: the whole of it is done once more, which gives the message.
 */
export class HostOperation {
  private readonly cells = new RecordBatch();

  /** `inputs` are the slots of the columns that the operation sees; `results` those of the columns that it changes. */
  constructor(
    private readonly slots: Slots,
    private readonly inputs: readonly number[],
    private readonly results: ReadonlyArray<{ readonly place: number; readonly slot: number }>,
    private readonly operation: ApplyToBatch,
  ) {}

  apply(batch: KernelBatch): void {
    const { cells } = this;
    const rows = batch.acceptedRows();
    const filtered = batch.filteredRows();
    cells.reset();
    cells.rows = batch.rows;
    cells.state.fill(ROW_REJECTED, 0, batch.rows);
    for (const row of rows) {
      cells.state[row] = filtered[row] === 0 ? ROW_KEPT : ROW_FILTERED;
      cells.rowNumbers[row] = batch.firstRow + row;
    }
    cells.columns = this.inputs.map((slot) => this.slots.column(slot));
    this.operation(cells);
    for (const row of rows) {
      if (cells.state[row] === ROW_FILTERED) filtered[row] = 1;
      else if (cells.state[row] === ROW_REJECTED || !this.takeCells(row)) batch.doubt(row, 0);
    }
  }

  /** Takes what the operation has made for a row; false where there is no room for it. */
  private takeCells(row: number): boolean {
    return this.results.every(({ place, slot }) => {
      const { data, start, end } = this.cells.columns[place];
      return this.slots.setBytes(slot, row, data, start[row], end[row]);
    });
  }
}
