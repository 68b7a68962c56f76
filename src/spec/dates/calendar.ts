/**
 * A date and time as it is written; no time zone is ever applied by itself. What a format does not state is the
 * default: 1900-01-01 (as strptime has it), 00:00:00, no offset.
 */
export interface DateTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 0 to 59; 60 where a leap second is written. */
  readonly second: number;
  readonly nanosecond: number;
  /** Minutes east of UTC; undefined where none is written. */
  readonly offsetMinutes: number | undefined;
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const SECONDS_OF_DAY = 86_400;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysOfMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : DAYS_OF_MONTH[month - 1];
}

/** Whether the calendar has this day. */
export function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);
}

/** Days from 1970-01-01 in the Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms", days_from_civil). */
export function dayNumber(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const marchDay = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + marchDay;
  return era * 146_097 + dayOfEra - 719_468;
}

/** 1 for the first of January. */
export function dayOfYear({ year, month, day }: DateTime): number {
  return dayNumber(year, month, day) - dayNumber(year, 1, 1) + 1;
}

/** 0 for Sunday. */
export function dayOfWeek({ year, month, day }: DateTime): number {
  return (((dayNumber(year, month, day) + 4) % 7) + 7) % 7;
}

/** Month and day of the n-th day of a year; undefined where the year has no such day. */
export function dateOfYear(year: number, nthDay: number): { month: number; day: number } | undefined {
  let month = 1;
  let day = nthDay;
  while (month <= 12 && day > daysOfMonth(year, month)) day -= daysOfMonth(year, month++);
  return month > 12 ? undefined : { month, day };
}

/** Seconds from 1970-01-01T00:00:00Z; a time without an offset counts as UTC. */
export function epochSecond(value: DateTime): number {
  const ofDay = value.hour * 3600 + (value.minute - (value.offsetMinutes ?? 0)) * 60 + value.second;
  return dayNumber(value.year, value.month, value.day) * SECONDS_OF_DAY + ofDay;
}

/** The calendar day of a day number: the inverse of dayNumber (Hinnant, civil_from_days). */
export function dateOfDay(day: number): Pick<DateTime, 'year' | 'month' | 'day'> {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfMarchYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfMarchYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfMarchYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** Date and time that a clock of UTC shows at a second from 1970-01-01T00:00:00Z; without an offset. */
export function dateTimeAt(second: number): DateTime {
  const day = Math.floor(second / SECONDS_OF_DAY);
  const ofDay = second - day * SECONDS_OF_DAY;
  return {
    ...dateOfDay(day),
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
    nanosecond: 0,
    offsetMinutes: undefined,
  };
}

/** Below zero where a is earlier, zero at the same instant, above zero where a is later. */
export function compareDateTimes(a: DateTime, b: DateTime): number {
  return epochSecond(a) - epochSecond(b) || a.nanosecond - b.nanosecond;
}
