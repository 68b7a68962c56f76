import type { Column } from '../batch';

/** Digits of a row number: all of them fit a double exactly. */
const MOST_DIGITS = 15;

/** The number of a record as a staged file has it: digits without a leading zero. -1 where the cell is none. */
export function rowNumber({ data, start, end }: Column, row: number): number {
  const from = start[row];
  const to = end[row];
  if (to === from || to - from > MOST_DIGITS || data[from] === 0x30) return -1;
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = data[at] - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
