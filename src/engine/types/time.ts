import type { ShapeOf } from './cell-type';
import { twoDigits } from './digits';
import { numericDateShape } from './numeric-date';

const COLON = 0x3a;

/** True for `hh:mm:ss` at a place. */
export function isClockTime(data: Buffer, at: number): boolean {
  return (
    twoDigits(data, at) < 24 &&
    data[at + 2] === COLON &&
    twoDigits(data, at + 3) < 60 &&
    data[at + 5] === COLON &&
    twoDigits(data, at + 6) < 60
  );
}

/** `hh:mm:ss`, or the like in a format of digits alone. */
export const timeShape: ShapeOf = ({ format }) => {
  if (format !== 'default' && format !== 'any') return numericDateShape(format);
  return (data, start, end) => end - start === 8 && isClockTime(data, start);
};
