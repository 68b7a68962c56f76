import { BATCH_ROWS, type Column, type RecordBatch } from '../batch';
import type { KernelMemory } from '../kernel/kernel-memory';

const WORD_BYTES = 4;
/** Room for what does not lie in the kernel's memory: the text of a batch, or what operations made of it. */
const ARENA_BYTES = 256 * 1024;

/** Where the kernel finds the cells of a column: addresses of two lists of addresses. */
export interface KernelCells {
  readonly starts: number;
  readonly ends: number;
}

/** Bytes outside the kernel's memory that cells of a batch lie in. */
interface ForeignBytes {
  from: number;
  to: number;
  shift: number;
}

/** Lists of a slot, or how far addresses are from the places of cells in their bytes. */
type Place = KernelCells | { readonly shift: number } | ForeignBytes;

/**
 * Has the cells of a batch in the kernel's memory. Columns that lie there already, as slots do, stay where they are; of
 * others the bytes are copied, once for all columns that share them.
 */
export class CellPlacer {
  private arena: number;
  private arenaBytes = ARENA_BYTES;
  /** For the starts and ends of one column. */
  private readonly lists: number;
  private places: Place[] = [];
  private seen: readonly Column[] = [];

  constructor(private readonly memory: KernelMemory) {
    this.arena = memory.allocate(ARENA_BYTES);
    this.lists = memory.allocate(2 * BATCH_ROWS * WORD_BYTES);
  }

  /**
   * Makes ready for a batch. Where the memory has to grow for that, it takes away its buffers, those of the batch's
   * columns too: what is needed of them is known by then.
   */
  open(batch: RecordBatch, rows: Int32Array): void {
    const foreign = new Map<Buffer, ForeignBytes>();
    this.places = batch.columns.map((column, index) => {
      const { data, start, end } = column;
      const last = this.places[index];
      // Most are those of the batch before; of memory that was taken away nothing is left.
      if (column === this.seen[index] && 'starts' in last && start.length > 0) return last;
      const { buffer } = this.memory.bytes;
      if (data.buffer === buffer) {
        if (start.buffer === buffer) return { starts: start.byteOffset, ends: end.byteOffset };
        return { shift: data.byteOffset };
      }
      let bytes = foreign.get(data);
      if (!bytes) foreign.set(data, (bytes = { from: data.length, to: 0, shift: 0 }));
      extend(bytes, column, rows);
      return bytes;
    });
    this.seen = batch.columns;
    this.copy(foreign);
  }

  /** Gives the cells of a column; valid until the next one is asked for. */
  place(index: number, { start, end }: Column, rows: Int32Array): KernelCells {
    const place = this.places[index];
    if ('starts' in place) return place;
    const { shift } = place;
    const lists = this.memory.words(this.lists, 2 * BATCH_ROWS);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at];
      const length = end[row] - start[row];
      // The kernel looks at the place of an empty cell too, which need not be among the bytes that were copied.
      const address = length === 0 ? this.arena : start[row] + shift;
      lists[row] = address;
      lists[BATCH_ROWS + row] = address + length;
    }
    return { starts: this.lists, ends: this.lists + BATCH_ROWS * WORD_BYTES };
  }

  private copy(foreign: ReadonlyMap<Buffer, ForeignBytes>): void {
    let needed = 0;
    for (const { from, to } of foreign.values()) needed += Math.max(0, to - from);
    if (needed > this.arenaBytes) {
      this.arenaBytes = needed * 2;
      this.arena = this.memory.allocate(this.arenaBytes);
    }
    let address = this.arena;
    for (const [data, bytes] of foreign) {
      bytes.shift = address - bytes.from;
      if (bytes.to > bytes.from) address += data.copy(this.memory.bytes, address, bytes.from, bytes.to);
    }
  }
}

function extend(bytes: ForeignBytes, { start, end }: Column, rows: Int32Array): void {
  // Cells whose memory was taken away would all be missing.
  if (start.length === 0) throw new Error('the cells of a batch lie in memory that was taken away');
  let { from, to } = bytes;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (end[row] === start[row]) continue;
    if (start[row] < from) from = start[row];
    if (end[row] > to) to = end[row];
  }
  bytes.from = from;
  bytes.to = to;
}
