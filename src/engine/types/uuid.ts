const HEX = new Uint8Array(256);
for (const digit of '0123456789abcdefABCDEF') HEX[digit.charCodeAt(0)] = 1;
const HYPHEN = 0x2d;
/** Offsets of the hyphens (RFC 9562 section 4). */
const HYPHENS = [8, 13, 18, 23];

/** 32 hexadecimal digits in five groups. */
export function uuidShape(data: Buffer, start: number, end: number): boolean {
  if (end - start !== 36) return false;
  let digits = 0;
  for (let at = start; at < end; at++) digits += HEX[data[at]];
  return digits === 32 && HYPHENS.every((offset) => data[start + offset] === HYPHEN);
}
