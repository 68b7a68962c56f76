import type { GrowingBytes } from './growing-bytes';

/** Bit-packed values come in groups of eight. */
const GROUP = 8;

/** Bits that a value takes which is at most this. */
export function bitWidthOf(most: number): number {
  return 32 - Math.clz32(most);
}

/**
 * Writes `values[from .. to)` in Parquet's hybrid of runs and bit-packed groups
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE): a value that stands eight times or more becomes
 * a run, what lies between runs is packed.
 */
export function writeHybridRuns(
  out: GrowingBytes,
  values: Uint8Array | Uint32Array,
  from: number,
  to: number,
  bitWidth: number,
): void {
  let packedFrom = from;
  let at = from;
  while (at < to) {
    const value = values[at];
    let end = at + 1;
    while (end < to && values[end] === value) end++;
    // What is packed before the run has to be whole groups: the run gives the values that are missing.
    const missing = (GROUP - ((at - packedFrom) % GROUP)) % GROUP;
    if (end - at - missing >= GROUP) {
      writePacked(out, values, packedFrom, at + missing, bitWidth);
      writeRun(out, value, end - at - missing, bitWidth);
      packedFrom = end;
    }
    at = end;
  }
  writePacked(out, values, packedFrom, to, bitWidth);
}

function writeRun(out: GrowingBytes, value: number, count: number, bitWidth: number): void {
  out.appendVarint(count * 2);
  for (let shift = 0; shift < bitWidth; shift += 8) out.appendByte((value >>> shift) & 0xff);
}

function writePacked(
  out: GrowingBytes,
  values: Uint8Array | Uint32Array,
  from: number,
  to: number,
  bitWidth: number,
): void {
  if (from === to) return;
  const groups = Math.ceil((to - from) / GROUP);
  out.appendVarint(groups * 2 + 1);
  let held = 0;
  let bits = 0;
  out.reserve(groups * bitWidth);
  const { data } = out;
  let put = out.length;
  for (let at = from; at < from + groups * GROUP; at++) {
    // The last group is filled up with zeros. Widths stay below 25 bits, so that 32 hold a value and what is left over.
    held |= (at < to ? values[at] : 0) << bits;
    bits += bitWidth;
    for (; bits >= 8; bits -= 8) {
      data[put++] = held & 0xff;
      held >>>= 8;
    }
  }
  out.length = put;
}
