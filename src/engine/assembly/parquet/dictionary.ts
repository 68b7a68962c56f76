import { ParquetColumn } from './column';

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
  column.distinct = column.length = 0;
}

/** The number of a value, which is a new one where it was not there; -1 where there is no room for it. */
// @ts-ignore: decorator
@inline
export function numberOf<V extends ParquetColumn>(column: V, at: usize, length: u32): i32 {
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
  return add<V>(column, at, length, hash, position);
}

function add<V extends ParquetColumn>(column: V, at: usize, length: u32, hash: u64, position: u32): i32 {
  const number = column.distinct;
  const size = column.size(length);
  if (number == column.dictionaryValues || column.length + size > column.dictionaryBytes) return -1;
  column.put(<usize>column.dictionary + column.length, at, length);
  column.bound(at, length);
  fillSlot(column, position, hash, column.length, number);
  column.length += size;
  column.distinct = number + 1;
  if ((number + 1) * 2 > column.mask && number + 1 < column.dictionaryValues) grow<V>(column);
  return number;
}

function fillSlot(column: ParquetColumn, position: u32, hash: u64, place: u32, number: u32): void {
  const slot = (hash & HASH) | (<u64>place << 16) | (number + 1);
  store<u64>(<usize>column.slots + (<usize>position << 3), slot);
}

/** Has twice as many slots. */
function grow<V extends ParquetColumn>(column: V): void {
  const mask = column.mask * 2 + 1;
  column.mask = mask;
  memory.fill(column.slots, 0, <usize>(mask + 1) << 3);
  let place: u32 = 0;
  for (let number: u32 = 0; number < column.distinct; number++) {
    const entry = <usize>column.dictionary + place;
    const isText = column.width == 0;
    const length = isText ? load<u32>(entry) : 1;
    const hash = column.hash(isText ? entry + 4 : entry, length);
    let position = <u32>hash & mask;
    while (load<u64>(<usize>column.slots + (<usize>position << 3)) != 0) position = (position + 1) & mask;
    fillSlot(column, position, hash, place, number);
    place += column.size(length);
  }
}
