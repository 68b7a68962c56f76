import type { ShapeOf } from './cell-type';
import { allDigits } from './digits';

const MINUS = 0x2d;
/** Longer integers are read as text. */
const MOST_BYTES = 18;

/** Digits, with a minus before them or not. */
export const integerShape: ShapeOf = () => (data, start, end) => {
  const first = data[start] === MINUS ? start + 1 : start;
  return end > first && end - first <= MOST_BYTES && allDigits(data, first, end);
};
