import { dayNumber, isDate, type DateTime } from './calendar';

const DATE = '([0-9]{4})-([0-9]{2})-([0-9]{2})';
const TIME = '([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2})?';
const ISO_DATE = new RegExp(`^${DATE}$`);
const ISO_TIME = new RegExp(`^${TIME}$`);
const ISO_DATETIME = new RegExp(`^${DATE}T${TIME}$`);

const MIDNIGHT = { hour: 0, minute: 0, second: 0, nanosecond: 0, offsetMinutes: undefined };

/** Reads `YYYY-MM-DD`, the default format of a date. */
export function parseIsoDate(text: string): DateTime | undefined {
  const match = ISO_DATE.exec(text);
  return match ? joined(dateOf(match.slice(1)), MIDNIGHT) : undefined;
}

/** Reads `hh:mm:ss`, the default format of a time; a fraction and an offset (`Z`, `+01:00`) may follow. */
export function parseIsoTime(text: string): DateTime | undefined {
  const match = ISO_TIME.exec(text);
  return match ? joined({ year: 1900, month: 1, day: 1 }, timeOf(match.slice(1))) : undefined;
}

/** Reads `YYYY-MM-DDThh:mm:ssZ`, the default format of a datetime; a fraction may stand, an offset may differ or be absent. */
export function parseIsoDateTime(text: string): DateTime | undefined {
  const match = ISO_DATETIME.exec(text);
  return match ? joined(dateOf(match.slice(1)), timeOf(match.slice(4))) : undefined;
}

/** Writes `YYYY-MM-DD`. */
export function formatIsoDate({ year, month, day }: DateTime): string {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Writes `YYYY-MM-DDThh:mm:ss`, then the fraction where there is one, then `Z` or the offset where one was written. */
export function formatIsoDateTime(value: DateTime): string {
  const { hour, minute, second, nanosecond, offsetMinutes: offset } = value;
  const fraction = nanosecond === 0 ? '' : `.${pad(nanosecond, 9).replace(/0+$/, '')}`;
  return `${formatIsoDate(value)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}${fraction}${formatOffset(offset)}`;
}

/**
 * Day number (days from 1970-01-01) of the ISO date in the bytes `data[start .. end)`; NaN where there is none. Gives
 * just what parseIsoDate gives, without decoding text.
 */
export function isoDayNumber(data: Buffer, start: number, end: number): number {
  if (end - start !== 10 || data[start + 4] !== 0x2d || data[start + 7] !== 0x2d) return NaN;
  let digits = 0;
  for (let at = start; at < end; at++) {
    if (at === start + 4 || at === start + 7) continue;
    const digit = data[at] - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    digits = digits * 10 + digit;
  }
  const day = digits % 100;
  const month = Math.trunc(digits / 100) % 100;
  const year = Math.trunc(digits / 10_000);
  return isDate(year, month, day) ? dayNumber(year, month, day) : NaN;
}

type CalendarDate = Pick<DateTime, 'year' | 'month' | 'day'>;
type ClockTime = Omit<DateTime, keyof CalendarDate>;

function joined(date: CalendarDate | undefined, time: ClockTime | undefined): DateTime | undefined {
  return date && time ? { ...date, ...time } : undefined;
}

function dateOf(groups: readonly string[]): CalendarDate | undefined {
  const [year, month, day] = groups.map(Number);
  return isDate(year, month, day) ? { year, month, day } : undefined;
}

function timeOf([hours, minutes, seconds, fraction = '0', zone]: readonly string[]): ClockTime | undefined {
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  const offsetMinutes = offsetOf(zone);
  // 60 is a leap second, which the reference formats allow.
  if (hour > 23 || minute > 59 || second > 60 || Number.isNaN(offsetMinutes)) return undefined;
  return { hour, minute, second, nanosecond: Number(fraction.padEnd(9, '0')), offsetMinutes };
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === 'Z') return 0;
  const [hours, minutes] = zone.slice(1).split(':').map(Number);
  if (hours > 23 || minutes > 59) return NaN;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) + 0;
}

function formatOffset(offset: number | undefined): string {
  if (offset === undefined) return '';
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
