import type { RejectLog } from './reject-log';
import { SourceCells } from './source-cells';
import type { Counts } from '../../shared/job';
import { type BatchOperation, type RecordBatch, ROW_FILTERED, ROW_KEPT } from '../batch';
import type { LateDuplicates } from '../kernel/late-duplicates';
import type { OutputWriter } from '../output/output-writer';
import type { CheckedSource } from '../validate/checked-source';

/** What becomes of rows behind their checks: they are transformed and enriched, counted, written or rejected. */
export class PipelineRows {
  readonly counts: { -readonly [Name in keyof Counts]: Counts[Name] } = {
    rowsRead: 0,
    rowsWritten: 0,
    rowsRejected: 0,
    rowsFiltered: 0,
  };
  private readonly cells = new SourceCells();

  constructor(
    private readonly transforms: BatchOperation,
    private readonly enrichments: BatchOperation,
    readonly output: OutputWriter | undefined,
    readonly rejects: RejectLog,
    /** Tells rows apart that transforms have let pass. @default - the transforms do */
    readonly duplicates?: LateDuplicates,
  ) {}

  /** Takes all records of a source by the full definition. */
  async takeAll(source: CheckedSource): Promise<void> {
    while (await this.takeBatch(source));
  }

  /** Takes the next records; false at the end of the source. */
  async takeBatch(source: CheckedSource, maxRows?: number): Promise<boolean> {
    const batch = await source.nextBatch(maxRows);
    if (!batch) return false;
    this.cells.take(batch);
    source.check(batch);
    this.operate(batch);
    this.duplicates?.settleRows(batch);
    this.count(batch);
    this.output?.writeBatch(batch);
    await this.output?.drain();
    await this.rejects.take(batch, this.cells);
    return true;
  }

  /** Transforms and enriches the rows of a batch that has been checked. */
  operate(batch: RecordBatch): void {
    this.transforms.apply(batch);
    this.enrichments.apply(batch);
  }

  /** Counts what became of the rows of a batch. */
  count(batch: RecordBatch): void {
    const { counts } = this;
    counts.rowsRead += batch.rows;
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] === ROW_KEPT) counts.rowsWritten++;
      else if (batch.state[row] === ROW_FILTERED) counts.rowsFiltered++;
      else counts.rowsRejected++;
    }
  }
}
