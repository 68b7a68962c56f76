const ZERO = 0x30;
const POINT = 0x2e;

/** Whole 32-bit arithmetic is several times faster than making a number's text. */
export const MAX_INT32 = 0x7fffffff;
export const MAX_INT32_DIGITS = 10;

/**
 * Writes the canonical text of `coefficient` x 10^-`scale`, both natural numbers, the first at most MAX_INT32 and the
 * second at most MAX_INT32_DIGITS, to `data[at ..)`; gives where it ends. Takes at most MAX_INT32_DIGITS + 2 bytes.
 */
export function writeDecimal(data: Buffer, at: number, coefficient: number, scale: number): number {
  let digits = 1;
  for (let left = (coefficient / 10) | 0; left > 0; left = (left / 10) | 0) digits++;
  // A zero before the point, and zeros behind it, where the coefficient has too few digits.
  if (digits <= scale) digits = scale + 1;
  const end = at + digits + (scale > 0 ? 1 : 0);
  const point = scale > 0 ? end - scale - 1 : end;
  let left = coefficient | 0;
  for (let put = end - 1; put >= at; put--) {
    if (put === point) {
      data[put] = POINT;
      continue;
    }
    const rest = (left / 10) | 0;
    data[put] = ZERO + left - rest * 10;
    left = rest;
  }
  return end;
}
