import { dayOfWeek, dayOfYear, type DateTime } from './calendar';
import { TextCursor } from './text-cursor';

/** What a format has read so far; the names are those of DateTime where the meaning is the same. */
export interface Reading {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  hour?: number;
  hour12?: number;
  afternoon?: boolean;
  minute?: number;
  second?: number;
  nanosecond?: number;
  offsetMinutes?: number;
}

/** What a directive says something about; a format must not say the same twice. */
export type DirectivePart = keyof Reading | 'weekday';

export interface Directive {
  readonly part: DirectivePart;
  readonly meaning: string;
  /** Reads its part at the cursor; false where the text does not fit. */
  readonly read: (cursor: TextCursor, reading: Reading) => boolean;
  readonly write: (value: DateTime) => string;
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const short = (name: string) => name.slice(0, 3);

const pad = (value: number, width: number) => String(value).padStart(width, '0');
const hour12 = (hour: number) => (hour % 12 === 0 ? 12 : hour % 12);

type NumberPart = Exclude<keyof Reading, 'afternoon'>;

/** A directive that is a number of one to `digits` digits between two bounds. */
function numeric(
  part: NumberPart,
  digits: number,
  [least, most]: readonly [number, number],
  meaning: string,
  valueOf: (value: DateTime) => number,
): Directive {
  return {
    part,
    meaning,
    read: (cursor, reading) => {
      const value = cursor.number(1, digits, most);
      if (value === undefined || value < least) return false;
      reading[part] = value;
      return true;
    },
    write: (value) => pad(valueOf(value), digits),
  };
}

/** A directive that is one of some names, in any case; a longer name is tried before one that it begins with. */
function named(
  part: 'month' | 'weekday',
  names: readonly string[],
  meaning: string,
  indexOf: (value: DateTime) => number,
): Directive {
  return {
    part,
    meaning,
    read: (cursor, reading) => {
      const index = cursor.name(names);
      if (index < 0) return false;
      // The reference implementation (Python's strptime) reads the name of a weekday, and does not compare it.
      if (part === 'month') reading.month = index + 1;
      return true;
    },
    write: (value) => names[indexOf(value)],
  };
}

function writeOffset({ offsetMinutes }: DateTime): string {
  if (offsetMinutes === undefined) return '';
  const minutes = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
}

const monthIndex = (value: DateTime) => value.month - 1;

/**
 * Every directive that a date format may hold, with the meaning of Python's strptime and strftime, which Table Schema
 * refers to (https://docs.python.org/3/library/datetime.html#strftime-and-strptime-format-codes). Names are English.
 */
export const DIRECTIVES: Readonly<Record<string, Directive>> = {
  Y: {
    part: 'year',
    meaning: 'year of four digits',
    read: (cursor, reading) => {
      reading.year = cursor.number(4, 4, 9999);
      return reading.year !== undefined;
    },
    write: ({ year }) => pad(year, 4),
  },
  y: {
    part: 'year',
    meaning: 'year of two digits: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068 (POSIX)',
    read: (cursor, reading) => {
      const value = cursor.number(2, 2, 99);
      if (value === undefined) return false;
      reading.year = value < 69 ? 2000 + value : 1900 + value;
      return true;
    },
    write: ({ year }) => pad(year % 100, 2),
  },
  m: numeric('month', 2, [1, 12], 'month, 1 to 12', ({ month }) => month),
  d: numeric('day', 2, [1, 31], 'day of the month, 1 to 31', ({ day }) => day),
  H: numeric('hour', 2, [0, 23], 'hour, 0 to 23', ({ hour }) => hour),
  I: numeric('hour12', 2, [1, 12], 'hour, 1 to 12; needs %p', ({ hour }) => hour12(hour)),
  M: numeric('minute', 2, [0, 59], 'minute, 0 to 59', ({ minute }) => minute),
  S: numeric('second', 2, [0, 60], 'second, 0 to 59, or 60 in a leap second', ({ second }) => second),
  j: numeric('dayOfYear', 3, [1, 366], 'day of the year, 1 to 366', dayOfYear),
  b: named('month', MONTHS.map(short), 'month as a short name (Jan)', monthIndex),
  B: named('month', MONTHS, 'month as a full name (January)', monthIndex),
  a: named('weekday', WEEKDAYS.map(short), 'weekday as a short name (Mon)', dayOfWeek),
  A: named('weekday', WEEKDAYS, 'weekday as a full name (Monday)', dayOfWeek),
  p: {
    part: 'afternoon',
    meaning: 'AM or PM; needs %I',
    read: (cursor, reading) => {
      const index = cursor.name(['AM', 'PM']);
      reading.afternoon = index === 1;
      return index >= 0;
    },
    write: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  },
  f: {
    part: 'nanosecond',
    meaning: 'fraction of a second, 1 to 9 digits read, 6 written',
    read: (cursor, reading) => {
      reading.nanosecond = cursor.fraction();
      return reading.nanosecond !== undefined;
    },
    write: ({ nanosecond }) => pad(Math.floor(nanosecond / 1000), 6),
  },
  z: {
    part: 'offsetMinutes',
    meaning: 'offset from UTC: +hhmm, +hh:mm or Z',
    read: (cursor, reading) => {
      reading.offsetMinutes = cursor.offset();
      return reading.offsetMinutes !== undefined;
    },
    write: writeOffset,
  },
  Z: {
    part: 'offsetMinutes',
    meaning: 'name of the time zone: UTC, GMT or Z',
    read: (cursor, reading) => {
      reading.offsetMinutes = 0;
      return cursor.name(['UTC', 'GMT', 'Z']) >= 0;
    },
    // Any other zone has no one name.
    write: (value) => (value.offsetMinutes === 0 ? 'UTC' : writeOffset(value)),
  },
};
