import { KernelChecks } from './kernel-checks';
import type { KernelMemory } from './kernel-memory';
import { KernelOutput } from './kernel-output';
import { kernelSource } from './kernel-source';
import { KernelPlan } from './plan/kernel-plan';
import { PlanBuilder, sourceColumns } from './plan/plan-builder';
import { ROW_COLUMN } from '../../shared/step-contract';
import type { StepResult, ValidateRun } from '../engine';
import { StepOutput } from '../run/step-output';
import type { CheckedSource } from '../validate/checked-source';
import { checkRecords } from '../validate/validate';

/**
 * Validates as the TypeScript engine does, to the byte: the kernel finds the records and accepts those that surely are
 * valid, and every other record goes through the TypeScript engine's own checks. What the kernel does not read at all,
 * such as rejects files that come back, is left to that engine whole. `windowBytes` are read ahead.
 */
export async function kernelValidate(run: ValidateRun, windowBytes?: number): Promise<StepResult> {
  const { source, memoryOf } = kernelSource(run, 'drop-surplus', windowBytes);
  return source.use(async () => {
    const header = await source.open();
    const memory = memoryOf(source);
    if (!memory) return checkRecords(run, source, header);
    return new KernelValidation(run, source, header, memory).checkRecords();
  });
}

/** One run behind its header. */
class KernelValidation {
  private readonly checks: KernelChecks;
  private readonly output: StepOutput;
  private readonly kernelOutput: KernelOutput;

  constructor(
    run: ValidateRun,
    private readonly source: CheckedSource,
    private readonly header: readonly string[],
    memory: KernelMemory,
  ) {
    this.checks = new KernelChecks(run.spec, source, memory);
    this.output = new StepOutput(run, [ROW_COLUMN, ...header], 'ascending');
    const form = this.output.isNowhere ? 'none' : 'numbered-csv';
    const plan = new KernelPlan(new PlanBuilder(memory, header, sourceColumns(header)), form);
    this.kernelOutput = new KernelOutput(memory, plan, this.output);
  }

  async checkRecords(): Promise<StepResult> {
    const { checks, source, output } = this;
    for (;;) {
      // Mostly the text ends in the middle of a record.
      if (checks.next() || ((await source.reader.more()) && checks.next())) {
        this.writeBatch();
        const drained = output.drain();
        if (drained) await drained;
      } else if (!(await this.checkNextRecord())) {
        return { counts: await output.finish(), header: this.header };
      }
    }
  }

  private writeBatch(): void {
    const { output, checks } = this;
    const { batch, doubtful, rejected } = checks;
    if (output.isNowhere) {
      output.count(batch.rows, batch.rows - doubtful.countRejected() - rejected.errors.size);
    } else {
      output.count(batch.rows, 0);
      this.kernelOutput.write(batch, doubtful);
    }
    checks.eachReject((row, errors) => output.writeReject(batch.firstRow + row, errors));
  }

  /** Reads one record as the TypeScript engine does: one that the text ends in, or that is too large for the kernel. */
  private async checkNextRecord(): Promise<boolean> {
    const { source, output } = this;
    const batch = await source.nextBatch(1);
    if (!batch) return false;
    source.check(batch);
    await output.write(batch);
    return true;
  }
}
