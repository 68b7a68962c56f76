import type { ShapeOf } from './cell-type';
import { numericDateShape } from './numeric-date';
import { isClockTime } from './time';
import { isoDayNumber } from '../../spec/dates/iso';

const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

/** `YYYY-MM-DDThh:mm:ssZ` with a day that the calendar has, or the like in a format of digits alone. */
export const datetimeShape: ShapeOf = ({ format }) => {
  if (format !== 'default' && format !== 'any') return numericDateShape(format);
  return (data, start, end) =>
    end - start === 20 &&
    data[start + 10] === LETTER_T &&
    data[start + 19] === LETTER_Z &&
    isClockTime(data, start + 11) &&
    !Number.isNaN(isoDayNumber(data, start, start + 10));
};
