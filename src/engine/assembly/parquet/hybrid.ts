/*
 * Numbers of up to 16 bits in Parquet's hybrid of runs and bit-packed groups
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE). They lie 2 bytes each, and are filled up to a
 * whole group with the last of them.
 */

/** Groups of equal numbers from which on they become a run; fewer cost less where they stand. */
const SHORTEST_RUN: u32 = 2;

/** Bits that a number takes which is at most this. */
export function bitWidth(most: u32): u32 {
  return 32 - <u32>clz(most);
}

/** Fills up the last group. */
export function fillGroup(numbers: usize, count: u32): void {
  if (count == 0) return;
  const end = numbers + (<usize>count << 1);
  v128.store(end, i16x8.splat(load<u16>(end - 2)));
}

/** Writes numbers as runs and packed groups; gives where they end. */
export function writeHybrid(numbers: usize, count: u32, width: u32, output: usize): usize {
  fillGroup(numbers, count);
  const groups = (count + 7) >> 3;
  let put = output;
  let packedFrom: u32 = 0;
  for (let group: u32 = 0; group < groups; ) {
    const at = numbers + (<usize>group << 4);
    const first = i16x8.splat(load<u16>(at));
    if (!i16x8.all_true(i16x8.eq(v128.load(at), first))) {
      group++;
      continue;
    }
    let end = group + 1;
    while (end < groups && i16x8.all_true(i16x8.eq(v128.load(numbers + (<usize>end << 4)), first))) end++;
    if (end - group >= SHORTEST_RUN) {
      put = writePackedGroups(numbers, packedFrom, group, width, put);
      put = writeRun(load<u16>(at), min(end << 3, count) - (group << 3), width, put);
      packedFrom = end;
    }
    group = end;
  }
  return writePackedGroups(numbers, packedFrom, groups, width, put);
}

function writeRun(number: u32, count: u32, width: u32, output: usize): usize {
  let put = writeVarint(output, count << 1);
  store<u8>(put++, <u8>number);
  if (width > 8) store<u8>(put++, <u8>(number >> 8));
  return put;
}

function writePackedGroups(numbers: usize, from: u32, to: u32, width: u32, output: usize): usize {
  if (from == to) return output;
  return writePacked(numbers, from, to, width, writeVarint(output, ((to - from) << 1) | 1));
}

/** Writes groups of eight numbers, each in as many bits as `width` says; writes up to 16 bytes beyond the end. */
export function writePacked(numbers: usize, from: u32, to: u32, width: u32, output: usize): usize {
  let put = output;
  const shift = <u64>width;
  const half = width >> 1;
  const isOdd = (width & 1) != 0;
  for (let group = from; group < to; group++) {
    const at = numbers + (<usize>group << 4);
    const low = four(at, shift);
    const high = four(at + 8, shift);
    store<u64>(put, low);
    // Four numbers of an odd width end in the middle of a byte.
    store<u64>(put + half, isOdd ? (low >> ((shift << 2) - 4)) | (high << 4) : high);
    put += width;
  }
  return put;
}

// @ts-ignore: decorator
@inline
function four(at: usize, width: u64): u64 {
  return (
    <u64>load<u16>(at) |
    (<u64>load<u16>(at, 2) << width) |
    (<u64>load<u16>(at, 4) << (width + width)) |
    (<u64>load<u16>(at, 6) << (width * 3))
  );
}

/** An unsigned number in groups of seven bits, the lowest first (ULEB128). */
function writeVarint(output: usize, number: u32): usize {
  let put = output;
  let left = number;
  for (; left >= 0x80; left >>= 7) store<u8>(put++, <u8>(left | 0x80));
  store<u8>(put++, <u8>left);
  return put;
}
