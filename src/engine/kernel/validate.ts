import { KernelChecks } from './kernel-checks';
import { KernelIntegers } from './kernel-integers';
import { KernelMemory } from './kernel-memory';
import { KernelOutput } from './kernel-output';
import { readsRecords, readsSource } from './program';
import { newKernel } from './wasm';
import { ROW_COLUMN } from '../../shared/step-contract';
import type { StepResult, ValidateRun } from '../engine';
import { StepOutput } from '../run/step-output';
import { IntegerPages } from '../unique/integer-pages';
import { CheckedSource } from '../validate/checked-source';
import { isRejectsName } from '../validate/replay';
import { sourceReader } from '../validate/source-records';
import { checkRecords, validate } from '../validate/validate';

/**
 * Validates as the TypeScript engine does, to the byte: the kernel finds the records and accepts those that surely are
 * valid, and every other record goes through the TypeScript engine's own checks. What the kernel does not read at all,
 * such as dialects with an escape character, is left to that engine whole. `windowBytes` are read ahead.
 */
export async function kernelValidate(run: ValidateRun, windowBytes?: number): Promise<StepResult> {
  const { spec } = run;
  const kernel = readsSource(spec) && !isRejectsName(run.sourceKey) ? newKernel() : undefined;
  if (!kernel) return validate(run);
  const memory = new KernelMemory(kernel);
  const reader = sourceReader(run.input, run.sourceKey, spec, windowBytes, memory.placeText);
  const isRead = ({ dialect, width }: CheckedSource) => readsRecords(dialect, width);
  return new CheckedSource(run, 'drop-surplus', reader, (source) =>
    isRead(source) ? new KernelIntegers(memory) : new IntegerPages(),
  ).use(async (source) => {
    const header = await source.open();
    if (!isRead(source)) return checkRecords(run, source, header);
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
    this.kernelOutput = new KernelOutput(memory, this.checks.program, this.output);
  }

  async checkRecords(): Promise<StepResult> {
    const { checks, output } = this;
    for (;;) {
      if (checks.next()) {
        this.writeBatch();
        await output.drain();
      } else if (!(await this.checkNextRecord())) {
        return { counts: await output.finish(), header: this.header };
      }
    }
  }

  private writeBatch(): void {
    const { output, checks } = this;
    const { batch } = checks;
    this.kernelOutput.write(batch, checks.doubtful, checks.rejected.errors.size);
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
