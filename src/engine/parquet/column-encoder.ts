import type { Column } from '../batch';
import { isMissing } from '../cell-bytes';
import { BoundsOf } from './bounds';
import type { Codec } from './codec';
import type { ColumnChunk } from './column-chunk';
import type { ColumnType } from './column-type';
import { Dictionary, TRIAL_VALUES } from './dictionary';
import { GrowingBytes } from './growing-bytes';
import { bitWidthOf, GROUP, writeHybridRuns, writePacked } from './hybrid-runs';
import type { PageChunks } from './page-chunks';
import type { PageLimits } from './page-limits';
import { dataPage, dictionaryPage, type Page, PLAIN, RLE_DICTIONARY } from './pages';
import { BOOLEAN, LENGTH_BYTES } from './physical-type';

/**
 * Encodes a column. Its values go to a page as numbers in a dictionary of the row group, as long as there are few distinct
 * ones, and afterwards by themselves; a page that is full is compressed at once.
 */
export class ColumnEncoder {
  /** Of the page: its values as PLAIN has them, their numbers in the dictionary, and 1 for each row that has one. */
  private readonly plain = new GrowingBytes();
  private readonly numbers: Uint16Array;
  private readonly levels: Uint16Array;
  private rows = 0;
  private values = 0;

  private readonly dictionary: Dictionary;
  private byDictionary = true;
  private readonly bounds: BoundsOf;
  /** Of the row group, without the page at hand. */
  private pages: Page[] = [];
  private group = { rows: 0, values: 0, bytes: 0 };

  constructor(
    private readonly type: ColumnType,
    private readonly codec: Codec,
    private readonly limits: PageLimits,
    private readonly chunks: PageChunks,
  ) {
    const { pageRows } = limits;
    this.numbers = new Uint16Array(pageRows + GROUP);
    this.levels = new Uint16Array(pageRows + GROUP);
    this.dictionary = new Dictionary(limits);
    this.bounds = new BoundsOf(type.physical);
    this.byDictionary = type.physical !== BOOLEAN;
  }

  /** Bytes of the row group's values, as PLAIN has them. */
  get bytes(): number {
    return this.group.bytes + this.plain.length;
  }

  /** Takes the cell of a row. Gives what is wrong with one that the column's type cannot hold. */
  add(cells: Column, row: number): string | undefined {
    const { plain, type } = this;
    const { pageBytes, pageRows } = this.limits;
    if (!type.write && cells.end[row] - cells.start[row] > pageBytes) {
      this.addLongText(cells, row);
      return undefined;
    }
    this.endTrial();
    if (isMissing(cells, row)) {
      this.levels[this.rows++] = 0;
    } else {
      const start = plain.length;
      const problem = this.append(cells, row);
      if (problem !== undefined) return problem;
      this.addNumber(start);
      this.levels[this.rows++] = 1;
      this.values++;
    }
    if (this.rows >= pageRows || plain.length >= pageBytes) this.endPage();
    return undefined;
  }

  endGroup(): ColumnChunk {
    if (this.rows > 0) this.endPage();
    const { pages, group, dictionary, codec } = this;
    const { plain, size } = dictionary;
    const isUsed = pages.some(({ encoding }) => encoding === RLE_DICTIONARY);
    const body = isUsed && { length: plain.length, compressed: codec.compress(plain.bytes) };
    const chunk: ColumnChunk = {
      ...(body && { dictionary: dictionaryPage(size, body, this.chunks) }),
      pages,
      rows: group.rows,
      values: group.values,
      bounds: this.bounds.bounds,
    };
    this.pages = [];
    this.group = { rows: 0, values: 0, bytes: 0 };
    dictionary.reset();
    this.bounds.reset();
    this.byDictionary = this.type.physical !== BOOLEAN;
    return chunk;
  }

  /** Appends a value to the page as PLAIN has it. */
  private append({ data, start, end }: Column, row: number): string | undefined {
    const { plain, type } = this;
    if (type.write) {
      plain.reserve(type.physical.width);
      const problem = type.write(data, start[row], end[row], plain.data, plain.length);
      if (problem === undefined) plain.length += type.physical.width;
      return problem;
    }
    plain.appendUint32(end[row] - start[row]);
    plain.append(data.subarray(start[row], end[row]));
    return undefined;
  }

  /** Takes the last value into dictionary and bounds. One that came before changes neither. */
  private addNumber(start: number): void {
    const { dictionary, plain, values } = this;
    if (this.byDictionary) {
      const number = dictionary.find(plain.data, start, plain.length);
      if (number !== undefined) {
        this.numbers[values] = number;
        return;
      }
      this.numbers[values] = dictionary.size;
      this.byDictionary = dictionary.add(plain.data, start, plain.length);
    }
    this.bounds.add(plain.data, start + (this.type.write ? 0 : LENGTH_BYTES), plain.length);
  }

  private endTrial(): void {
    const isOver = this.group.values + this.values === TRIAL_VALUES;
    if (isOver && this.dictionary.isTooLargeAfterTrial) this.byDictionary = false;
  }

  /** A text that is longer than a page has one of its own. */
  private addLongText(cells: Column, row: number): void {
    if (this.rows > 0) this.endPage();
    this.append(cells, row);
    this.bounds.add(this.plain.data, LENGTH_BYTES, this.plain.length);
    const { byDictionary } = this;
    this.byDictionary = false;
    this.levels[this.rows++] = 1;
    this.values++;
    this.endPage();
    this.byDictionary = byDictionary;
  }

  private endPage(): void {
    const { plain, numbers, rows, values, group, codec } = this;
    const isUsed = this.pages.some(({ encoding }) => encoding === RLE_DICTIONARY);
    if (this.byDictionary && !isUsed && values > 0 && !this.isDictionaryShorter) this.byDictionary = false;
    const encoding = this.byDictionary && values > 0 ? RLE_DICTIONARY : PLAIN;
    const body = new GrowingBytes();
    body.appendUint32(0);
    writeHybridRuns(body, this.levels, rows, 1);
    body.data.writeUInt32LE(body.length - LENGTH_BYTES, 0);
    if (encoding === RLE_DICTIONARY) {
      body.appendByte(this.numberWidth);
      writeHybridRuns(body, numbers, values, this.numberWidth);
    } else if (this.type.physical === BOOLEAN) {
      numbers.set(plain.bytes);
      writePacked(body, numbers, values, 1);
    } else {
      body.append(plain.bytes);
    }
    const { length } = body;
    const compressed = codec.compress(body.bytes);
    this.pages.push(dataPage(rows, encoding, { length, compressed }, this.chunks));
    group.rows += rows;
    group.values += values;
    group.bytes += plain.length;
    this.rows = this.values = 0;
    plain.reset();
  }

  private get isDictionaryShorter(): boolean {
    const numbers = Math.ceil(this.values / GROUP) * this.numberWidth + 1;
    return this.dictionary.plain.length + numbers < this.plain.length;
  }

  /** Bits of a number in the dictionary. Some readers take no numbers of zero bits. */
  private get numberWidth(): number {
    return Math.max(1, bitWidthOf(this.dictionary.size - 1));
  }
}
