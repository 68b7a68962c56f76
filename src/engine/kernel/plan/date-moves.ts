import { fixedLayout } from '../../types/numeric-date';
import { NEEDS_QUOTES } from '../../write/csv-cell';
import { calendarLayout } from '../calendar-layout';

/** See dates.ts of the assembly. */
const TABLE_BYTES = 192;
const WIDTH = 80;
const LITERALS = 96;
const LOW = 128;
const HIGH = 160;
const MOST_WIDTH = 32;

/** How the kernel writes dates of one strptime pattern in another. */
export interface DateMoves {
  readonly table: Buffer;
  readonly width: number;
  /** What is written never needs quotes. */
  readonly isPlain: boolean;
}

/** Undefined where the host has to do it: the width of a date varies, or the second pattern states what the first does not. */
export function dateMoves(inputFormat: string, outputFormat: string): DateMoves | undefined {
  const layout = calendarLayout(inputFormat);
  const source = fixedLayout(inputFormat);
  const target = fixedLayout(outputFormat);
  if (!layout || !source || !target || target.width > MOST_WIDTH) return undefined;
  const table = Buffer.alloc(TABLE_BYTES);
  layout.copy(table);
  table.writeUInt32LE(target.width, WIDTH);
  table.fill(0xff, LOW);
  for (const { offset, byte } of target.literals) table[LITERALS + offset] = byte;
  for (const { offset, directive, width } of target.pieces) {
    const piece = source.pieces.find((one) => one.directive === directive);
    if (!piece) return undefined;
    for (let digit = 0; digit < width; digit++) {
      const place = piece.offset + digit;
      if (place < 16) table[LOW + offset + digit] = place;
      else table[HIGH + offset + digit] = place - 16;
    }
  }
  return { table, width: target.width, isPlain: !NEEDS_QUOTES.test(outputFormat) };
}
