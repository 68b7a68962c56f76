import { fixedLayout } from '../types/numeric-date';

/** Bytes of a layout, see CalendarLayout of the assembly. */
const LAYOUT_BYTES = 80;
const MOST_WIDTH = 32;
const LEAST = 16;
const GREATEST = 48;
const ABSENT = 255;

/** The least and the greatest digits of each part; which numbers they are is looked at after that. */
const DIGITS: Readonly<Record<string, readonly [string, string]>> = {
  Y: ['0000', '9999'],
  m: ['00', '19'],
  d: ['00', '39'],
  H: ['00', '29'],
  M: ['00', '59'],
  S: ['00', '59'],
};

/** What the kernel tells dates and times of a strptime pattern by; undefined where it does not. */
export function calendarLayout(pattern: string): Buffer | undefined {
  const layout = fixedLayout(pattern);
  if (!layout || layout.width > MOST_WIDTH) return undefined;
  const { pieces, literals, width } = layout;
  const directives = new Set(pieces.map(({ directive }) => directive));
  // Blanks may be written in any number, and a part that stands twice has to be looked at twice.
  if (literals.some(({ byte }) => byte <= 0x20) || directives.size < pieces.length) return undefined;
  const data = Buffer.alloc(LAYOUT_BYTES);
  ['Y', 'm', 'd', 'H'].forEach((directive, index) => {
    data[index] = pieces.find((piece) => piece.directive === directive)?.offset ?? ABSENT;
  });
  data.writeUInt32LE(width, 4);
  data.fill(0xff, GREATEST, GREATEST + MOST_WIDTH);
  for (const { offset, byte } of literals) data[LEAST + offset] = data[GREATEST + offset] = byte;
  for (const { offset, directive } of pieces) {
    const [least, greatest] = DIGITS[directive];
    data.write(least, LEAST + offset, 'latin1');
    data.write(greatest, GREATEST + offset, 'latin1');
  }
  return data;
}
