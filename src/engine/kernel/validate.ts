import { DoubtfulRecords } from './doubtful-records';
import { HostColumns } from './host-columns';
import { KernelBatch } from './kernel-batch';
import { KernelIntegers } from './kernel-integers';
import { KernelMemory } from './kernel-memory';
import { KernelOutput } from './kernel-output';
import { compileProgram, readsRecords, readsSource } from './program';
import { UniqueKeys } from './unique-keys';
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
  private readonly batch: KernelBatch;
  private readonly doubtful: DoubtfulRecords;
  private readonly hostColumns?: HostColumns;
  private readonly unique?: UniqueKeys;
  private readonly output: StepOutput;
  private readonly kernelOutput: KernelOutput;
  /** The doubtful record at hand. */
  private readonly index = new Int32Array(1);

  constructor(
    run: ValidateRun,
    private readonly source: CheckedSource,
    private readonly header: readonly string[],
    memory: KernelMemory,
  ) {
    const { reader, dialect, width, columns, fields } = source;
    const { schema, limits } = run.spec;
    const program = compileProgram(memory, run.spec, dialect, columns, reader.batchRows);
    this.batch = new KernelBatch(memory, program);
    this.doubtful = new DoubtfulRecords(memory, dialect, limits.maxRecordBytes, width);
    if (schema && fields) {
      this.hostColumns = new HostColumns(program.hostColumns, schema);
      this.unique = new UniqueKeys(memory, program, fields);
    }
    this.output = new StepOutput(run, [ROW_COLUMN, ...header]);
    this.kernelOutput = new KernelOutput(memory, program, this.output);
  }

  async checkRecords(): Promise<StepResult> {
    const { source, batch, output } = this;
    for (;;) {
      if (batch.read(source.reader) > 0) {
        source.rowsRead += batch.rows;
        this.checkBatch();
        await output.drain();
      } else if (!(await this.checkNextRecord())) {
        return { counts: await output.finish(), header: this.header };
      }
    }
  }

  private checkBatch(): void {
    const { batch, doubtful, hostColumns, unique, output } = this;
    hostColumns?.apply(batch);
    unique?.open(batch);
    this.readDoubtful();
    this.checkDoubtful();
    const duplicates = unique?.close(batch) ?? 0;
    this.kernelOutput.write(batch, doubtful, duplicates);
    if (doubtful.count > 0) output.writeRejects(doubtful.batch);
    if (unique) output.writeRejects(unique.cells);
  }

  private readDoubtful(): void {
    const { batch, doubtful, source } = this;
    doubtful.reset();
    for (let row = batch.nextDoubtful(0); row < batch.rows; row = batch.nextDoubtful(row + 1)) {
      doubtful.add(row, batch);
    }
    if (doubtful.count > 0) source.structure!.apply(doubtful.read(batch.firstRow));
  }

  /** Checks the doubtful records; the keys of the accepted ones before each are taken first. */
  private checkDoubtful(): void {
    const { batch, doubtful, unique } = this;
    const { fields } = this.source;
    if (!fields || !unique) return;
    let next = 0;
    for (let index = 0; index < doubtful.count; index++) {
      const row = doubtful.rows[index];
      unique.take(batch, next, row);
      next = row + 1;
      if (!doubtful.isKept(index)) continue;
      this.index[0] = index;
      fields.apply(doubtful.batch, this.index, (column) => batch.isDoubtful(row, column));
    }
    unique.take(batch, next, batch.rows);
    fields.checkBudget();
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
