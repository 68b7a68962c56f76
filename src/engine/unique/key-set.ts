import { type IntegerSet, IntegerPages } from './integer-pages';
import { KeyTable } from './key-table';

const ZERO = 0x30;
/** Digits that always fit a safe integer. */
const MOST_DIGITS = 15;

/** Pages that integers get in any case: 16 MB, over 130 million integers that lie close together, in any order. */
const FREE_PAGE_BYTES = 16 * 1024 * 1024;
/** What an integer costs in the table: pages beyond the free ones are worth it while they take less. */
const TABLE_BYTES = 32;

/**
 * An exact set of keys: integers in pages of bits while they lie close together, everything else in a table. A key that
 * is an integer has one text here (no sign but minus, no leading zeros), so it always ends in the same place.
 */
export class KeySet {
  private readonly table = new KeyTable();
  /** Integers proved to lie far apart: no page is made any more, so that none of them could be in two places. */
  private sparse = false;

  constructor(readonly pages: IntegerSet = new IntegerPages()) {}

  get bytes(): number {
    return this.pages.bytes + this.table.bytes;
  }

  /** Adds a key; false where it was there already. */
  add(data: Buffer, start: number, end: number): boolean {
    const integer = integerOf(data, start, end);
    if (integer < 0 || !this.goesToPage(integer)) return this.table.add(data, start, end);
    return this.pages.add(integer);
  }

  /** True where the key is there. */
  has(data: Buffer, start: number, end: number): boolean {
    const integer = integerOf(data, start, end);
    return (integer >= 0 && this.pages.has(integer)) || this.table.has(data, start, end);
  }

  private goesToPage(integer: number): boolean {
    if (this.sparse) return this.pages.hasPage(integer);
    if (this.pages.bytes > FREE_PAGE_BYTES && this.pages.bytes > this.pages.size * TABLE_BYTES) {
      this.sparse = !this.pages.hasPage(integer);
    }
    return !this.sparse;
  }
}

/** The natural number that a text is written as without leading zeros; -1 where it is none. */
function integerOf(data: Buffer, start: number, end: number): number {
  const digits = end - start;
  if (digits === 0 || digits > MOST_DIGITS || (data[start] === ZERO && digits > 1)) return -1;
  let integer = 0;
  for (let at = start; at < end; at++) {
    const digit = data[at] - ZERO;
    if (digit < 0 || digit > 9) return -1;
    integer = integer * 10 + digit;
  }
  return integer;
}
