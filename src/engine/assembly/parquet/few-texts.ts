import { lastBytes, maskOf } from '../bits';
import { cellOf, lengthAt, NUMBERS, valueAt } from './cells';
import { ParquetColumn } from './column';
import { UNKNOWN } from './dictionary';

/*
 * Columns of few short texts: as long as the dictionary has no more, each of its values stands in a slot of its own, with
 * its first 16 bytes, its last 16, its length and its number. So one place is looked at, and nobody waits for it.
 */

const SLOT_BYTES_SHIFT: usize = 6;
const SLOTS_SHIFT: u64 = 57;
const TABLE_BYTES: usize = 64 << 7;
const LAST: usize = 16;
const LENGTH: usize = 32;
const NUMBER: usize = 36;

const MOST_TEXTS: u32 = 32;
const LONGEST_TEXT: u32 = 32;

/** What texts are multiplied by: one after the other is tried until no two of them share a slot. */
const FIRST_FACTOR: u64 = 0x9e3779b97f4a7c15;
const STEP: u64 = 0xd1342543de82ef95;
const MOST_FACTORS: u32 = 256;

// @ts-ignore: decorator
@inline
function slotOf(table: usize, factor: u64, first: v128, last: v128, length: u32): usize {
  const bits = <u64>i64x2.extract_lane(first, 0) + rotl<u64>(<u64>i64x2.extract_lane(last, 1), 29) + length;
  return table + ((<usize>((bits * factor) >> SLOTS_SHIFT)) << SLOT_BYTES_SHIFT);
}

/** Forgets all texts, with the dictionary. */
export function forgetTexts(column: ParquetColumn): void {
  if (column.fewTexts == 0) return;
  column.factor = FIRST_FACTOR;
  memory.fill(column.fewTexts, 0, TABLE_BYTES);
}

/** Puts a text of the dictionary into its slot; false where another one has it. */
function putText(column: ParquetColumn, at: usize, length: u32, number: u32): bool {
  const mask = maskOf(length);
  const first = v128.and(v128.load(at), mask);
  const last = lastBytes(at, length, mask);
  const slot = slotOf(<usize>column.fewTexts, column.factor, first, last, length);
  if (load<u32>(slot, LENGTH) != 0) return false;
  v128.store(slot, first);
  v128.store(slot, last, LAST);
  store<u32>(slot, length, LENGTH);
  store<u32>(slot, number, NUMBER);
  return true;
}

/** Puts all texts of the dictionary into slots; false where two of them share one. */
function putAll(column: ParquetColumn): bool {
  memory.fill(column.fewTexts, 0, TABLE_BYTES);
  let entry = <usize>column.dictionary;
  for (let number: u32 = 0; number < column.distinct; number++) {
    const length = load<u32>(entry);
    if (!putText(column, entry + 4, length, number)) return false;
    entry += 4 + length;
  }
  return true;
}

/** Takes the text that the dictionary got last. Too many or too long ones are looked for in the dictionary alone. */
export function rememberText(column: ParquetColumn, at: usize, length: u32): void {
  if (column.factor == 0) return;
  if (length > LONGEST_TEXT || column.distinct > MOST_TEXTS) {
    column.factor = 0;
    return;
  }
  if (putText(column, at, length, column.distinct - 1)) return;
  for (let tried: u32 = 0; tried < MOST_FACTORS; tried++) {
    column.factor = column.factor * STEP + 2;
    if (putAll(column)) return;
  }
  column.factor = 0;
}

/** Bytes, as PLAIN has them, of the texts that were looked for last. */
export let textBytes: u32 = 0;

/** Puts the numbers of cells into NUMBERS, UNKNOWN for new ones; gives whether all are found that have a value. */
export function findTexts(column: ParquetColumn, from: u32, to: u32): bool {
  const table = <usize>column.fewTexts;
  const factor = column.factor;
  const end = cellOf(to);
  let put = NUMBERS;
  let bytes: u32 = 0;
  let areFound: u32 = 1;
  for (let cell = cellOf(from); cell < end; cell += 8) {
    const at = valueAt(cell);
    const length = lengthAt(cell);
    const mask = maskOf(length);
    const first = v128.and(v128.load(at), mask);
    const last = lastBytes(at, length, mask);
    const slot = slotOf(table, factor, first, last, length);
    const differs = v128.or(v128.xor(first, v128.load(slot)), v128.xor(last, v128.load(slot, LAST)));
    const isFound = <u32>(load<u32>(slot, LENGTH) == length) & <u32>!v128.any_true(differs);
    store<u16>(put, <u16>select<u32>(load<u32>(slot, NUMBER), UNKNOWN, isFound));
    areFound &= isFound | <u32>(length == 0);
    bytes += select<u32>(4 + length, 0, length != 0);
    put += 2;
  }
  textBytes = bytes;
  return areFound != 0;
}
