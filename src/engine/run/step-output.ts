import type { Counts } from '../../shared/job';
import { PipelineError } from '../../spec/pipeline-error';
import { type RecordBatch, ROW_FILTERED, ROW_KEPT } from '../batch';
import type { ByteSink } from '../engine';
import { CsvWriter } from '../write/csv-writer';
import { RejectsWriter } from '../write/rejects-writer';

/** Writes what a step makes of its rows, and counts them. */
export class StepOutput {
  private readonly output: CsvWriter;
  private readonly rejects: RejectsWriter;
  private rowsRead = 0;
  private rowsWritten = 0;
  private rowsFiltered = 0;

  constructor(sinks: { readonly output: ByteSink; readonly rejects: ByteSink }, header: readonly string[]) {
    this.output = new CsvWriter(sinks.output);
    this.rejects = new RejectsWriter(sinks.rejects);
    this.output.writeTexts(header);
  }

  async write(batch: RecordBatch): Promise<void> {
    this.rowsRead += batch.rows;
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] === ROW_KEPT) this.rowsWritten++;
      else if (batch.state[row] === ROW_FILTERED) this.rowsFiltered++;
    }
    this.output.writeBatch(batch, 'with-row-numbers');
    this.rejects.writeBatch(batch);
    await this.output.drain();
    await this.rejects.drain();
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
