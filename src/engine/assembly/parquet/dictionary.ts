import { areSame, CANDIDATES, cellOf, lengthAt, NUMBERS, valueAt } from './cells';
import { ParquetColumn } from './column';
import { findByEntries, forgetEntries, haveEntries } from './entries';
import { findTexts, forgetTexts, rememberText, textBytes } from './few-texts';

/*
 * The distinct values of a column in its row group, in the order in which they came, while they are few. A slot has, from
 * its lowest bit on, the number of a value and one more (16 bits), its place among the bytes of the values (20 bits), and
 * what is left of its hash.
 */

const HASH: u64 = 0xfffffff000000000;
const PLACE_BITS: u64 = 0xfffff;
/** Slots at first. */
const FIRST_SLOTS: u32 = 512;

/** Forgets all values. */
export function clearDictionary(column: ParquetColumn): void {
  if (column.distinct != 0) memory.fill(column.slots, 0, <usize>(column.mask + 1) << 3);
  column.mask = min(FIRST_SLOTS, column.dictionaryValues << 1) - 1;
  column.distinct = column.length = column.isFull = 0;
  forgetEntries(column);
  forgetTexts(column);
}

/** No number: the value has to be looked for, and is mostly a new one. */
export const UNKNOWN: u32 = 0xffff;

/** Bytes, as PLAIN has them, of the values whose numbers were looked for last. */
export let foundBytes: u32 = 0;

/** Dictionaries of so many slots and bytes at most fit the processor's nearest cache, beside the cells. */
const NEAR_SLOTS: u32 = 1024;
const NEAR_BYTES: u32 = 8192;

/**
 * Puts into NUMBERS, from its beginning on, the numbers of the cells from one place of the batch up to another; UNKNOWN for
 * those whose value is new, or is not remembered. Gives whether all are found that have a value.
 */
export function findNumbers<V extends ParquetColumn>(column: V, from: u32, to: u32): bool {
  if (haveEntries()) {
    foundBytes = bytesOf<V>(column, from, to);
    return findByEntries(column, from, to);
  }
  const length = lengthAt(cellOf(from));
  if (areSame && length != 0 && !column.isLong(length, column.pageBytes)) {
    foundBytes = column.size(length) * (to - from);
    return findSame<V>(column, valueAt(cellOf(from)), length, to - from);
  }
  if (column.factor != 0) {
    const areFound = findTexts(column, from, to);
    foundBytes = textBytes;
    return areFound;
  }
  if (column.mask < NEAR_SLOTS && column.length <= NEAR_BYTES) return findNear<V>(column, from, to);
  findCandidates<V>(column, from, to);
  return findAmongCandidates<V>(column, from, to);
}

/** Bytes of a value as PLAIN has it; none of a missing one. */
// @ts-ignore: decorator
@inline
function sizeOf<V extends ParquetColumn>(column: V, length: u32): u32 {
  return select<u32>(column.size(length), 0, length != 0);
}

function bytesOf<V extends ParquetColumn>(column: V, from: u32, to: u32): u32 {
  let bytes: u32 = 0;
  for (let index = from; index < to; index++) bytes += sizeOf<V>(column, lengthAt(cellOf(index)));
  return bytes;
}

/** All cells are one and the same: a constant. */
function findSame<V extends ParquetColumn>(column: V, at: usize, length: u32, count: u32): bool {
  const number = findOrAdd<V>(column, at, length);
  const numbers = i16x8.splat(<i16>number);
  for (let done: u32 = 0; done < count; done += 8) v128.store(NUMBERS + (<usize>done << 1), numbers);
  return number >= 0;
}

/** The slot at which a value is expected: the first or second with its hash, 0 where it is in neither. */
// @ts-ignore: decorator
@inline
function expectedSlot(slots: usize, mask: u32, hash: u64): u64 {
  const position = <u32>hash & mask;
  const first = load<u64>(slots + (<usize>position << 3));
  const second = load<u64>(slots + (<usize>((position + 1) & mask) << 3));
  const isFirst = ((first ^ hash) & HASH) == 0;
  const isSecond = ((second ^ hash) & HASH) == 0;
  return select<u64>(first, select<u64>(second, 0, isSecond), isFirst);
}

/** The number in a slot, if its value is that of the cell; else UNKNOWN, also where the slot is free. */
// @ts-ignore: decorator
@inline
function numberIn<V extends ParquetColumn>(column: V, slot: u64, dictionary: usize, cell: usize): u32 {
  const entry = dictionary + <usize>((slot >> 16) & PLACE_BITS);
  const isFound = column.surelyEquals(entry, valueAt(cell), lengthAt(cell));
  return select<u32>(<u32>slot - 1, UNKNOWN, isFound) & UNKNOWN;
}

/** The number of a value that is not where it is expected; UNKNOWN where it is new. */
function findElsewhere<V extends ParquetColumn>(column: V, cell: usize): u32 {
  return <u32>findNumber<V>(column, valueAt(cell), lengthAt(cell)) & UNKNOWN;
}

/** All in one loop, for dictionaries for which nobody waits. */
function findNear<V extends ParquetColumn>(column: V, from: u32, to: u32): bool {
  const slots = <usize>column.slots;
  const mask = column.mask;
  const dictionary = <usize>column.dictionary;
  const last = cellOf(to);
  let put = NUMBERS;
  let bytes: u32 = 0;
  let areFound: u32 = 1;
  for (let cell = cellOf(from); cell < last; cell += 8) {
    const length = lengthAt(cell);
    const slot = expectedSlot(slots, mask, column.hash(valueAt(cell), length));
    let number = numberIn<V>(column, slot, dictionary, cell);
    if (number == UNKNOWN && length != 0) number = findElsewhere<V>(column, cell);
    store<u16>(put, <u16>number);
    areFound &= <u32>(number != UNKNOWN) | <u32>(length == 0);
    bytes += sizeOf<V>(column, length);
    put += 2;
  }
  foundBytes = bytes;
  return areFound != 0;
}

/**
 * Puts the expected slot of each cell into CANDIDATES. Large dictionaries do not fit the processor's nearest caches: in
 * short loops that do nothing but fetch it waits for many of their places at a time.
 */
function findCandidates<V extends ParquetColumn>(column: V, from: u32, to: u32): void {
  const slots = <usize>column.slots;
  const dictionary = <usize>column.dictionary;
  const mask = column.mask;
  const lastCell = cellOf(to);
  let last = CANDIDATES;
  for (let cell = cellOf(from); cell < lastCell; cell += 8) {
    store<u64>(last, column.hash(valueAt(cell), lengthAt(cell)));
    last += 8;
  }
  let fetched: u64 = 0;
  for (let candidate = CANDIDATES; candidate < last; candidate += 8) {
    fetched += load<u64>(slots + (<usize>(load<u32>(candidate) & mask) << 3));
  }
  for (let candidate = CANDIDATES; candidate < last; candidate += 8) {
    const slot = expectedSlot(slots, mask, load<u64>(candidate));
    store<u64>(candidate, slot);
    fetched += load<u8>(dictionary + <usize>((slot >> 16) & PLACE_BITS));
  }
  // Otherwise the compiler would leave out what only fetches.
  store<u64>(last, fetched);
}

function findAmongCandidates<V extends ParquetColumn>(column: V, from: u32, to: u32): bool {
  const dictionary = <usize>column.dictionary;
  const last = cellOf(to);
  let candidate = CANDIDATES;
  let put = NUMBERS;
  let bytes: u32 = 0;
  let areFound: u32 = 1;
  for (let cell = cellOf(from); cell < last; cell += 8) {
    const length = lengthAt(cell);
    let number = numberIn<V>(column, load<u64>(candidate), dictionary, cell);
    if (number == UNKNOWN && length != 0) number = findElsewhere<V>(column, cell);
    store<u16>(put, <u16>number);
    areFound &= <u32>(number != UNKNOWN) | <u32>(length == 0);
    bytes += sizeOf<V>(column, length);
    candidate += 8;
    put += 2;
  }
  foundBytes = bytes;
  return areFound != 0;
}

/** The number of a value; -1 where it is new. */
// @ts-ignore: decorator
@inline
function findNumber<V extends ParquetColumn>(column: V, at: usize, length: u32): i32 {
  const hash = column.hash(at, length);
  const slots = <usize>column.slots;
  const mask = column.mask;
  let position = <u32>hash & mask;
  let slot = load<u64>(slots + (<usize>position << 3));
  while (slot != 0) {
    const entry = <usize>column.dictionary + <usize>((slot >> 16) & PLACE_BITS);
    if (((slot ^ hash) & HASH) == 0 && column.equals(entry, at, length)) return <i32>(slot & 0xffff) - 1;
    position = (position + 1) & mask;
    slot = load<u64>(slots + (<usize>position << 3));
  }
  return -1;
}

/** The number of a value, which may be a new one; -1, and `isFull`, where there is no room for it. */
export function findOrAdd<V extends ParquetColumn>(column: V, at: usize, length: u32): i32 {
  const number = findNumber<V>(column, at, length);
  return number < 0 ? addValue<V>(column, at, length) : number;
}

/** Takes a new value and gives its number; -1, and `isFull`, where there is no room for it. */
function addValue<V extends ParquetColumn>(column: V, at: usize, length: u32): i32 {
  const number = column.distinct;
  const size = column.size(length);
  if (number == column.dictionaryValues || column.length + size > column.dictionaryBytes) {
    column.isFull = 1;
    return -1;
  }
  column.put(<usize>column.dictionary + column.length, at, length);
  column.bound(at, length);
  putSlot(column, column.hash(at, length), column.length, number);
  column.length += size;
  column.distinct = number + 1;
  rememberText(column, at, length);
  if ((number + 1) * 2 > column.mask && number + 1 < column.dictionaryValues) grow<V>(column);
  return number;
}

/** Puts a value that is not there yet. */
function putSlot(column: ParquetColumn, hash: u64, place: u32, number: u32): void {
  const slots = <usize>column.slots;
  const mask = column.mask;
  let position = <u32>hash & mask;
  while (load<u64>(slots + (<usize>position << 3)) != 0) position = (position + 1) & mask;
  store<u64>(slots + (<usize>position << 3), (hash & HASH) | (<u64>place << 16) | (number + 1));
}

/** Has twice as many slots. */
function grow<V extends ParquetColumn>(column: V): void {
  column.mask = column.mask * 2 + 1;
  memory.fill(column.slots, 0, <usize>(column.mask + 1) << 3);
  const isText = column.width == 0;
  let place: u32 = 0;
  for (let number: u32 = 0; number < column.distinct; number++) {
    const entry = <usize>column.dictionary + place;
    const length = isText ? load<u32>(entry) : 1;
    putSlot(column, column.hash(isText ? entry + 4 : entry, length), place, number);
    place += column.size(length);
  }
}
