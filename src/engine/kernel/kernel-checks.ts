import { DoubtfulCells } from './doubtful-cells';
import { DoubtfulRecords } from './doubtful-records';
import { HostColumns } from './host-columns';
import { KernelBatch } from './kernel-batch';
import { KernelLimits } from './kernel-limits';
import type { KernelMemory } from './kernel-memory';
import { compileProgram, type Program } from './program';
import { RowKeys } from './row-keys';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import { RecordBatch, ROW_KEPT, type RowError } from '../batch';
import type { CheckedSource } from '../validate/checked-source';

/**
 * Reads a source batch by batch and finds out which records are valid: the kernel accepts those that surely are, and all
 * others are checked by the host, where they stand or, where that does not do, read again.
 */
export class KernelChecks {
  readonly batch: KernelBatch;
  /** The records of the batch that the host has read again and checked. */
  readonly doubtful: DoubtfulRecords;
  /** Errors of the rejected ones among the others, by their row. */
  readonly rejected: RecordBatch;
  readonly program: Program;
  private readonly limits: KernelLimits;
  private readonly cells: DoubtfulCells;
  private readonly hostColumns?: HostColumns;
  private readonly keys?: RowKeys;
  /** The record at hand of those that are read again. */
  private readonly index = new Int32Array(1);

  /** `operate` does what comes behind the checks; it may leave accepted records to the host as well. */
  constructor(
    spec: PipelineSpec,
    private readonly source: CheckedSource,
    memory: KernelMemory,
    private readonly operate?: (batch: KernelBatch) => void,
  ) {
    const { reader, dialect, width, columns, fields } = source;
    this.program = compileProgram(memory, spec, dialect, columns, reader.batchRows);
    this.batch = new KernelBatch(memory, this.program);
    this.limits = new KernelLimits(memory, source, spec.limits);
    this.cells = new DoubtfulCells(fields?.fields ?? [], source.structure!);
    this.doubtful = new DoubtfulRecords(memory, dialect, spec.limits.maxRecordBytes, width);
    if (spec.schema && fields) {
      this.hostColumns = new HostColumns(this.program.hostColumns, spec.schema);
      this.keys = new RowKeys(memory, this.program, fields);
    }
    this.rejected = this.keys?.cells ?? new RecordBatch();
  }

  /** Reads and checks the next records; false where none is whole, or small enough for the kernel. */
  next(): boolean {
    const { batch, source, keys } = this;
    if (batch.read(source.reader) === 0) return false;
    this.limits.check(batch);
    source.rowsRead += batch.rows;
    this.rejected.reset();
    this.hostColumns?.apply(batch);
    keys?.open(batch);
    const unknown = this.cells.look(batch, this.rejected);
    this.doubtful.reset();
    this.operate?.(batch);
    if (unknown > 0 || this.operate) this.readDoubtful();
    this.checkDoubtful();
    keys?.close(batch);
    return true;
  }

  /** Goes through the rejected records of the batch in their order. */
  eachReject(take: (row: number, errors: readonly RowError[]) => void): void {
    const { batch, doubtful, rejected } = this;
    let index = 0;
    if (doubtful.count === 0 && rejected.errors.size === 0) return;
    for (let row = batch.nextDoubtful(0); row < batch.rows; row = batch.nextDoubtful(row + 1)) {
      const isReadAgain = index < doubtful.count && doubtful.rows[index] === row;
      const errors = isReadAgain ? doubtful.batch.errors.get(index++) : rejected.errors.get(row);
      if (errors) take(row, errors);
    }
  }

  private readDoubtful(): void {
    const { batch, doubtful, rejected, source } = this;
    for (let row = batch.nextDoubtful(0); row < batch.rows; row = batch.nextDoubtful(row + 1)) {
      if (rejected.state[row] !== ROW_KEPT) continue;
      batch.leave(row);
      doubtful.add(row, batch);
    }
    if (doubtful.count > 0) source.checkShape(doubtful.read(batch.firstRow));
  }

  /** Checks the records that were read again; the keys of those before each are taken first. */
  private checkDoubtful(): void {
    const { batch, doubtful, keys } = this;
    const { fields } = this.source;
    if (!fields || !keys) return;
    let next = 0;
    for (let index = 0; index < doubtful.count; index++) {
      const row = doubtful.rows[index];
      keys.take(batch, next, row);
      next = row + 1;
      if (!doubtful.isKept(index)) continue;
      this.index[0] = index;
      fields.apply(doubtful.batch, this.index, (column) => batch.needsCheckAgain(row, column));
    }
    keys.take(batch, next, batch.rows);
    fields.checkBudget();
  }
}
