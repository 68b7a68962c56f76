import type { Bounds } from './bounds';
import type { Codec } from './codec';
import type { ColumnChunk } from './column-chunk';
import type { ParquetColumn } from './column-type';
import { kernelValues } from './kernel-values';
import type { PageChunks } from './page-chunks';
import type { PageLimits } from './page-limits';
import { dataPage, dictionaryPage, type Page, PLAIN, RLE_DICTIONARY } from './pages';
import { BYTE_ARRAY, FIXED_DECIMAL, LENGTH_BYTES } from './physical-type';
import type { KernelMemory } from '../kernel/kernel-memory';
import { words } from '../kernel/words';

/** Places of a column's 32-bit words, see column.ts of the assembly. */
const ROWS = 14;
const BYTES = 16;
const GROUP_VALUES = 17;
const GROUP_BYTES = 18;
const DICTIONARY_PAGES = 20;
const DISTINCT = 21;
const DICTIONARY_LENGTH = 22;
const BOUNDED = 24;
const LEAST_LENGTH = 25;
const GREATEST_LENGTH = 26;
const LEAST = 28;
const GREATEST = 30;
const LEAST_HIGH = 32;
const GREATEST_HIGH = 34;
const FEW_TEXTS = 38;
const WORDS = 42;

const WORD_BYTES = 4;
const LEVEL_BYTES = 2;
const SLOT_BYTES = 8;
/** Table of few short texts, see few-texts.ts of the assembly. */
const FEW_TEXTS_BYTES = 8192;
/** From the least text to the greatest, and room for both. */
const GREATEST_TEXT = 80;
const BOUND_BYTES = 160;
/** Numbers are filled up to a group, and written 16 bytes at a time. */
const GROUP_PADDING = 32;

/** Room that columns share: pages are put together at `scratch`, and compressed to `compressed`. */
export interface PageRoom {
  readonly scratch: number;
  readonly compressed: number;
}

/** Allocates it for the largest page. */
export function pageRoom(memory: KernelMemory, { pageBytes, dictionaryBytes }: PageLimits): PageRoom {
  // A page has less than twice its bytes and its levels; where its texts lie is put behind three times its bytes.
  const page = pageBytes * 4 + LENGTH_BYTES * 1024;
  const longest = Math.max(page, dictionaryBytes);
  return { scratch: memory.allocate(page), compressed: memory.allocate(longest + longest / 4 + 128) };
}

/** A column whose values the kernel encodes. */
export class KernelColumn {
  readonly address: number;
  /** Bytes of the row group's values, as PLAIN has them. */
  bytes = 0;
  private readonly dictionary: number;
  private readonly bounds: number;
  private pages: Page[] = [];
  private rows = 0;
  private words: Int32Array = new Int32Array(0);

  constructor(
    readonly column: ParquetColumn,
    private readonly codec: Codec,
    private readonly memory: KernelMemory,
    { pageBytes, pageRows, dictionaryValues, dictionaryBytes }: PageLimits,
    private readonly room: PageRoom,
    private readonly chunks: PageChunks,
  ) {
    const { kind, a, table } = kernelValues(column, memory);
    const numbers = pageRows * LEVEL_BYTES + GROUP_PADDING;
    const page = memory.allocate(2 * pageBytes + numbers);
    const levels = memory.allocate(numbers);
    this.dictionary = memory.allocate(dictionaryBytes);
    const slots = memory.allocate(2 * dictionaryValues * SLOT_BYTES);
    this.bounds = memory.allocate(BOUND_BYTES);
    this.address = memory.allocate(WORDS * WORD_BYTES);
    const state = [kind, a, table, column.type.physical.width];
    state.push(page, levels, this.dictionary, slots, room.scratch, this.bounds);
    state.push(pageBytes, pageRows, dictionaryValues, dictionaryBytes);
    memory.bytes.set(words(state), this.address);
    // One for each of many columns would take more than their pages.
    if (!column.type.write && pageBytes >= FEW_TEXTS_BYTES) {
      const fewTexts = memory.allocate(FEW_TEXTS_BYTES);
      this.state()[FEW_TEXTS] = fewTexts;
    }
    memory.kernel.parquetBeginGroup(this.address);
  }

  /** Takes the values of so many cells, which were read before. `cellOf` gives the bytes of one. */
  append(count: number, cellOf: (index: number) => Buffer): void {
    const { kernel } = this.memory;
    for (let at = 0; at < count;) {
      at = kernel.parquetAppend(this.address, at, count);
      if (kernel.parquetPageIsFull(this.address)) this.endPage();
      else if (at < count) this.appendLongText(cellOf(at++));
    }
    const state = this.state();
    this.bytes = state[BYTES] + state[GROUP_BYTES];
  }

  endGroup(): ColumnChunk {
    const { kernel, bytes } = this.memory;
    if (this.state()[ROWS] > 0) this.endPage();
    const state = this.state();
    const length = state[DICTIONARY_LENGTH];
    const chunk: ColumnChunk = {
      ...(state[DICTIONARY_PAGES] > 0 && {
        dictionary: dictionaryPage(state[DISTINCT], this.compressed(this.dictionary, length), this.chunks),
      }),
      pages: this.pages,
      rows: this.rows,
      values: state[GROUP_VALUES],
      ...(state[BOUNDED] && { bounds: this.boundsIn(state, bytes) }),
    };
    kernel.parquetBeginGroup(this.address);
    this.pages = [];
    this.rows = this.bytes = 0;
    return chunk;
  }

  private endPage(): void {
    const { kernel } = this.memory;
    const rows = this.state()[ROWS];
    const byDictionary = kernel.parquetEndPage(this.address);
    const body = this.compressed(this.room.scratch, kernel.pageLength.value);
    this.pages.push(dataPage(rows, byDictionary ? RLE_DICTIONARY : PLAIN, body, this.chunks));
    this.rows += rows;
  }

  /** A text that is longer than a page has one of its own: one row that has a value, and the value. */
  private appendLongText(cell: Buffer): void {
    if (this.state()[ROWS] > 0) this.endPage();
    // One packed group of levels, filled up with the only one.
    const body = Buffer.allocUnsafe(LENGTH_BYTES + 2 + LENGTH_BYTES + cell.length);
    body.writeUInt32LE(2, 0);
    body[LENGTH_BYTES] = 3;
    body[LENGTH_BYTES + 1] = 0xff;
    body.writeUInt32LE(cell.length, LENGTH_BYTES + 2);
    cell.copy(body, 2 * LENGTH_BYTES + 2);
    const compressed = this.codec.compress(body);
    this.pages.push(dataPage(1, PLAIN, { length: body.length, compressed }, this.chunks));
    this.rows++;
    this.memory.kernel.parquetLongText(this.address, cell.byteOffset, cell.length);
  }

  /** Compresses bytes of the memory; the result is valid until the next call. */
  private compressed(from: number, length: number): { length: number; compressed: Uint8Array } {
    const { kernel, bytes } = this.memory;
    const { codec, room } = this;
    if (codec.name !== 'snappy') {
      return { length, compressed: codec.compress(bytes.subarray(from, from + length)) };
    }
    const end = room.compressed + kernel.snappy(from, length, room.compressed);
    return { length, compressed: bytes.subarray(room.compressed, end) };
  }

  private boundsIn(state: Int32Array, bytes: Buffer): Bounds {
    const { physical } = this.column.type;
    if (physical === BYTE_ARRAY) {
      const text = (at: number, length: number) => Buffer.from(bytes.subarray(at, at + length));
      return {
        least: text(this.bounds, state[LEAST_LENGTH]),
        greatest: text(this.bounds + GREATEST_TEXT, state[GREATEST_LENGTH]),
      };
    }
    const { address } = this;
    const number = (word: number) =>
      Buffer.from(bytes.subarray(address + word * WORD_BYTES, address + word * WORD_BYTES + 8));
    if (physical !== FIXED_DECIMAL) {
      return {
        least: number(LEAST).subarray(0, physical.width),
        greatest: number(GREATEST).subarray(0, physical.width),
      };
    }
    const decimal = (high: number, low: number) =>
      Buffer.concat([number(high).reverse(), number(low).reverse()]);
    return { least: decimal(LEAST_HIGH, LEAST), greatest: decimal(GREATEST_HIGH, GREATEST) };
  }

  /** The column's words, valid until the memory grows, which leaves a view without length. */
  private state(): Int32Array {
    if (this.words.length === 0) this.words = this.memory.words(this.address, WORDS);
    return this.words;
  }
}
