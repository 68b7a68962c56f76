import { BOUND_BYTES, ParquetColumn } from './column';

/** Keep the least and the greatest value of a column in its row group. */

/** From the least text to the greatest. */
const GREATEST_TEXT: usize = 80;

// @ts-ignore: decorator
@inline
export function boundNumber(column: ParquetColumn, number: i64): void {
  if (!column.bounded) {
    column.bounded = 1;
    column.least = column.greatest = <u64>number;
    return;
  }
  if (number < <i64>column.least) column.least = <u64>number;
  if (number > <i64>column.greatest) column.greatest = <u64>number;
}

/** Takes a decimal of 16 bytes, the highest first. */
// @ts-ignore: decorator
@inline
export function boundDecimal(column: ParquetColumn, at: usize): void {
  const high = <i64>bswap<u64>(load<u64>(at));
  const low = bswap<u64>(load<u64>(at, 8));
  const first = !column.bounded;
  column.bounded = 1;
  if (first || high < column.leastHigh || (high == column.leastHigh && low < column.least)) {
    column.leastHigh = high;
    column.least = low;
  }
  if (first || high > column.greatestHigh || (high == column.greatestHigh && low > column.greatest)) {
    column.greatestHigh = high;
    column.greatest = low;
  }
}

/** Takes a text, by its bytes; the first eight of them decide about most. */
// @ts-ignore: decorator
@inline
export function boundText(column: ParquetColumn, at: usize, length: u32): void {
  const first = eightBytes(at, length);
  if (!column.bounded || first <= column.least || first >= column.greatest) {
    compareBounds(column, at, min(length, BOUND_BYTES), first);
  }
}

function compareBounds(column: ParquetColumn, at: usize, length: u32, first: u64): void {
  const least = <usize>column.bounds;
  const greatest = least + GREATEST_TEXT;
  if (!column.bounded || isBefore(at, length, least, column.leastLength)) {
    column.least = first;
    column.leastLength = length;
    memory.copy(least, at, length);
  }
  if (!column.bounded || isBefore(greatest, column.greatestLength, at, length)) {
    column.greatest = first;
    column.greatestLength = length;
    memory.copy(greatest, at, length);
  }
  column.bounded = 1;
}

function isBefore(a: usize, aLength: u32, b: usize, bLength: u32): bool {
  const common = min(aLength, bLength);
  for (let done: u32 = 0; done < common; done += 8) {
    const left = eightBytes(a + done, common - done);
    const right = eightBytes(b + done, common - done);
    if (left != right) return left < right;
  }
  return aLength < bLength;
}

/** The first bytes of a text as a number that orders like them; zeros where there are fewer than eight. */
// @ts-ignore: decorator
@inline
function eightBytes(at: usize, length: u32): u64 {
  const bytes = bswap<u64>(load<u64>(at));
  return length >= 8 ? bytes : bytes & ~(<u64>-1 >> <u64>(length * 8));
}
