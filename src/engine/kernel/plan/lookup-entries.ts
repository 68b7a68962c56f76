import type { LookupTable } from '../../enrichments/lookup-table';
import type { KernelMemory } from '../kernel-memory';
import { words } from '../words';

/** Larger tables stay with the host. */
const MOST_TABLE_BYTES = 128 * 1024 * 1024;

/** What a text takes at most: so many times the bytes of its cells, and so many more for each, see lookup-table.ts. */
const TEXT_TIMES = 3;
const TEXT_BESIDE = 3;

/** A table of keys in the kernel's memory, and what belongs to each, see lookup.ts of the assembly. */
export class LookupEntries {
  /** The rows of a lookup; undefined where they are too many. `other` is the text of all cells of keys that it lacks. */
  static of(
    memory: KernelMemory,
    table: LookupTable,
    width: number,
    other?: string,
    mostBytes = MOST_TABLE_BYTES,
  ): LookupEntries | undefined {
    if (table.keys.bytes + table.cells.data.length > mostBytes) return undefined;
    return new LookupEntries(memory, table, width, other);
  }

  /** Where the table lies. */
  readonly directory: number;
  /** How many entries have a key: those from 1 on. */
  readonly keyed: number;
  /** Where the places of the entries' texts lie. */
  readonly texts: number;
  /** The entry of keys that the table does not have, 0 for none. */
  readonly other: number;
  /** The longest text of all cells of an entry, as CSV. */
  readonly mostTextBytes: number;

  constructor(
    private readonly memory: KernelMemory,
    { keys, cells }: LookupTable,
    private readonly width: number,
    other?: string,
  ) {
    const keyed = (this.keyed = keys.size);
    const entries = other === undefined ? keyed : keyed + 1;
    this.other = other === undefined ? 0 : entries;
    const bytes = memory.store(Buffer.concat([...keys.pieces()]));
    const places = memory.allocate((keyed + 2) * 4);
    memory.words(places + 4, keyed).set(keys.lengths);
    const cellPlaces = memory.allocate((entries + 1) * width * 8);
    this.texts = memory.allocate((entries + 2) * 4);
    this.directory = memory.store(
      words([...[keyed, width, places, cellPlaces, this.texts], ...Array<number>(9).fill(0)]),
    );
    this.addKeys(keyed, bytes);
    this.writeTexts(entries, cells, other === undefined ? Buffer.alloc(0) : Buffer.from(other));
    this.mostTextBytes = this.read(DIRECTORY.longestText);
  }

  /** Finds entries by the numbers that the keys have in common, or by their hashes. */
  private addKeys(keyed: number, bytes: number): void {
    const { memory, directory } = this;
    const { kernel } = memory;
    const range = kernel.placeLookupKeys(directory, bytes);
    if (range > 0) {
      this.set(DIRECTORY.numbers, memory.allocate(range * 4));
      if (kernel.addLookupNumbers(directory) !== 0) {
        this.set(DIRECTORY.range, range);
        return;
      }
    }
    const slots = 2 ** Math.ceil(Math.log2(keyed * 2 + 2));
    this.set(DIRECTORY.slots, memory.allocate(slots * 8));
    this.set(DIRECTORY.mask, slots - 1);
    // As that of KeyTable, the seed need only be unknown beforehand.
    this.set(DIRECTORY.seed, Math.random() * 0x100000000);
    kernel.addLookupHashes(directory);
  }

  private writeTexts(entries: number, { written, cellEnds }: LookupTable['cells'], other: Buffer): void {
    const { memory, width } = this;
    const cells = cellEnds.length + (this.other > 0 ? width : 0);
    const bytes = written.length + (this.other > 0 ? width * other.length : 0);
    const output = memory.allocate(bytes * TEXT_TIMES + cells * TEXT_BESIDE);
    const lengths = memory.allocate(cells * 4);
    const values = memory.allocate(bytes);
    const lengthWords = memory.words(lengths, cells).fill(other.length);
    let from = 0;
    cellEnds.forEach((end, index) => {
      lengthWords[index] = end - from;
      from = end;
    });
    memory.bytes.set(written, values);
    memory.bytes.fill(other, values + written.length, values + bytes);
    const end = memory.kernel.writeLookupTexts(this.directory, entries, values, lengths, output);
    memory.release(end, lengths, values + bytes);
  }

  private read(place: number): number {
    return this.memory.bytes.readUInt32LE(this.directory + 4 * place);
  }

  private set(place: number, value: number): void {
    this.memory.bytes.writeUInt32LE(value >>> 0, this.directory + 4 * place);
  }
}

/** Places in Directory of the assembly, in words. */
const DIRECTORY = { longestText: 5, slots: 6, mask: 7, seed: 8, numbers: 9, range: 10 };
