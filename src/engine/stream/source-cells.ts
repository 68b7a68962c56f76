import { cellText, Column } from '../batch';
import type { SourceBatch } from '../read/source-batch';

/** The cells of a batch as they stand in the source, whatever checks and transforms make of the batch afterwards. */
export class SourceCells {
  private columns: Column[] = [];
  private batch?: SourceBatch;

  /** Remembers where the cells are; they can be asked for until the next batch is read. */
  take(batch: SourceBatch): void {
    this.batch = batch;
    batch.columns.forEach((column, index) => {
      // Starts never change; ends do where a cell counts as missing.
      const own = (this.columns[index] ??= new Column(column.data, column.start));
      own.data = column.data;
      own.end.set(column.end.subarray(0, batch.rows));
    });
  }

  /** Cells of a row under the header: empty ones where the row is too short. */
  cells(row: number): string[] {
    return this.columns.map((column) => cellText(column, row));
  }

  /** Cells of a row beyond the header. */
  surplus(row: number): string[] {
    return this.batch!.surplus(row);
  }
}
