import { isUtf8 } from 'node:buffer';

/** Bytes that the lead byte of a sequence announces; 0 where the byte cannot lead one. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** Offset at which a sequence begins that the bytes break off in; `to` where they end at a whole character. */
export function wholeCharactersEnd(bytes: Buffer, from: number, to: number): number {
  for (let at = to - 1; at >= from && at >= to - 3; at--) {
    if ((bytes[at] & 0xc0) === 0x80) continue;
    return at + sequenceLength(bytes[at]) > to ? at : to;
  }
  return to;
}

/** Offset of the first byte that is NUL or no UTF-8, or -1. */
export function findNoText(bytes: Buffer, from: number, to: number): number {
  const part = bytes.subarray(from, to);
  const nul = part.indexOf(0);
  const text = nul < 0 ? part : part.subarray(0, nul);
  if (isUtf8(text)) return nul < 0 ? -1 : from + nul;
  return from + firstInvalid(text);
}

function firstInvalid(text: Buffer): number {
  let at = 0;
  let length = sequenceLength(text[at]);
  while (length > 0 && isUtf8(text.subarray(at, at + length))) {
    at += length;
    length = sequenceLength(text[at]);
  }
  return at;
}
