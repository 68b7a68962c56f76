import { DoubtfulRecords } from './doubtful-records';
import { KernelBatch } from './kernel-batch';
import type { KernelMemory } from './kernel-memory';
import type { KernelPlan } from './plan/kernel-plan';
import { PlanBuilder, sourceColumns } from './plan/plan-builder';
import { compileProgram } from './program';
import { ROW_COLUMN } from '../../shared/step-contract';
import { DEFAULT_DIALECT } from '../../spec/dialect-spec';
import { DEFAULT_LIMITS } from '../../spec/pipeline-spec';
import { BATCH_ROWS, RecordBatch } from '../batch';
import { STAGED_RECORD_BYTES, type StagedReader } from '../run/staged-reader';

const LIMITS = { ...DEFAULT_LIMITS, maxRecordBytes: STAGED_RECORD_BYTES };

/**
 * Reads what a step wrote by the kernel, whose first source column is `_row`: records of any odd shape are read again by
 * the host, and each one is held to the step contract.
 */
export class KernelStaged {
  readonly batch: KernelBatch;
  /** The records that the host has read again; their columns are those of the header. */
  readonly doubtful: DoubtfulRecords;
  /** The row numbers of the records that were not read again. */
  readonly rowNumbers = new Float64Array(BATCH_ROWS);
  private readonly numbers = new RecordBatch();

  /** The reader's header is known. */
  constructor(
    private readonly staged: StagedReader,
    memory: KernelMemory,
  ) {
    const { reader, header } = staged;
    const width = header.length + 1;
    const fields = Array<undefined>(width).fill(undefined);
    const program = compileProgram(memory, { limits: LIMITS }, DEFAULT_DIALECT, fields, reader.batchRows);
    this.batch = new KernelBatch(memory, program);
    this.doubtful = new DoubtfulRecords(memory, DEFAULT_DIALECT, STAGED_RECORD_BYTES, width);
  }

  /** Reads the next records and does a plan's operations; false where the reader has to read the next one. */
  async next(plan: KernelPlan): Promise<boolean> {
    const { batch, staged } = this;
    const { reader } = staged;
    if (batch.read(reader) === 0 && !((await staged.more()) && batch.read(reader) > 0)) return false;
    // Records whose row number is written oddly are left to the host as well.
    batch.fetchColumn(0, this.numbers);
    plan.operate(batch);
    this.readDoubtful();
    return true;
  }

  private readDoubtful(): void {
    const { batch, doubtful, staged } = this;
    doubtful.reset();
    for (let row = batch.nextDoubtful(0); row < batch.rows; row = batch.nextDoubtful(row + 1)) {
      doubtful.add(row, batch);
    }
    const again = doubtful.count > 0 ? doubtful.read(batch.firstRow) : undefined;
    const [numbers] = this.numbers.columns;
    let index = 0;
    for (let row = 0; row < batch.rows; row++) {
      if (index < doubtful.count && doubtful.rows[index] === row) staged.takeRecord(again!, index++);
      else this.rowNumbers[row] = staged.takeNumber(numbers, row, batch.firstRow + row);
    }
    if (again) again.columns = again.columns.slice(1);
  }
}

/** Begins a plan for what a step wrote: `_row` stands before the columns, and is no column to operations. */
export function stagedPlan(memory: KernelMemory, header: readonly string[]): PlanBuilder {
  const [, ...columns] = sourceColumns([ROW_COLUMN, ...header]);
  return new PlanBuilder(memory, header, columns, { kind: 'source', index: 0 });
}
