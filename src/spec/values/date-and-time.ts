import { GENERAL_CONSTRAINTS, ORDER_CONSTRAINTS, type ValueType } from './value-type';
import { compareDateTimes, epochSecond, type DateTime } from '../dates/calendar';
import { compileDateFormat, dateFormatProblem } from '../dates/date-format';
import { parseIsoDate, parseIsoDateTime, parseIsoTime } from '../dates/iso';

type Parse = (text: string) => DateTime | undefined;

/** Dates that format `any` reads beside ISO. None in which day and month could be taken for each other. */
const ANY_DATE = ['%Y/%m/%d', '%Y.%m.%d', '%Y%m%d', '%d %b %Y', '%d %B %Y', '%b %d, %Y', '%B %d, %Y'];
const ANY_TIME = ['%H:%M:%S', '%H:%M', '%I:%M:%S %p', '%I:%M %p'];
const ANY_DATETIME = ['%Y-%m-%d', ...ANY_DATE].flatMap((date) =>
  ANY_TIME.map((time) => `${date} ${time}`).concat(`${date} %H:%M:%S.%f`),
);

/** The first of some readings that fits. */
function firstOf(readings: readonly Parse[]): Parse {
  return (text) => {
    for (const reading of readings) {
      const value = reading(text);
      if (value) return value;
    }
    return undefined;
  };
}

function calendarType(iso: Parse, anyPatterns: readonly string[], isoOfAny: readonly Parse[]): ValueType {
  let anyFormat: Parse | undefined;
  return {
    properties: [],
    constraints: [...GENERAL_CONSTRAINTS, ...ORDER_CONSTRAINTS],
    formatProblem: (format) => {
      if (format === 'default' || format === 'any') return undefined;
      const problem = dateFormatProblem(format);
      return problem && `"default", "any" or a strptime format (${problem})`;
    },
    reader: ({ format }) => {
      // Compiled when it is first asked for: most schemas never do.
      const any = () =>
        (anyFormat ??= firstOf([...isoOfAny, ...anyPatterns.map((one) => compileDateFormat(one).parse)]));
      const read = format === 'default' ? iso : format === 'any' ? any() : compileDateFormat(format).parse;
      return { read, compare: compareDateTimes, key };
    },
  };
}

/** The instant: the same time written with two offsets is one value. */
function key(value: DateTime): string {
  return `${epochSecond(value)}.${value.nanosecond}`;
}

export const DATE = calendarType(parseIsoDate, ANY_DATE, [parseIsoDate]);
export const TIME = calendarType(parseIsoTime, ANY_TIME, [parseIsoTime]);
export const DATETIME = calendarType(parseIsoDateTime, ANY_DATETIME, [parseIsoDateTime, parseIsoDate]);
