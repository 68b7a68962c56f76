import { CalendarLayout } from '../values';

/*
 * Numbers of days and seconds of dates and times that isCalendar has accepted. Minute and second stand in the layout's
 * bytes 8 and 9: places of two digits, 255 where it has none.
 */

const MINUTE: usize = 8;
const SECOND: usize = 9;
const ABSENT: u32 = 255;

/** Days of a common year before each month. */
const DAYS_BEFORE: usize = memory.data<u16>([0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]);

/** From 0000-01-01 to 1970-01-01. */
const DAYS_TO_1970: i32 = 719528;
/** Leap years among the 399 that the year is put forward by. */
const LEAP_YEARS: i32 = 96;

/** Days from 1970-01-01 of a date whose year, month and day are written. */
// @ts-ignore: decorator
@inline
export function dayOf(at: usize, layout: CalendarLayout): i32 {
  const year = twoDigits(at + layout.year) * 100 + twoDigits(at + layout.year + 2);
  const month = twoDigits(at + layout.month);
  const day = twoDigits(at + layout.day);
  // The leap day of a year counts from March on.
  const leaping = year + (month <= 2 ? 399 : 400);
  const leapDays = <i32>(leaping / 4 - leaping / 100 + leaping / 400) - LEAP_YEARS;
  return (
    <i32>(year * 365 + <u32>load<u16>(DAYS_BEFORE + (<usize>month << 1)) + day) - 1 + leapDays - DAYS_TO_1970
  );
}

// @ts-ignore: decorator
@inline
export function secondOfDay(at: usize, layout: CalendarLayout): u32 {
  const hour = part(at, layout.hour);
  const minute = part(at, load<u8>(changetype<usize>(layout), MINUTE));
  const second = part(at, load<u8>(changetype<usize>(layout), SECOND));
  return (hour * 60 + minute) * 60 + second;
}

// @ts-ignore: decorator
@inline
function part(at: usize, place: u32): u32 {
  return place == ABSENT ? 0 : twoDigits(at + place);
}

// @ts-ignore: decorator
@inline
function twoDigits(at: usize): u32 {
  return (<u32>load<u8>(at) - 0x30) * 10 + <u32>load<u8>(at, 1) - 0x30;
}
