import type { KernelMemory } from './kernel-memory';
import { BATCH_ROWS, Column } from '../batch';

/** See layout.ts of the assembly. */
const SLOT_BYTES = 8 * BATCH_ROWS;
export const SLOT_ENDS = 4 * BATCH_ROWS;

/**
 * Slots of the kernel: columns of a batch whose cells lie anywhere in the kernel's memory, as starts and ends. A slot's
 * address is its name.
 */
export class Slots {
  private readonly columns = new Map<number, Column>();
  private bytes?: Buffer;

  constructor(private readonly memory: KernelMemory) {}

  /** Makes a slot; its cells are empty. */
  add(): number {
    return this.memory.allocate(SLOT_BYTES);
  }

  /** The host's view of a slot, without any copy; valid until the memory grows, so for a batch. */
  column(slot: number): Column {
    const { bytes } = this.memory;
    if (bytes !== this.bytes) this.columns.clear();
    this.bytes = bytes;
    let column = this.columns.get(slot);
    if (!column) {
      const [starts, ends] = [slot, slot + SLOT_ENDS].map((at) => this.memory.words(at, BATCH_ROWS));
      this.columns.set(slot, (column = new Column(bytes, starts, ends)));
    }
    return column;
  }

  /** Puts bytes into the arena as the cell of a row; false where there is no room left for them. */
  setBytes(slot: number, row: number, source: Buffer, from: number, to: number): boolean {
    const at = this.memory.kernel.reserveRoom(to - from);
    if (at === 0) return false;
    const { data, start, end } = this.column(slot);
    source.copy(data, at, from, to);
    start[row] = at;
    end[row] = at + to - from;
    return true;
  }
}
