import type { GrowingBytes } from './growing-bytes';

/** Numbers are packed in groups of eight. */
export const GROUP = 8;

/** Groups of equal numbers from which on they become a run; fewer cost less where they stand. */
const SHORTEST_RUN = 2;

/** Bits that a number takes which is at most this. */
export function bitWidthOf(most: number): number {
  return 32 - Math.clz32(most);
}

/** Fills up the last group of `numbers[0 .. count)` with the last number. */
function fillGroup(numbers: Uint16Array, count: number): void {
  if (count > 0) numbers.fill(numbers[count - 1], count, Math.ceil(count / GROUP) * GROUP);
}

/**
 * Writes `numbers[0 .. count)` in Parquet's hybrid of runs and bit-packed groups
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE). Whole groups of one number become runs.
 */
export function writeHybridRuns(
  out: GrowingBytes,
  numbers: Uint16Array,
  count: number,
  bitWidth: number,
): void {
  fillGroup(numbers, count);
  const groups = Math.ceil(count / GROUP);
  let packedFrom = 0;
  for (let group = 0; group < groups;) {
    const end = endOfRun(numbers, group, groups);
    if (end - group >= SHORTEST_RUN) {
      writeGroups(out, numbers, packedFrom, group, bitWidth);
      writeRun(out, numbers[group * GROUP], Math.min(end * GROUP, count) - group * GROUP, bitWidth);
      packedFrom = end;
    }
    group = end;
  }
  writeGroups(out, numbers, packedFrom, groups, bitWidth);
}

/** Writes `numbers[0 .. count)` in so many bits each. */
export function writePacked(out: GrowingBytes, numbers: Uint16Array, count: number, bitWidth: number): void {
  fillGroup(numbers, count);
  packGroups(out, numbers, 0, Math.ceil(count / GROUP), bitWidth);
}

/** The group behind those that are all one number, the first of this one; the next group at least. */
function endOfRun(numbers: Uint16Array, group: number, groups: number): number {
  const number = numbers[group * GROUP];
  let end = group;
  while (end < groups && isAll(numbers, end, number)) end++;
  return Math.max(end, group + 1);
}

function isAll(numbers: Uint16Array, group: number, number: number): boolean {
  for (let at = group * GROUP; at < (group + 1) * GROUP; at++) if (numbers[at] !== number) return false;
  return true;
}

function writeRun(out: GrowingBytes, number: number, count: number, bitWidth: number): void {
  out.appendVarint(count * 2);
  for (let shift = 0; shift < bitWidth; shift += 8) out.appendByte((number >>> shift) & 0xff);
}

function writeGroups(
  out: GrowingBytes,
  numbers: Uint16Array,
  from: number,
  to: number,
  bitWidth: number,
): void {
  if (from === to) return;
  out.appendVarint((to - from) * 2 + 1);
  packGroups(out, numbers, from, to, bitWidth);
}

function packGroups(
  out: GrowingBytes,
  numbers: Uint16Array,
  from: number,
  to: number,
  bitWidth: number,
): void {
  let held = 0;
  let bits = 0;
  out.reserve((to - from) * bitWidth);
  const { data } = out;
  let put = out.length;
  for (let at = from * GROUP; at < to * GROUP; at++) {
    // 32 bits hold a number of 16 and what is left over of the one before.
    held |= numbers[at] << bits;
    bits += bitWidth;
    for (; bits >= 8; bits -= 8) {
      data[put++] = held & 0xff;
      held >>>= 8;
    }
  }
  out.length = put;
}
