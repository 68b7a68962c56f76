import type { ShapeOf } from './cell-type';
import { numericDateShape } from './numeric-date';
import { isoDayNumber } from '../../spec/dates/iso';

/** `YYYY-MM-DD` with a day that the calendar has, or the like in a format of digits alone. */
export const dateShape: ShapeOf = ({ format }) => {
  if (format !== 'default' && format !== 'any') return numericDateShape(format);
  return (data, start, end) => !Number.isNaN(isoDayNumber(data, start, end));
};
