import type { LookupTable } from '../../enrichments/lookup-table';
import type { KernelMemory } from '../kernel-memory';
import { bytesOfText, type CellBytes, copyCell, csvCell } from './csv-cell';
import { words } from '../words';

/** Keys are padded to so many bytes, for the kernel's comparisons. */
const KEY_BLOCK = 16;
/** Entries begin where a line of the processor's cache does: most lie in one. */
const ENTRY_BLOCK = 64;

/** Larger tables stay with the host. */
const MOST_TABLE_BYTES = 128 * 1024 * 1024;

/** What belongs to a key: its cells, and these as CSV, which are the same where they need no quotes. */
interface EntryParts {
  readonly key: CellBytes;
  readonly cells: readonly CellBytes[];
  readonly written: readonly CellBytes[];
}

function entryOf(key: CellBytes, cells: readonly CellBytes[]): EntryParts {
  return { key, cells, written: cells.map(csvCell) };
}

/** A table of keys in the kernel's memory, and what belongs to each, see lookup.ts of the assembly. */
export class LookupEntries {
  /** The rows of a lookup; undefined where they are too many. */
  static of(
    memory: KernelMemory,
    { keys, cells }: LookupTable,
    width: number,
    mostBytes = MOST_TABLE_BYTES,
  ): LookupEntries | undefined {
    if (keys.bytes + cells.data.length > mostBytes) return undefined;
    const { data } = cells;
    const columns = Array.from({ length: width }, (_, column) => column);
    const entries = Array.from({ length: keys.size }, (_, row) => ({
      key: keys.key(row),
      cells: columns.map((column) => ({
        data,
        start: cells.start(row, column),
        end: cells.end(row, column),
      })),
    }));
    return new LookupEntries(memory, entries, width);
  }

  /** The longest text of all cells of an entry, as CSV. */
  mostTextBytes = 0;
  readonly directory: number;

  constructor(
    private readonly memory: KernelMemory,
    keys: ReadonlyArray<{ readonly key: CellBytes; readonly cells: readonly CellBytes[] }>,
    readonly width: number,
  ) {
    const entries = keys.map(({ key, cells }) => entryOf(key, cells));
    const slots = 2 ** Math.ceil(Math.log2(entries.length * 2 + 2));
    const table = memory.allocate(slots * 8);
    // As that of KeyTable, the seed need only be unknown beforehand.
    const seed = Math.floor(Math.random() * 0x100000000);
    this.directory = memory.store(words([slots - 1, seed, table]));
    const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
    let at = memory.allocate(bytes);
    for (const entry of entries) {
      this.write(at, entry);
      memory.kernel.addLookupEntry(this.directory, at);
      at += entryBytes(entry);
    }
  }

  /** Makes an entry without a key that has one text in all cells; gives its address. */
  addOther(text: string): number {
    const entry = entryOf(bytesOfText(''), Array<CellBytes>(this.width).fill(bytesOfText(text)));
    const at = this.memory.allocate(entryBytes(entry));
    this.write(at, entry);
    return at;
  }

  private write(at: number, { key, cells, written }: EntryParts): void {
    const { bytes } = this.memory;
    const keyAt = at + headBytes(cells.length);
    const textAt = keyAt + paddedBytes(key);
    copyCell(bytes, keyAt, key);
    let put = textAt;
    written.forEach((cell, index) => {
      if (index > 0) bytes[put++] = COMMA;
      const from = put;
      put = copyCell(bytes, put, cell);
      // What stands in the text as its value need not stand anywhere else.
      if (cell === cells[index]) this.writeWords(cellAt(at, index), from, put);
    });
    this.writeWords(at, lengthOf(key), keyAt, textAt, put);
    this.mostTextBytes = Math.max(this.mostTextBytes, put - textAt);
    cells.forEach((cell, index) => {
      if (cell === written[index]) return;
      const from = put;
      put = copyCell(bytes, put, cell);
      this.writeWords(cellAt(at, index), from, put);
    });
  }

  private writeWords(at: number, ...numbers: readonly number[]): void {
    const { bytes } = this.memory;
    numbers.forEach((number, index) => bytes.writeInt32LE(number | 0, at + index * 4));
  }
}

const COMMA = 0x2c;

/** Where the place of a cell stands in an entry. */
function cellAt(entry: number, cell: number): number {
  return entry + headBytes(cell);
}

function headBytes(cells: number): number {
  return 4 * (4 + 2 * cells);
}

function lengthOf({ start, end }: CellBytes): number {
  return end - start;
}

function paddedBytes(key: CellBytes): number {
  return Math.max(1, Math.ceil(lengthOf(key) / KEY_BLOCK)) * KEY_BLOCK;
}

/** Room for an entry: its cells as CSV, and those as they are that differ from that. */
function entryBytes({ key, cells, written }: EntryParts): number {
  let bytes = headBytes(cells.length) + paddedBytes(key);
  written.forEach((cell, index) => {
    bytes += lengthOf(cell) + 1 + (cell === cells[index] ? 0 : lengthOf(cells[index]));
  });
  return Math.ceil((bytes - 1) / ENTRY_BLOCK) * ENTRY_BLOCK;
}
