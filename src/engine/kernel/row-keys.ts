import type { KernelBatch } from './kernel-batch';
import type { KernelIntegers } from './kernel-integers';
import type { KernelMemory } from './kernel-memory';
import type { Program } from './program';
import { RecordBatch } from '../batch';
import type { FieldChecks } from '../validate/field-checks';
import type { KeyCheck } from '../validate/key-check';

/** A row where the kernel has stopped; it has its sign bit set where the key of the row is a duplicate. */
const ROW_MASK = 0x7fffffff;

interface RowKey {
  readonly check: KeyCheck;
  /** Those of the keys that the kernel can take by itself; absent where it cannot. */
  readonly integers?: KernelIntegers;
}

/**
 * Takes the keys of records in the order of the rows, also of rejected ones whose key is in order; those of records that
 * are read again are taken between them, by their own check. The kernel takes plain integers, the host all others.
 */
export class RowKeys {
  /** Keys in the host's hands, and the errors of records that are not read again. */
  readonly cells = new RecordBatch();
  private readonly keys: readonly RowKey[];
  private readonly fetched = new Set<number>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly program: Program,
    private readonly fields: FieldChecks,
  ) {
    this.keys = fields.keyChecks.map((check) => {
      const [{ field }] = check.parts;
      const isNumber = check.parts.length === 1 && (field.type === 'integer' || field.type === 'number');
      return { check, integers: isNumber ? (check.seen?.pages as KernelIntegers) : undefined };
    });
  }

  /** Gets ready for a batch. Records whose key is not what stands there become doubtful. */
  open(batch: KernelBatch): void {
    this.fetched.clear();
    for (const { check, integers } of this.keys) {
      if (!integers) this.fetch(batch, check);
    }
  }

  /** Takes the keys of the records from `row` on, up to `end`. */
  take(batch: KernelBatch, row: number, end: number): void {
    for (const { check, integers } of this.keys) {
      if (integers) this.takeIntegers(batch, check, integers, row, end);
      else this.takeAll(batch, check, row, end);
    }
  }

  /** Leaves the records whose key is wrong to the rejects; to be called once all keys are taken. */
  close(batch: KernelBatch): void {
    for (const [row, errors] of this.cells.errors) {
      // Whatever column it is: the record is a reject.
      batch.doubt(row, 0);
      if (errors.length > 1) this.fields.sort(errors);
    }
  }

  private takeIntegers(
    batch: KernelBatch,
    check: KeyCheck,
    integers: KernelIntegers,
    from: number,
    end: number,
  ): void {
    const { kernel } = this.memory;
    const { address, keyDoubts } = this.program;
    const { columnIndex } = check.parts[0];
    for (let row = from; row < end; row++) {
      const stop = kernel.add(address, integers.directory, columnIndex, keyDoubts, row, end);
      integers.size += kernel.added.value;
      row = stop & ROW_MASK;
      if (row === end) return;
      if (stop < 0) check.rejectKey(this.cells, row);
      else this.takeFetched(batch, check, row);
    }
  }

  /** Takes a key that the kernel does not know what to do with. */
  private takeFetched(batch: KernelBatch, check: KeyCheck, row: number): void {
    batch.fetchCell(row, check.parts[0].columnIndex, this.cells);
    this.takeRow(check, row);
  }

  private takeAll(batch: KernelBatch, check: KeyCheck, from: number, end: number): void {
    for (let row = from; row < end; row++) {
      if (batch.hasKeys(row)) this.takeRow(check, row);
    }
  }

  private takeRow(check: KeyCheck, row: number): void {
    const { cells } = this;
    const isMissing = check.parts.some(({ columnIndex }) => {
      const { start, end } = cells.columns[columnIndex];
      return start[row] === end[row];
    });
    if (!isMissing && !check.takeKey(cells, row)) check.rejectKey(cells, row);
  }

  /** Fetches the cells of a key, once a batch. */
  private fetch(batch: KernelBatch, { parts }: KeyCheck): void {
    for (const { columnIndex } of parts) {
      if (this.fetched.has(columnIndex)) continue;
      this.fetched.add(columnIndex);
      batch.fetchColumn(columnIndex, this.cells);
    }
  }
}
