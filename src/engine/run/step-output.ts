import type { Counts } from '../../shared/job';
import { PipelineError } from '../../spec/pipeline-error';
import { type RecordBatch, ROW_FILTERED, ROW_KEPT, type RowError } from '../batch';
import type { ByteSink } from '../engine';
import { NOWHERE } from './nowhere';
import { CsvWriter } from '../write/csv-writer';
import { RejectsWriter, type RowOrder } from '../write/rejects-writer';

/** Writes what a step makes of its rows, and counts them. */
export class StepOutput {
  /** Rows are counted, and written nowhere. */
  readonly isNowhere: boolean;
  private readonly output: CsvWriter;
  private readonly rejects: RejectsWriter;
  private rowsRead = 0;
  private rowsWritten = 0;
  private rowsFiltered = 0;

  constructor(
    sinks: { readonly output: ByteSink; readonly rejects: ByteSink },
    header: readonly string[],
    order?: RowOrder,
  ) {
    this.isNowhere = sinks.output === NOWHERE;
    this.output = new CsvWriter(sinks.output);
    this.output.writeTexts(header);
    this.rejects = new RejectsWriter(sinks.rejects, order);
  }

  async write(batch: RecordBatch): Promise<void> {
    this.rowsRead += batch.rows;
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] === ROW_KEPT) this.rowsWritten++;
      else if (batch.state[row] === ROW_FILTERED) this.rowsFiltered++;
    }
    if (!this.isNowhere) this.output.writeBatch(batch, 'with-row-numbers');
    this.writeRejects(batch);
    await this.drain();
  }

  /** Counts rows that `write` does not see; those that are written one by one are counted as they are. */
  count(read: number, written: number, filtered = 0): void {
    this.rowsRead += read;
    this.rowsWritten += written;
    this.rowsFiltered += filtered;
  }

  /** Writes a kept row of a batch behind those before. */
  writeRow(batch: RecordBatch, row: number): void {
    this.rowsWritten++;
    this.output.writeRow(batch, row, true);
  }

  /** Writes rows that stand as they are to be written in the bytes `data[from .. to)`. */
  writeRecords(data: Buffer, from: number, to: number, rows: number): void {
    this.rowsWritten += rows;
    this.output.writeRecords(data, from, to);
  }

  /** Writes a rejected row. */
  writeReject(row: number, errors: readonly RowError[]): void {
    this.rejects.writeRow(row, errors);
  }

  /** Writes the rejected rows of a batch. */
  writeRejects(batch: RecordBatch): void {
    this.rejects.writeBatch(batch);
  }

  /** Hands over full chunks; to be called between batches. Gives a promise where the sinks have to be waited for. */
  drain(): Promise<void> | undefined {
    const output = this.output.drain();
    return output ? output.then(() => this.rejects.drain()) : this.rejects.drain();
  }

  /** Hands over what is left, and checks that no row was lost. */
  async finish(): Promise<Counts> {
    await this.output.flush();
    await this.rejects.flush();
    const { rowsRead, rowsWritten, rowsFiltered } = this;
    const rowsRejected = this.rejects.rows;
    if (rowsRead !== rowsWritten + rowsRejected + rowsFiltered) {
      throw new PipelineError(
        'conservation-violated',
        `${rowsRead} rows read are not ${rowsWritten} written, ${rowsRejected} rejected and ${rowsFiltered} filtered`,
      );
    }
    return { rowsRead, rowsWritten, rowsRejected, rowsFiltered };
  }
}
