import type { Shape } from './cell-type';
import { twoDigits } from './digits';
import { isDate } from '../../spec/dates/calendar';

/** Directives that are written as two digits, and the first number that is too large. */
const LIMITS: Readonly<Record<string, number>> = { m: 13, d: 32, H: 24, M: 60, S: 60 };

interface Piece {
  /** Where it begins in the cell. */
  readonly offset: number;
  readonly directive: string;
}

/**
 * The shape of a strptime pattern of a fixed width: %Y as four digits, %m %d %H %M %S as two, and ASCII characters between
 * them. Undefined for any other pattern.
 */
export function numericDateShape(pattern: string): Shape | undefined {
  const pieces: Piece[] = [];
  const literals: Array<{ readonly offset: number; readonly byte: number }> = [];
  let width = 0;
  for (const [token] of pattern.matchAll(/%?[^]/gu)) {
    const directive = token.slice(1);
    if (token.startsWith('%')) {
      if (directive !== 'Y' && LIMITS[directive] === undefined) return undefined;
      pieces.push({ offset: width, directive });
      width += directive === 'Y' ? 4 : 2;
    } else {
      const byte = token.charCodeAt(0);
      // Blanks are left to the full definition, which may take any number of them.
      if (byte <= 0x20 || byte > 0x7e) return undefined;
      literals.push({ offset: width++, byte });
    }
  }
  return (data, start, end) => {
    if (end - start !== width) return false;
    for (const { offset, byte } of literals) {
      if (data[start + offset] !== byte) return false;
    }
    let year = 1900;
    let month = 1;
    let day = 1;
    for (const { offset, directive } of pieces) {
      const at = start + offset;
      const number = twoDigits(data, at);
      if (directive === 'Y') year = number * 100 + twoDigits(data, at + 2);
      else if (!(number < LIMITS[directive])) return false;
      else if (directive === 'm') month = number;
      else if (directive === 'd') day = number;
    }
    return year >= 0 && isDate(year, month, day);
  };
}
