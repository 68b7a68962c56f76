import type { ConstraintRule } from './constraint';

/** Unicode code points of UTF-8 text: all bytes but those that continue a character. */
function codePoints(data: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    if ((data[at] & 0xc0) !== 0x80) count++;
  }
  return count;
}

export const minLength: ConstraintRule = ({ constraints: { minLength: least } }) =>
  least === undefined
    ? undefined
    : {
        message: `must have at least ${least} characters`,
        needsValue: false,
        holds: (data, start, end) => codePoints(data, start, end) >= least,
      };

export const maxLength: ConstraintRule = ({ constraints: { maxLength: most } }) =>
  most === undefined
    ? undefined
    : {
        message: `must have at most ${most} characters`,
        needsValue: false,
        // Bytes are never fewer than characters.
        holds: (data, start, end) => end - start <= most || codePoints(data, start, end) <= most,
      };
