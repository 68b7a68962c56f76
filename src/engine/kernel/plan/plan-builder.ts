import { HostOperation } from './host-operation';
import { OPERATION_CODES } from './operation-codes';
import type { EntrySlot, MostBytes, PlanColumn } from './plan-column';
import { BATCH_ROWS } from '../../batch';
import type { ApplyToBatch } from '../../compile-operations';
import type { KernelMemory } from '../kernel-memory';
import { Slots } from '../slots';
import { words } from '../words';

/** A register is a coefficient and a scale for each record, see registers.ts of the assembly. */
const REGISTER_BYTES = 9 * BATCH_ROWS;
const SCALES = 8 * BATCH_ROWS;

/** Longer cells that an operation has made are left to the host. */
const LONG_CELL_BYTES = 8192;

/** What is done next: operations of the kernel from one place up to another, or one of the host. */
export type PlanStep = HostOperation | { readonly from: number; to: number };

/** The columns of a source as they stand. */
export function sourceColumns(header: readonly string[]): PlanColumn[] {
  return header.map((_, index) => ({ kind: 'source', index }));
}

/** Puts the operations of a plan together. */
export class PlanBuilder {
  readonly steps: PlanStep[] = [];
  readonly operations: number[][] = [];
  readonly slots: Slots;
  /** Columns whose cells are the keys of entries that a lookup has put into a slot. */
  readonly keyEntries = new Map<PlanColumn, EntrySlot>();
  private readonly loaded = new Map<number, number>();

  /** `columns` are those of the header at hand; `rowNumbers` is the column that has the numbers of rows, if one does. */
  constructor(
    readonly memory: KernelMemory,
    public header: readonly string[],
    public columns: readonly PlanColumn[],
    readonly rowNumbers?: PlanColumn,
  ) {
    this.slots = new Slots(memory);
  }

  column(name: string): PlanColumn {
    return this.columns[this.header.indexOf(name)];
  }

  /** Puts a column in the place of one with its name, or behind all others. */
  setColumn(name: string, column: PlanColumn): void {
    const index = this.header.indexOf(name);
    this.columns =
      index < 0
        ? [...this.columns, column]
        : this.columns.map((other, at) => (at === index ? column : other));
  }

  /** Adds an operation of the kernel. */
  emit(code: keyof typeof OPERATION_CODES, from: number, to: number, a = 0, b = 0, table = 0): void {
    const last = this.steps[this.steps.length - 1];
    const place = this.operations.push([OPERATION_CODES[code], from, to, a, b, table]);
    if (last === undefined || last instanceof HostOperation) this.steps.push({ from: place - 1, to: place });
    else last.to = place;
  }

  /** The slot that has the cells of a column; they are put there where they lie elsewhere. */
  slotOf(column: PlanColumn): number {
    switch (column.kind) {
      case 'slot':
        return column.slot;
      case 'source': {
        let slot = this.loaded.get(column.index);
        if (slot === undefined) {
          slot = this.slots.add();
          this.loaded.set(column.index, slot);
          this.emit('load', column.index * 4, slot);
        }
        return slot;
      }
      case 'constant':
        return this.constantSlot(column.text);
      case 'entry': {
        const slot = this.slots.add();
        this.emit('entryCells', column.slot, slot, column.cell, 0, column.entries.directory);
        return slot;
      }
    }
  }

  /** Adds an operation that makes one slot of another; gives the column that it makes. */
  rewrite(
    code: keyof typeof OPERATION_CODES,
    from: PlanColumn,
    most: MostBytes,
    parameters: readonly number[],
    isPlain = false,
  ): PlanColumn {
    const source = this.slotOf(from);
    const slot = this.slots.add();
    this.emit(code, source, slot, ...parameters);
    return { kind: 'slot', slot, most, isPlain };
  }

  newRegister(): number {
    return this.memory.allocate(REGISTER_BYTES);
  }

  /** A register that has one number in all records. */
  constantRegister(coefficient: bigint, scale: number): number {
    const register = this.newRegister();
    const { bytes } = this.memory;
    for (let row = 0; row < BATCH_ROWS; row++) bytes.writeBigInt64LE(coefficient, register + row * 8);
    bytes.fill(scale, register + SCALES, register + SCALES + BATCH_ROWS);
    return register;
  }

  /** A text as the kernel takes it: its length before its bytes. */
  text(text: string): number {
    const bytes = Buffer.from(text);
    return this.memory.store(Buffer.concat([words([bytes.length]), bytes]));
  }

  /** Has the host do an operation: on the columns that it names, and nothing else. */
  addHostOperation(
    names: readonly string[],
    header: readonly string[],
    compile: (header: readonly string[]) => ApplyToBatch,
  ): void {
    const inputs = [...new Set(names)];
    const slots = inputs.map((name) => this.slotOf(this.column(name)));
    const outputs = header.map((name) => {
      const slot = this.slots.add();
      this.setColumn(name, { kind: 'slot', slot, most: 'any', isPlain: false });
      return slot;
    });
    // Outputs are found by name in the header after the operation, which appends to the one before it.
    const places = header.map((name) => (inputs.includes(name) ? inputs.indexOf(name) : -1));
    let appended = inputs.length;
    const results = places.map((place, index) => ({
      place: place < 0 ? appended++ : place,
      slot: outputs[index],
    }));
    this.steps.push(new HostOperation(this.slots, slots, results, compile(inputs)));
  }

  /** Has no cell of a slot longer than LONG_CELL_BYTES. */
  limit(slot: number): number {
    this.emit('limitLength', slot, slot, LONG_CELL_BYTES);
    return LONG_CELL_BYTES;
  }

  /** A slot that has one text in all records. */
  constantSlot(text: string): number {
    const bytes = Buffer.from(text);
    const slot = this.slots.add();
    const at = this.memory.store(bytes);
    const { start, end } = this.slots.column(slot);
    start.fill(at);
    end.fill(at + bytes.length);
    return slot;
  }
}
