import type { OutputColumn } from '../../spec/output-columns';
import { type Column } from '../batch';
import { isMissing } from '../cell-bytes';
import { columnType, type ColumnType } from './column-type';
import { Dictionary } from './dictionary';
import { GrowingBytes } from './growing-bytes';
import { LENGTH_BYTES } from './physical-type';

/** From how many bytes or rows on a page is full. Pages are what readers decompress at a time. */
const PAGE_BYTES = 1024 * 1024;
const PAGE_ROWS = 20_000;

/** Rows of a page, and their values among those of the row group. */
export interface PageRange {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromValue: number;
  readonly toValue: number;
  readonly fromByte: number;
  readonly toByte: number;
}

/** The values of a column in the row group that is being collected, as PLAIN has them. */
export class ColumnBuffer {
  readonly name: string;
  readonly type: ColumnType;
  readonly values = new GrowingBytes();
  readonly dictionary = new Dictionary();
  /** 1 for each row that has a value. */
  readonly levels = new GrowingBytes();
  /** Values so far. */
  count = 0;
  /** Where the least and the greatest value lie; -1 while there is none. */
  least = -1;
  greatest = -1;
  private readonly full: PageRange[] = [];
  private page = { row: 0, value: 0, byte: 0 };

  constructor(column: OutputColumn, decimalScale: number) {
    this.name = column.field.name;
    this.type = columnType(column, decimalScale);
  }

  /** Memory of the values. */
  get bytes(): number {
    return this.values.length + this.levels.length + this.count * LENGTH_BYTES;
  }

  /** Takes the cell of a row. Gives what is wrong with one that the column's type cannot hold. */
  add(cells: Column, row: number): string | undefined {
    if (isMissing(cells, row)) {
      this.levels.appendByte(0);
    } else {
      const start = this.values.length;
      const problem = this.append(cells, row);
      if (problem !== undefined) return problem;
      this.levels.appendByte(1);
      this.count++;
      this.describe(start);
    }
    if (
      this.values.length - this.page.byte >= PAGE_BYTES ||
      this.levels.length - this.page.row >= PAGE_ROWS
    ) {
      this.endPage();
    }
    return undefined;
  }

  /** The pages of the row group. */
  pages(): readonly PageRange[] {
    if (this.levels.length > this.page.row) this.endPage();
    return this.full;
  }

  /** Makes ready for the next row group. */
  reset(): void {
    this.values.reset();
    this.levels.reset();
    this.dictionary.reset();
    this.full.length = 0;
    this.page = { row: 0, value: 0, byte: 0 };
    this.count = 0;
    this.least = this.greatest = -1;
  }

  private append({ data, start, end }: Column, row: number): string | undefined {
    const { values, type } = this;
    if (type.write) {
      values.reserve(type.physical.width);
      const problem = type.write(data, start[row], end[row], values.data, values.length);
      if (problem === undefined) values.length += type.physical.width;
      return problem;
    }
    values.appendUint32(end[row] - start[row]);
    values.append(data.subarray(start[row], end[row]));
    return undefined;
  }

  /** Takes the last value into dictionary and bounds. A value that came before changes neither. */
  private describe(start: number): void {
    const { values, dictionary, type } = this;
    if (dictionary.alive && !dictionary.add(values.data, start, values.length)) return;
    const { compare } = type.physical;
    if (this.least < 0 || compare(values.data, start, this.least) < 0) this.least = start;
    if (this.greatest < 0 || compare(values.data, start, this.greatest) > 0) this.greatest = start;
  }

  private endPage(): void {
    const { page } = this;
    const next = { row: this.levels.length, value: this.count, byte: this.values.length };
    this.full.push({
      fromRow: page.row,
      toRow: next.row,
      fromValue: page.value,
      toValue: next.value,
      fromByte: page.byte,
      toByte: next.byte,
    });
    this.page = next;
  }
}
