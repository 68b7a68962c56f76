import { ROW_DOUBTS, ROW_MARKS } from './layout';
import { bitsOf, digitMask, parseDigits } from './bits';

/*
 * Keys that are natural numbers, one bit each, in pages that the host allocates. The host is asked for everything else: a
 * page that is not known here, a key that is no such number.
 */

/** Integers of one page. */
const PAGE_SHIFT: u64 = 16;
/** Slots of the directory, which finds pages by the low bits of their number. */
const SLOT_MASK: u64 = 8191;
/** Digits that always fit a safe integer of the host. */
const MOST_DIGITS: u32 = 15;

/** Marks a record whose key was there before. */
const DUPLICATE: u32 = 0x80000000;

/** Keys that the last call has added. */
export let added: u32 = 0;

/**
 * Adds the keys that stand in a column of the records from `row` on, up to `end`; passes those with a doubt in one of the
 * columns `doubts`, which are the host's. Gives the first record that is for the host, marked where its key is a
 * duplicate; `end` where there is none. A slot of the directory is a u64: the page's number + 1 above 32 bits of its
 * address.
 */
export function addIntegers(directory: usize, offset: usize, quote: u32, doubts: u32, row: u32, end: u32): u32 {
  added = 0;
  for (; row < end; row++) {
    if (load<u32>(ROW_DOUBTS + (<usize>row << 2)) & doubts) continue;
    const mark = <usize>load<u32>(ROW_MARKS + (<usize>row << 2)) + offset;
    let at = load<u32>(mark) + 1;
    let length = load<u32>(mark, 4) - at;
    if (length != 0 && <u32>load<u8>(at) == quote) {
      at++;
      length -= 2;
    }
    // A missing value is no key.
    if (length == 0) continue;
    if (length > MOST_DIGITS || (length > 1 && load<u8>(at) == 0x30)) return row;
    const all = bitsOf(length);
    if ((digitMask(at) & all) != all) return row;
    const integer = parseDigits(at, length);
    const page = integer >> PAGE_SHIFT;
    const slot = load<u64>(directory + (<usize>(page & SLOT_MASK) << 3));
    if (slot >> 32 != page + 1) return row;
    const word = <usize>(slot & 0xffffffff) + ((<usize>integer & 0xffff) >> 6 << 3);
    const bit = <u64>1 << (integer & 63);
    const bits = load<u64>(word);
    if (bits & bit) return row | DUPLICATE;
    store<u64>(word, bits | bit);
    added++;
  }
  return end;
}
