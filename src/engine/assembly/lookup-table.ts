import { areDigits, copy, digitsOf, digitText, firstBytes, numberOf } from './bits';
import {
  cellPlace,
  DIGITS_SHIFT,
  Directory,
  entryAt,
  hashOf,
  MOST_DIGITS,
} from './lookup';
import { writePlainCell } from './write';

/* Makes the table of a lookup of the bytes of its file. The host gives it places, see Directory. */

const COMMA: u8 = 0x2c;
const QUOTE: u8 = 0x22;
const MOST_PREFIX: u32 = 16;

/**
 * Takes the keys, which stand one behind the other from `keys` on, their lengths where the table has their places. Gives
 * how many numbers a table of those takes: 0 where the keys have no common form, or are scattered.
 */
export function placeKeys(directory: Directory, keys: u32): u32 {
  const places = <usize>directory.keys;
  const behind = <usize>directory.keyed + 1;
  // Entry 0 has no key; that of the next one begins where the first one does.
  let at = keys;
  for (let entry: usize = 1; entry < behind; entry++) {
    const length = load<u32>(places + (entry << 2));
    store<u32>(places + (entry << 2), at);
    at += length;
  }
  store<u32>(places + (behind << 2), at);
  return commonForm(directory);
}

/** Finds out whether all keys are the same prefix and 1 to 8 digits. */
function commonForm(directory: Directory): u32 {
  const behind = directory.keyed + 1;
  if (behind == 1 || behind >> DIGITS_SHIFT != 0) return 0;
  const prefix = keyOf(directory, 1);
  const prefixLength = keyOf(directory, 2) - prefix - lastDigits(prefix, keyOf(directory, 2));
  if (prefixLength > MOST_PREFIX) return 0;
  const prefixBytes = firstBytes(prefix, prefixLength);
  let least: u32 = u32.MAX_VALUE;
  let greatest: u32 = 0;
  for (let entry: u32 = 1; entry < behind; entry++) {
    const at = keyOf(directory, entry);
    const digits = keyOf(directory, entry + 1) - at - prefixLength;
    if (digits - 1 >= MOST_DIGITS) return 0;
    const text = digitText(load<u64>(<usize>at + prefixLength), digits);
    if (!areDigits(text) || v128.any_true(v128.xor(firstBytes(at, prefixLength), prefixBytes))) return 0;
    const number = <u32>numberOf(text);
    least = min(least, number);
    greatest = max(greatest, number);
  }
  directory.prefix = prefix;
  directory.prefixLength = prefixLength;
  directory.least = least;
  const range = greatest - least + 1;
  // Up to the bytes of a hash table.
  return range <= max(behind * 4, 1024) ? range : 0;
}

// @ts-ignore: decorator
@inline
function keyOf(directory: Directory, entry: u32): u32 {
  return load<u32>(<usize>directory.keys + (<usize>entry << 2));
}

/** How many digits a key ends with, 8 at most. */
function lastDigits(at: u32, end: u32): u32 {
  let digits: u32 = 0;
  while (digits < MOST_DIGITS && end - digits > at && <u32>load<u8>(end - digits - 1) - 0x30 < 10) digits++;
  return digits;
}

/** Puts each entry at its number; false where two keys have the same one, as 7 and 07 do. */
export function addNumbers(directory: Directory): bool {
  const prefixLength = directory.prefixLength;
  for (let entry: u32 = 1; entry <= directory.keyed; entry++) {
    const at = keyOf(directory, entry);
    const digits = keyOf(directory, entry + 1) - at - prefixLength;
    const number = <u32>digitsOf(load<u64>(<usize>at + prefixLength), digits);
    const place = <usize>directory.numbers + (<usize>(number - directory.least) << 2);
    if (load<u32>(place) != 0) return false;
    store<u32>(place, entry | (digits << DIGITS_SHIFT));
  }
  return true;
}

/** Puts all entries into the hash table; no two have the same key. */
export function addHashes(directory: Directory): void {
  const mask = directory.mask;
  const slots = directory.slots;
  for (let entry: u32 = 1; entry <= directory.keyed; entry++) {
    const at = keyOf(directory, entry);
    const hash = hashOf(at, keyOf(directory, entry + 1) - at, directory.seed);
    let slot = hash & mask;
    while (entryAt(slots, slot) != 0) slot = (slot + 1) & mask;
    store<u32>(<usize>slots + (<usize>slot << 3), hash);
    store<u32>(<usize>slots + (<usize>slot << 3), entry, 4);
  }
}

/**
 * Writes the cells of so many entries as CSV, and notes where they stand. `cells` are their values one behind the other,
 * of the lengths at `lengths`. Gives where the texts end; they take up to three times the bytes of the values, and three more for each.
 */
export function writeTexts(directory: Directory, entries: u32, cells: u32, lengths: u32, output: u32): u32 {
  const width = directory.width;
  const texts = <usize>directory.texts;
  let put = output;
  let at = cells;
  let length = <usize>lengths;
  store<u32>(texts, put);
  for (let entry: u32 = 1; entry <= entries; entry++) {
    store<u32>(texts + (<usize>entry << 2), put);
    const start = put;
    for (let cell: u32 = 0; cell < width; cell++) {
      if (cell > 0) store<u8>(put++, COMMA);
      const place = cellPlace(directory, entry, cell);
      store<u32>(place, put);
      put = writePlainCell(at, load<u32>(length), put);
      store<u32>(place, put, 4);
      at += load<u32>(length);
      length += 4;
    }
    directory.longestText = max(directory.longestText, put - start);
  }
  store<u32>(texts + (<usize>(entries + 1) << 2), put);
  return copyQuoted(directory, entries, cells, lengths, put);
}

/** Has the values of cells that stand in quotes stand once more as they are. */
function copyQuoted(directory: Directory, entries: u32, cells: u32, lengths: u32, output: u32): u32 {
  let put = output;
  let at = cells;
  let length = <usize>lengths;
  const end = cellPlace(directory, entries + 1, 0);
  for (let place = cellPlace(directory, 1, 0); place < end; place += 8) {
    const bytes = load<u32>(length);
    if (bytes != 0 && load<u8>(load<u32>(place)) == QUOTE) {
      copy(put, at, bytes);
      store<u32>(place, put);
      put += bytes;
      store<u32>(place, put, 4);
    }
    at += bytes;
    length += 4;
  }
  return put;
}
