import { areDigits, digitText, firstBytes, numberOf } from './bits';
import { Operation } from './schema';
import { cellEnd, cellStart, giveUp, setCell } from './slots';

/*
 * Tables of keys, made by lookup-table. Entries are numbers, from 1 on; entry 0 is none, and its cells are empty. Where all
 * keys are a prefix and up to 8 digits, the number leads to the entry; else an open hash table does, whose keys are
 * compared byte by byte.
 */

/** A table; the host gives it its places. */
@unmanaged
export class Directory {
  /** Entries with keys; one more has the cells of keys that the table does not have. */
  keyed: u32;
  /** Cells of an entry. */
  width: u32;
  /** Where the key of each entry begins; it ends where the next one begins. */
  keys: u32;
  /** Where each cell of each entry begins, and where it ends. */
  cells: u32;
  /** Where all cells of each entry begin as CSV, with commas between them; they end where the next ones begin. */
  texts: u32;
  longestText: u32;
  /** Hash table: slots of 8 bytes, a hash and an entry; `mask` is their number less one. */
  slots: u32;
  mask: u32;
  seed: u32;
  /** Common form of the keys: the entry of each number from `least` on, with its count of digits in the highest bits. */
  numbers: u32;
  /** How many numbers, 0 where the keys have no common form. */
  range: u32;
  least: u32;
  prefixLength: u32;
  /** Where a key with the prefix stands. */
  prefix: u32;
}

/** From the lowest bit of an entry of `numbers` to its count of digits. */
export const DIGITS_SHIFT: u32 = 28;
export const MOST_DIGITS: u32 = 8;

const FIRST_FACTOR: u64 = 0x9e3779b97f4a7c15;
const SECOND_FACTOR: u64 = 0xbf58476d1ce4e5b9;

// @ts-ignore: decorator
@inline
function mixed(hash: u64, bytes: v128): u64 {
  hash = (hash ^ i64x2.extract_lane(bytes, 0)) * FIRST_FACTOR;
  hash = (hash ^ (hash >> 32) ^ i64x2.extract_lane(bytes, 1)) * SECOND_FACTOR;
  return hash ^ (hash >> 32);
}

/** The hash of a key. The seed is the host's, so that no file can be made whose keys all collide. */
// @ts-ignore: decorator
@inline
export function hashOf(at: usize, length: u32, seed: u32): u32 {
  let hash = mixed(<u64>seed | (<u64>length << 32), firstBytes(at, length));
  for (let done: u32 = 16; done < length; done += 16) {
    hash = mixed(hash, firstBytes(at + done, length - done));
  }
  return <u32>hash;
}

/** Whether an entry has the key. */
// @ts-ignore: decorator
@inline
function isKey(keys: u32, entry: u32, at: usize, length: u32): bool {
  const place = <usize>keys + (<usize>entry << 2);
  const key = <usize>load<u32>(place);
  if (load<u32>(place, 4) - <u32>key != length) return false;
  if (v128.any_true(v128.xor(firstBytes(at, length), firstBytes(key, length)))) return false;
  for (let done: u32 = 16; done < length; done += 16) {
    if (v128.any_true(v128.xor(firstBytes(at + done, length - done), firstBytes(key + done, length - done)))) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
export function hashAt(slots: u32, slot: u32): u32 {
  return load<u32>(<usize>slots + (<usize>slot << 3));
}

/** The entry of a slot; 0 where it is free. */
// @ts-ignore: decorator
@inline
export function entryAt(slots: u32, slot: u32): u32 {
  return load<u32>(<usize>slots + (<usize>slot << 3), 4);
}

/** The entry of a key that is not empty; 0 where it has none. */
function findEntry(directory: Directory, at: usize, length: u32): u32 {
  if (directory.range != 0) return numberedEntry(directory, at, length, firstBytes(directory.prefix, directory.prefixLength));
  const mask = directory.mask;
  const slots = directory.slots;
  const hash = hashOf(at, length, directory.seed);
  let slot = hash & mask;
  let entry = entryAt(slots, slot);
  while (entry != 0 && !(hashAt(slots, slot) == hash && isKey(directory.keys, entry, at, length))) {
    slot = (slot + 1) & mask;
    entry = entryAt(slots, slot);
  }
  return entry;
}

/** The entry of a key of the common form; 0 where it has none, or is of another form. */
// @ts-ignore: decorator
@inline
function numberedEntry(directory: Directory, at: usize, length: u32, prefix: v128): u32 {
  const prefixLength = directory.prefixLength;
  const digits = length - prefixLength;
  // A key that is too short has as many digits as can be after the subtraction.
  if (digits - 1 >= MOST_DIGITS) return 0;
  const text = digitText(load<u64>(at + prefixLength), digits);
  if (!areDigits(text) || v128.any_true(v128.xor(firstBytes(at, prefixLength), prefix))) return 0;
  const place = <u32>numberOf(text) - directory.least;
  if (place >= directory.range) return 0;
  const entry = load<u32>(<usize>directory.numbers + (<usize>place << 2));
  return entry >> DIGITS_SHIFT == digits ? entry & ((1 << DIGITS_SHIFT) - 1) : 0;
}

/**
 * Puts the entry of each key into a slot, `a` where there is none or the key is missing; where `a` is 0, that is for the
 * host.
 */
export function lookUp(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const directory = changetype<Directory>(<usize>operation.table);
  if (directory.range != 0) findNumbers(directory, from, to, rows);
  else findHashes(directory, from, to, rows);
  const other = operation.a;
  for (let row: usize = 0; row < <usize>rows; row++) {
    if (load<u32>(to + (row << 2)) != 0) continue;
    if (other == 0) giveUp(to, row);
    else store<u32>(to + (row << 2), other);
  }
}

function findNumbers(directory: Directory, from: usize, to: usize, rows: u32): void {
  const prefix = firstBytes(directory.prefix, directory.prefixLength);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    store<u32>(to + (row << 2), numberedEntry(directory, at, cellEnd(from, row) - at, prefix));
  }
}

/**
 * First come the entries with the hash of each key, then the comparisons with their keys: so the processor waits for many
 * places of the memory at once.
 */
function findHashes(directory: Directory, from: usize, to: usize, rows: u32): void {
  findCandidates(directory, from, to, rows);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    const length = cellEnd(from, row) - at;
    const entry = load<u32>(to + (row << 2));
    if (entry != 0 && !isKey(directory.keys, entry, at, length)) {
      store<u32>(to + (row << 2), findEntry(directory, at, length));
    }
  }
}

/** Puts the first entry with the hash of each key into a slot; 0 where there is none or the key is missing. */
function findCandidates(directory: Directory, from: usize, to: usize, rows: u32): void {
  const mask = directory.mask;
  const slots = directory.slots;
  const seed = directory.seed;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    const length = cellEnd(from, row) - at;
    const hash = hashOf(at, length, seed);
    let slot = hash & mask;
    let entry = length == 0 ? 0 : entryAt(slots, slot);
    while (entry != 0 && hashAt(slots, slot) != hash) {
      slot = (slot + 1) & mask;
      entry = entryAt(slots, slot);
    }
    store<u32>(to + (row << 2), entry);
  }
}

/** Where a cell of an entry begins; 4 bytes behind that stands where it ends. */
// @ts-ignore: decorator
@inline
export function cellPlace(directory: Directory, entry: u32, cell: u32): usize {
  return <usize>directory.cells + (<usize>(entry * directory.width + cell) << 3);
}

/** Puts the cell at place `a` of each entry into a slot. */
export function entryCells(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const directory = changetype<Directory>(<usize>operation.table);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const place = cellPlace(directory, load<u32>(from + (row << 2)), operation.a);
    setCell(to, row, load<u32>(place), load<u32>(place, 4));
  }
}

/** Puts the text of all cells of each entry into a slot. */
export function entryTexts(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const texts = <usize>operation.table;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const place = texts + (<usize>load<u32>(from + (row << 2)) << 2);
    setCell(to, row, load<u32>(place), load<u32>(place, 4));
  }
}

/** What becomes of a value that the map does not have. */
export const KEEP_OTHER: u32 = 0;
export const REJECT_OTHER: u32 = 1;
export const REPLACE_OTHER: u32 = 2;

/** Puts what a table maps each value to into a slot; `a` says what becomes of others. */
export function mapValues(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const directory = changetype<Directory>(<usize>operation.table);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    const end = cellEnd(from, row);
    let entry: u32 = 0;
    if (at != end) {
      entry = findEntry(directory, at, end - at);
      if (entry == 0 && operation.a == REPLACE_OTHER) entry = directory.keyed + 1;
    }
    if (entry != 0) {
      const place = cellPlace(directory, entry, 0);
      setCell(to, row, load<u32>(place), load<u32>(place, 4));
    } else if (at != end && operation.a == REJECT_OTHER) {
      giveUp(to, row);
    } else {
      setCell(to, row, at, end);
    }
  }
}
