import { randomInt } from 'node:crypto';
import type { LookupTable } from '../../enrichments/lookup-table';
import type { KernelMemory } from '../kernel-memory';
import { csvCell } from './csv-cell';
import { words } from '../words';

/** Keys are padded to so many bytes, for the kernel's comparisons. */
const KEY_BLOCK = 16;

/** Larger tables stay with the host. */
const MOST_TABLE_BYTES = 128 * 1024 * 1024;

interface EntryParts {
  readonly key: Buffer;
  readonly cells: readonly Buffer[];
}

/** A table of keys in the kernel's memory, and what belongs to each, see lookup.ts of the assembly. */
export class LookupEntries {
  /** The longest text of all cells of an entry, as CSV. */
  mostTextBytes = 0;
  readonly directory: number;

  constructor(
    private readonly memory: KernelMemory,
    entries: readonly EntryParts[],
    readonly width: number,
  ) {
    const slots = 2 ** Math.ceil(Math.log2(entries.length * 2 + 2));
    const table = memory.allocate(slots * 8);
    this.directory = memory.store(words([slots - 1, randomInt(0x100000000), table]));
    const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
    let at = memory.allocate(bytes);
    for (const entry of entries) {
      this.write(at, entry);
      memory.kernel.addLookupEntry(this.directory, at);
      at += entryBytes(entry);
    }
  }

  /** The rows of a lookup; undefined where they are too many. */
  static of(memory: KernelMemory, { keys, cells }: LookupTable, width: number): LookupEntries | undefined {
    if (keys.bytes + cells.data.length > MOST_TABLE_BYTES) return undefined;
    const entries = Array.from({ length: keys.size }, (_, row) => ({
      key: keys.key(row),
      cells: Array.from({ length: width }, (__, column) =>
        cells.data.subarray(cells.start(row, column), cells.end(row, column)),
      ),
    }));
    return new LookupEntries(memory, entries, width);
  }

  /** Makes an entry without a key that has one text in all cells; gives its address. */
  addOther(text: string): number {
    const entry = { key: Buffer.alloc(0), cells: Array<Buffer>(this.width).fill(Buffer.from(text)) };
    const at = this.memory.allocate(entryBytes(entry));
    this.write(at, entry);
    return at;
  }

  private write(at: number, { key, cells }: EntryParts): void {
    const text = Buffer.concat(cells.flatMap((cell, index) => [...(index > 0 ? [COMMA] : []), csvCell(cell)]));
    this.mostTextBytes = Math.max(this.mostTextBytes, text.length);
    const keyAt = at + headBytes(cells.length);
    const textAt = keyAt + paddedBytes(key);
    const head = [key.length, keyAt, textAt, textAt + text.length];
    let cellAt = textAt + text.length;
    for (const cell of cells) head.push(cellAt, (cellAt += cell.length));
    const { bytes } = this.memory;
    words(head).copy(bytes, at);
    key.copy(bytes, keyAt);
    text.copy(bytes, textAt);
    Buffer.concat(cells).copy(bytes, textAt + text.length);
  }
}

const COMMA = Buffer.from(',');

function headBytes(cells: number): number {
  return 4 * (4 + 2 * cells);
}

function paddedBytes(key: Buffer): number {
  return Math.max(1, Math.ceil(key.length / KEY_BLOCK)) * KEY_BLOCK;
}

/** Room for an entry: its cells stand there once as they are, once as CSV. */
function entryBytes({ key, cells }: EntryParts): number {
  const values = cells.reduce((sum, cell) => sum + cell.length + csvCell(cell).length + 1, 0);
  return Math.ceil((headBytes(cells.length) + paddedBytes(key) + values) / 4) * 4;
}
