import { Operation } from './schema';
import { cellEnd, cellStart, giveUp, setCell } from './slots';

/*
 * Tables of keys: an open hash table of entries that the host has put into the memory. Keys are compared byte by byte.
 */

/** What belongs to a key; made by the host. Its cells, each as a start and an end, stand behind it. */
@unmanaged
export class Entry {
  keyLength: u32;
  /** The bytes of the key, zeros behind them up to a multiple of 16. */
  key: u32;
  /** All cells as CSV, with commas between them. */
  text: u32;
  textEnd: u32;
}

const CELLS: usize = 16;

/** 16 bytes of ones, then 16 of zeros: loaded from 16 - n they let n bytes pass. */
const LENGTH_MASKS: usize = memory.data<u64>([-1, -1, 0, 0]);

const FIRST_FACTOR: u64 = 0x9e3779b97f4a7c15;
const SECOND_FACTOR: u64 = 0xbf58476d1ce4e5b9;

/** The bytes of a key from a place on, 16 at most, zeros behind them. */
// @ts-ignore: decorator
@inline
function keyBytes(at: usize, length: u32): v128 {
  return v128.and(v128.load(at), v128.load(LENGTH_MASKS + 16 - min(length, 16)));
}

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
function hashOf(at: usize, length: u32, seed: u32): u32 {
  let hash = mixed(<u64>seed | (<u64>length << 32), keyBytes(at, length));
  for (let done: u32 = 16; done < length; done += 16) {
    hash = mixed(hash, keyBytes(at + done, length - done));
  }
  return <u32>hash;
}

// @ts-ignore: decorator
@inline
function isKey(entry: Entry, at: usize, length: u32): bool {
  if (entry.keyLength != length) return false;
  const key = <usize>entry.key;
  if (v128.any_true(v128.xor(keyBytes(at, length), v128.load(key)))) return false;
  for (let done: u32 = 16; done < length; done += 16) {
    if (v128.any_true(v128.xor(keyBytes(at + done, length - done), v128.load(key + done)))) return false;
  }
  return true;
}

/** A table: its slots have 8 bytes each, a hash and the address of an entry. */
@unmanaged
export class Directory {
  /** Number of slots less one. */
  mask: u32;
  seed: u32;
  slots: u32;
}

// @ts-ignore: decorator
@inline
function hashAt(slots: u32, slot: u32): u32 {
  return load<u32>(<usize>slots + (<usize>slot << 3));
}

/** The entry of a slot; 0 where it is free. */
// @ts-ignore: decorator
@inline
function entryAt(slots: u32, slot: u32): u32 {
  return load<u32>(<usize>slots + (<usize>slot << 3), 4);
}

/** The entry of a key; 0 where it has none. */
function findEntry(directory: Directory, at: usize, length: u32): u32 {
  const mask = directory.mask;
  const slots = directory.slots;
  const hash = hashOf(at, length, directory.seed);
  let slot = hash & mask;
  let entry = entryAt(slots, slot);
  while (entry != 0 && !(hashAt(slots, slot) == hash && isKey(changetype<Entry>(<usize>entry), at, length))) {
    slot = (slot + 1) & mask;
    entry = entryAt(slots, slot);
  }
  return entry;
}

/** Puts an entry into its directory, in which no other has the same key. */
export function addEntry(directory: Directory, entry: Entry): void {
  const mask = directory.mask;
  const slots = directory.slots;
  const hash = hashOf(<usize>entry.key, entry.keyLength, directory.seed);
  let slot = hash & mask;
  while (entryAt(slots, slot) != 0) slot = (slot + 1) & mask;
  store<u32>(<usize>slots + (<usize>slot << 3), hash);
  store<u32>(<usize>slots + (<usize>slot << 3), <u32>changetype<usize>(entry), 4);
}

/**
 * Puts the entry of each key into a slot, `a` where there is none or the key is missing; where `a` is 0, that is for the
 * host. First come the directory's entries for all hashes, then the comparisons with their keys: so the processor waits
 * for many places of the memory at once.
 */
export function lookUp(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const directory = changetype<Directory>(<usize>operation.table);
  findCandidates(directory, from, to, rows);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    const length = cellEnd(from, row) - at;
    let entry = load<u32>(to + (row << 2));
    if (entry != 0 && !isKey(changetype<Entry>(<usize>entry), at, length)) entry = findEntry(directory, at, length);
    if (entry == 0) {
      if (operation.a == 0) giveUp(to, row);
      entry = operation.a;
    }
    store<u32>(to + (row << 2), entry);
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

/** Puts the cell at place `a` of each entry into a slot. */
export function entryCells(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const offset = CELLS + (<usize>operation.a << 3);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const entry = <usize>load<u32>(from + (row << 2));
    if (entry == 0) setCell(to, row, 0, 0);
    else setCell(to, row, load<u32>(entry + offset), load<u32>(entry + offset, 4));
  }
}

/** What becomes of a value that the map does not have. */
export const KEEP_OTHER: u32 = 0;
export const REJECT_OTHER: u32 = 1;

/** Puts what a table maps each value to into a slot; `a` is what becomes of others, or the entry that they get. */
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
      if (entry == 0 && operation.a > REJECT_OTHER) entry = operation.a;
    }
    if (entry != 0) {
      setCell(to, row, load<u32>(<usize>entry, CELLS), load<u32>(<usize>entry, CELLS + 4));
    } else if (at != end && operation.a == REJECT_OTHER) {
      giveUp(to, row);
    } else {
      setCell(to, row, at, end);
    }
  }
}
