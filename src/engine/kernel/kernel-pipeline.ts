import { DoubtfulRecords } from './doubtful-records';
import { KernelChecks } from './kernel-checks';
import type { KernelMemory } from './kernel-memory';
import { KernelOutput } from './kernel-output';
import type { KernelPlan } from './plan/kernel-plan';
import { SlotOutput } from './slot-output';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { RowError } from '../batch';
import { PlainCsvOutput } from '../output/plain-csv-output';
import type { PipelineRows } from '../stream/pipeline-rows';
import { SourceCells } from '../stream/source-cells';
import type { CheckedSource } from '../validate/checked-source';

/**
 * Takes a source through a pipeline in one pass: the kernel does to accepted records what it knows how to do, and every
 * other record goes through the full definition.
 */
export class KernelPipeline {
  private readonly checks: KernelChecks;
  private readonly output?: KernelOutput | SlotOutput;
  /** The rejected records, read for what their cells are. */
  private readonly rejected: DoubtfulRecords;
  private readonly cells = new SourceCells();

  constructor(
    spec: PipelineSpec,
    private readonly source: CheckedSource,
    memory: KernelMemory,
    plan: KernelPlan,
    private readonly rows: PipelineRows,
  ) {
    this.checks = new KernelChecks(spec, source, memory, (batch) => plan.operate(batch));
    const { dialect, width } = source;
    this.rejected = new DoubtfulRecords(memory, dialect, spec.limits.maxRecordBytes, width, 'keep-surplus');
    const { output } = rows;
    if (output instanceof PlainCsvOutput) this.output = new KernelOutput(memory, plan, output);
    else if (output) this.output = new SlotOutput(plan, output);
  }

  async run(): Promise<void> {
    const { reader } = this.source;
    for (;;) {
      // Mostly the text ends in the middle of a record.
      if (this.checks.next() || ((await reader.more()) && this.checks.next())) {
        await this.takeBatch();
        continue;
      }
      this.output?.settle();
      // One that the text ends in, or that is too large for the kernel.
      if (!(await this.rows.takeBatch(this.source, 1))) return;
    }
  }

  private async takeBatch(): Promise<void> {
    const { rows } = this;
    const { batch, doubtful } = this.checks;
    if (doubtful.count > 0) rows.operate(doubtful.batch);
    rows.duplicates?.settle(batch, doubtful);
    if (doubtful.count > 0) rows.count(doubtful.batch);
    this.countOthers();
    this.output?.write(batch, doubtful);
    const drained = this.output?.drain();
    if (drained) await drained;
    await this.takeRejects();
  }

  /** Counts the records that were not read again. */
  private countOthers(): void {
    const { batch, doubtful, rejected } = this.checks;
    const { counts } = this.rows;
    const read = batch.rows - doubtful.count;
    const filtered = batch.countFiltered();
    counts.rowsRead += read;
    counts.rowsRejected += rejected.errors.size;
    counts.rowsFiltered += filtered;
    counts.rowsWritten += read - rejected.errors.size - filtered;
  }

  private async takeRejects(): Promise<void> {
    const { rejects } = this.rows;
    if (!rejects.isWanted) return;
    const { batch } = this.checks;
    const { rejected } = this;
    const errorsOf: Array<readonly RowError[]> = [];
    rejected.reset();
    this.checks.eachReject((row, errors) => {
      rejected.add(row, batch);
      errorsOf.push(errors);
    });
    if (rejected.count === 0) return;
    const records = rejected.read(batch.firstRow);
    this.cells.take(records);
    for (const [index, errors] of errorsOf.entries()) {
      const told = rejects.takeRow(records.rowNumbers[index], errors, this.cells, index);
      if (told) await told;
    }
    await rejects.drain();
  }
}
