import type { ShapeOf } from './cell-type';

const MINUS = 0x2d;
/** For a decimal character that is no single byte: such numbers are read as text. */
const NO_BYTE = -1;
const ZERO = 0x30;
const NINE = 0x39;
/** Longer numbers are read as text. */
const MOST_BYTES = 18;

/** Digits with at most one decimal character between them, a minus before them or not. */
export const numberShape: ShapeOf = ({ decimalChar = '.' }) => {
  const code = decimalChar.charCodeAt(0);
  const point = code < 0x80 ? code : NO_BYTE;
  return (data, start, end) => {
    const first = data[start] === MINUS ? start + 1 : start;
    // The byte of an empty cell is none of its own.
    if (end <= first || end - first > MOST_BYTES) return false;
    let points = 0;
    for (let at = first; at < end; at++) {
      const byte = data[at];
      if (byte >= ZERO && byte <= NINE) continue;
      if (byte !== point || at === first || at === end - 1) return false;
      points++;
    }
    return points <= 1;
  };
};
