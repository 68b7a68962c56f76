import type { ShapeOf } from './cell-type';
import { allDigits } from './digits';

/** Four digits. */
export const yearShape: ShapeOf = () => (data, start, end) =>
  end - start === 4 && allDigits(data, start, end);
