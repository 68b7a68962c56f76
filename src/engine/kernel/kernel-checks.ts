import { DoubtfulRecords } from './doubtful-records';
import { HostColumns } from './host-columns';
import { KernelBatch } from './kernel-batch';
import type { KernelMemory } from './kernel-memory';
import { compileProgram, type Program } from './program';
import { UniqueKeys } from './unique-keys';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { CheckedSource } from '../validate/checked-source';

/**
 * Reads a source batch by batch and finds out which records are valid: the kernel accepts those that surely are, and all
 * others are checked by the host.
 */
export class KernelChecks {
  readonly batch: KernelBatch;
  /** The records of the batch that the host has read and checked. */
  readonly doubtful: DoubtfulRecords;
  /** Knows the accepted records whose key was there before. */
  readonly unique?: UniqueKeys;
  /** How many these are. */
  duplicates = 0;
  readonly program: Program;
  private readonly hostColumns?: HostColumns;
  /** The doubtful record at hand. */
  private readonly index = new Int32Array(1);

  /** `operate` does what comes behind the checks; it may leave accepted records to the host as well. */
  constructor(
    spec: PipelineSpec,
    private readonly source: CheckedSource,
    memory: KernelMemory,
    private readonly operate: (batch: KernelBatch) => void = () => {},
  ) {
    const { reader, dialect, width, columns, fields } = source;
    this.program = compileProgram(memory, spec, dialect, columns, reader.batchRows);
    this.batch = new KernelBatch(memory, this.program);
    this.doubtful = new DoubtfulRecords(memory, dialect, spec.limits.maxRecordBytes, width);
    if (spec.schema && fields) {
      this.hostColumns = new HostColumns(this.program.hostColumns, spec.schema);
      this.unique = new UniqueKeys(memory, this.program, fields);
    }
  }

  /** Reads and checks the next records; false where none is whole, or small enough for the kernel. */
  next(): boolean {
    const { batch, source, unique } = this;
    if (batch.read(source.reader) === 0) return false;
    source.rowsRead += batch.rows;
    this.hostColumns?.apply(batch);
    unique?.open(batch);
    this.operate(batch);
    this.readDoubtful();
    this.checkDoubtful();
    this.duplicates = unique?.close(batch) ?? 0;
    return true;
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
}
