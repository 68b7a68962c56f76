import type { KernelBatch } from './kernel-batch';
import type { KernelIntegers } from './kernel-integers';
import type { KernelMemory } from './kernel-memory';
import type { Program } from './program';
import { RecordBatch } from '../batch';
import type { KeySet } from '../unique/key-set';
import type { FieldCheck } from '../validate/field-check';
import type { FieldChecks } from '../validate/field-checks';

/** What a unique field and the primary key have in common. */
interface KeyCheck {
  readonly seen?: KeySet;
  addKey(batch: RecordBatch, row: number): boolean;
  rejectDuplicate(batch: RecordBatch, row: number): void;
}

interface UniqueKey {
  readonly check: KeyCheck;
  readonly parts: readonly FieldCheck[];
  /** Those of the keys that the kernel can take by itself; absent where it cannot. */
  readonly integers?: KernelIntegers;
}

/**
 * Takes the keys of accepted records in the order of the rows; those of doubtful ones are taken between them, by their
 * own check. The kernel takes plain integers, the host all others.
 */
export class UniqueKeys {
  /** Keys in the host's hands, and the errors of accepted records. */
  readonly cells = new RecordBatch();
  private readonly keys: readonly UniqueKey[];
  private readonly fetched = new Set<number>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly program: Program,
    { fields, primaryKey }: FieldChecks,
  ) {
    const checks: Array<Pick<UniqueKey, 'check' | 'parts'>> = fields
      .filter(({ seen }) => seen)
      .map((field) => ({ check: field, parts: [field] }));
    if (primaryKey) checks.push({ check: primaryKey, parts: primaryKey.key.parts });
    this.keys = checks.map(({ check, parts }) => {
      const [{ field }] = parts;
      const isNumber = parts.length === 1 && (field.type === 'integer' || field.type === 'number');
      return { check, parts, integers: isNumber ? (check.seen!.pages as KernelIntegers) : undefined };
    });
  }

  /** Gets ready for a batch. Records whose key is not what stands there become doubtful. */
  open(batch: KernelBatch): void {
    this.cells.reset();
    this.fetched.clear();
    for (const key of this.keys) {
      if (!key.integers) this.fetch(batch, key);
    }
  }

  /** Takes the keys of the accepted records from `row` on, up to `end`. */
  take(batch: KernelBatch, row: number, end: number): void {
    for (const key of this.keys) {
      if (key.integers) this.takeIntegers(batch, key, key.integers, row, end);
      else this.takeAll(batch, key, row, end);
    }
  }

  /**
   * Leaves the records whose key was there before to the rejects, and gives how many they are; to be called once all keys
   * are taken.
   */
  close(batch: KernelBatch): number {
    const { cells } = this;
    cells.rows = batch.rows;
    for (const row of cells.errors.keys()) {
      // Whatever column it is: the record is a reject.
      batch.doubt(row, 0);
      cells.rowNumbers[row] = batch.firstRow + row;
    }
    return cells.errors.size;
  }

  private takeIntegers(
    batch: KernelBatch,
    key: UniqueKey,
    integers: KernelIntegers,
    from: number,
    end: number,
  ): void {
    const { kernel } = this.memory;
    const { columnIndex } = key.parts[0];
    for (let row = from; row < end; row++) {
      row = kernel.add(this.program.address, integers.directory, columnIndex, row, end);
      integers.size += kernel.added.value;
      if (row < end) this.takeRow(batch, key, row);
    }
  }

  private takeAll(batch: KernelBatch, key: UniqueKey, from: number, end: number): void {
    for (let row = from; row < end; row++) {
      if (batch.isAccepted(row)) this.takeRow(batch, key, row);
    }
  }

  private takeRow(batch: KernelBatch, key: UniqueKey, row: number): void {
    const { cells } = this;
    this.fetch(batch, key);
    const isMissing = key.parts.some(({ columnIndex }) => {
      const { start, end } = cells.columns[columnIndex];
      return start[row] === end[row];
    });
    if (!isMissing && !key.check.addKey(cells, row)) key.check.rejectDuplicate(cells, row);
  }

  /** Fetches the cells of a key, once a batch. */
  private fetch(batch: KernelBatch, { parts }: UniqueKey): void {
    for (const { columnIndex } of parts) {
      if (this.fetched.has(columnIndex)) continue;
      this.fetched.add(columnIndex);
      batch.fetchColumn(columnIndex, this.cells);
    }
  }
}
