import type { Shape } from './cell-type';
import { NO_DIGITS, twoDigits } from './digits';
import { isDate } from '../../spec/dates/calendar';

/** Directives that are written as two digits, and the first number that is too large. */
export const LIMITS: Readonly<Record<string, number>> = { m: 13, d: 32, H: 24, M: 60, S: 60 };

interface Piece {
  /** Where it begins in the cell. */
  readonly offset: number;
  readonly directive: string;
  /** Digits. */
  readonly width: number;
}

export interface Layout {
  readonly pieces: readonly Piece[];
  readonly literals: ReadonlyArray<{ readonly offset: number; readonly byte: number }>;
  readonly width: number;
}

/** Where everything stands in a pattern of a fixed width: %Y as four digits, %m %d %H %M %S as two, ASCII between them. */
export function fixedLayout(pattern: string): Layout | undefined {
  const pieces: Piece[] = [];
  const literals: Array<{ readonly offset: number; readonly byte: number }> = [];
  let offset = 0;
  for (const [token] of pattern.matchAll(/%?[^]/gu)) {
    const directive = token.slice(1);
    if (token.startsWith('%')) {
      if (directive !== 'Y' && LIMITS[directive] === undefined) return undefined;
      const width = directive === 'Y' ? 4 : 2;
      pieces.push({ offset, directive, width });
      offset += width;
    } else {
      const byte = token.charCodeAt(0);
      if (byte > 0x7e) return undefined;
      literals.push({ offset: offset++, byte });
    }
  }
  return { pieces, literals, width: offset };
}

/** The shape of a strptime pattern of a fixed width; undefined for any other pattern. */
export function numericDateShape(pattern: string): Shape | undefined {
  const layout = fixedLayout(pattern);
  // Blanks are left to the full definition, which may take any number of them.
  if (!layout || layout.literals.some(({ byte }) => byte <= 0x20)) return undefined;
  const { pieces, literals, width } = layout;
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
    return year < NO_DIGITS && isDate(year, month, day);
  };
}

/** Writes a cell of the shape of one pattern as another pattern has it: gives bytes that are valid until the next call. */
export type NumericDateRewrite = (data: Buffer, start: number) => Buffer;

/**
 * Rewrites dates by moving their digits; undefined where the second pattern is not of a fixed width, or states what the
 * first one does not.
 */
export function numericDateRewrite(from: string, to: string): NumericDateRewrite | undefined {
  const source = fixedLayout(from);
  const target = fixedLayout(to);
  if (!source || !target) return undefined;
  const written = Buffer.alloc(target.width);
  for (const { offset, byte } of target.literals) written[offset] = byte;
  /** For each byte of the target that is a digit: its place, and that of the digit in the source. */
  const moves: Array<{ readonly to: number; readonly from: number }> = [];
  for (const { offset, directive, width } of target.pieces) {
    const piece = source.pieces.find((one) => one.directive === directive);
    if (!piece) return undefined;
    for (let digit = 0; digit < width; digit++) {
      moves.push({ to: offset + digit, from: piece.offset + digit });
    }
  }
  return (data, start) => {
    for (const move of moves) written[move.to] = data[start + move.from];
    return written;
  };
}
