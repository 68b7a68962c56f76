import { dateOfYear, isDate, type DateTime } from './calendar';
import { DIRECTIVES, type Directive, type DirectivePart, type Reading } from './directives';
import { TextCursor } from './text-cursor';

/** A compiled strptime pattern. */
export interface DateFormat {
  readonly pattern: string;
  /** What the pattern states. */
  readonly parts: ReadonlySet<DirectivePart>;
  /** The date and time that a text states; undefined where it does not fit the pattern, or the calendar has no such day. */
  parse(text: string): DateTime | undefined;
  format(value: DateTime): string;
}

interface Literal {
  readonly literal: string;
}
interface Field {
  readonly directive: Directive;
  /** `%-d`: written without leading zeros. */
  readonly unpadded: boolean;
}

const isLiteral = (piece: Literal | Field): piece is Literal => 'literal' in piece;

/** Says what is wrong with a pattern; undefined where it is sound. */
export function dateFormatProblem(pattern: string): string | undefined {
  const parts = new Set<DirectivePart>();
  for (const [token, , letter] of directivesOf(pattern)) {
    if (letter === '%') continue;
    const directive = directiveOf(letter);
    if (!directive) {
      const known = Object.keys(DIRECTIVES).map((name) => `%${name}`);
      return `unknown directive ${token}, expected one of ${known.join(' ')} %%`;
    }
    if (parts.has(directive.part)) return `${token} states the ${directive.part} a second time`;
    parts.add(directive.part);
  }
  if (parts.size === 0) return 'it has no directive, expected one such as %Y';
  if (parts.has('hour12') !== parts.has('afternoon')) return '%I and %p need each other';
  if (parts.has('hour') && parts.has('hour12')) return '%I states the hour a second time';
  if (parts.has('dayOfYear') && (parts.has('month') || parts.has('day'))) {
    return '%j states the day a second time';
  }
  return undefined;
}

/** Compiles a pattern. Throws an Error that says what is wrong with it. */
export function compileDateFormat(pattern: string): DateFormat {
  const problem = dateFormatProblem(pattern);
  if (problem !== undefined) throw new Error(`bad date format ${JSON.stringify(pattern)}: ${problem}`);
  const pieces: Array<Literal | Field> = [];
  let end = 0;
  for (const match of directivesOf(pattern)) {
    const [token, flag, letter] = match;
    if (match.index > end) pieces.push({ literal: pattern.slice(end, match.index) });
    if (letter === '%') pieces.push({ literal: '%' });
    else pieces.push({ directive: DIRECTIVES[letter], unpadded: flag === '-' });
    end = match.index + token.length;
  }
  if (end < pattern.length) pieces.push({ literal: pattern.slice(end) });
  const fields = pieces.filter((piece): piece is Field => !isLiteral(piece));
  return {
    pattern,
    parts: new Set(fields.map(({ directive }) => directive.part)),
    parse: (text) => {
      const cursor = new TextCursor(text);
      const reading: Reading = {};
      for (const piece of pieces) {
        const fits = isLiteral(piece) ? cursor.literal(piece.literal) : piece.directive.read(cursor, reading);
        if (!fits) return undefined;
      }
      return cursor.atEnd ? resolve(reading) : undefined;
    },
    format: (value) =>
      pieces.map((piece) => (isLiteral(piece) ? piece.literal : write(piece, value))).join(''),
  };
}

/** Matches of `%` with its flag and letter; a `%` at the end has the letter ''. */
function directivesOf(pattern: string): IterableIterator<RegExpExecArray> {
  return pattern.matchAll(/%(-?)([^]?)/gu);
}

function directiveOf(letter: string): Directive | undefined {
  return Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined;
}

function write({ directive, unpadded }: Field, value: DateTime): string {
  const text = directive.write(value);
  return unpadded ? text.replace(/^0+(?=[0-9])/, '') : text;
}

/** The DateTime that a reading states; undefined where the calendar has no such day. */
function resolve(reading: Reading): DateTime | undefined {
  const { year = 1900, hour12, afternoon } = reading;
  const date =
    reading.dayOfYear === undefined
      ? { month: reading.month ?? 1, day: reading.day ?? 1 }
      : dateOfYear(year, reading.dayOfYear);
  if (!date || !isDate(year, date.month, date.day)) return undefined;
  return {
    year,
    ...date,
    hour: hour12 === undefined ? (reading.hour ?? 0) : (hour12 % 12) + (afternoon ? 12 : 0),
    minute: reading.minute ?? 0,
    second: reading.second ?? 0,
    nanosecond: reading.nanosecond ?? 0,
    offsetMinutes: reading.offsetMinutes,
  };
}
