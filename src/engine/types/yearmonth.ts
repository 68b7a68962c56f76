import type { ShapeOf } from './cell-type';
import { allDigits, twoDigits } from './digits';

const HYPHEN = 0x2d;

/** `YYYY-MM`. */
export const yearmonthShape: ShapeOf = () => (data, start, end) => {
  const month = twoDigits(data, start + 5);
  return (
    end - start === 7 &&
    data[start + 4] === HYPHEN &&
    month >= 1 &&
    month <= 12 &&
    allDigits(data, start, start + 4)
  );
};
