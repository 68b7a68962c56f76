const ZERO = 0x30;
const NINE = 0x39;

/** True where all bytes are digits. */
export function allDigits(data: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (data[at] < ZERO || data[at] > NINE) return false;
  }
  return true;
}

/** More than any number of digits that is read here. An integer, since NaN would make every number around it a double. */
export const NO_DIGITS = 100_000;

/** The number that two bytes are; NO_DIGITS where they are not both digits. */
export function twoDigits(data: Buffer, at: number): number {
  const tens = data[at] - ZERO;
  const ones = data[at + 1] - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_DIGITS;
}
