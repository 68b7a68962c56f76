import { areDigits, bitsOf, digitMask, digitText, equalMask, firstBytes, numberOf, parseDigits } from './bits';

/*
 * Pure checks of bytes: true where `length` bytes at the place surely are a value. They only accept the common shape of
 * it; false says nothing. They may read up to 31 bytes beyond the value, and never depend on what stands there.
 */

const MINUS: u32 = 0x2d;
const POINT: u32 = 0x2e;
const HYPHEN: u32 = 0x2d;

/** Digits; where it may be `signed`, with a minus before them or not. */
// @ts-ignore: decorator
@inline
export function isInteger(at: usize, length: u32, signed: u32): bool {
  const sign: u32 = load<u8>(at) == MINUS ? signed : 0;
  const digits = length - sign;
  // An empty one is as long as can be after the subtraction.
  if (digits - 1 >= 16) return false;
  const all = bitsOf(digits);
  return (digitMask(at + sign) & all) == all;
}

/** Digits with at most one point between them; where it may be `signed`, a minus before them or not. */
// @ts-ignore: decorator
@inline
export function isNumber(at: usize, length: u32, signed: u32): bool {
  const sign: u32 = load<u8>(at) == MINUS ? signed : 0;
  const digits = length - sign;
  if (digits - 1 >= 16) return false;
  const all = bitsOf(digits);
  const others = (digitMask(at + sign) & all) ^ all;
  return others == 0 || isInnerPoint(at + sign, digits, others);
}

/** Whether the one byte that is no digit is a point between digits. */
// @ts-ignore: decorator
@inline
function isInnerPoint(at: usize, length: u32, others: u32): bool {
  const point = <u32>ctz(others);
  return ((others & (others - 1)) == 0) & (point - 1 < length - 2) & (load<u8>(at + point) == POINT);
}

/** Digits of a bounded number at most, the point among them: its coefficient always fits. */
const BOUNDED_DIGITS: u32 = 15;

/** Powers of ten up to 10^15. */
const POWERS: usize = memory.data<u64>([
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
  1000000000000, 10000000000000, 100000000000000, 1000000000000000,
]);

/**
 * A number whose coefficient lies within the bounds for its scale: a table of the least and the greatest coefficient, as
 * pairs of i64. `scales` is 1 for integers, which have no point.
 */
// @ts-ignore: decorator
@inline
export function isBoundedNumber(at: usize, length: u32, bounds: usize, scales: u32): bool {
  const sign: u32 = load<u8>(at) == MINUS ? 1 : 0;
  const first = at + sign;
  const digits = length - sign;
  if (digits - 1 < 8) {
    const text = digitText(load<u64>(first), digits);
    if (areDigits(text)) return isWithin(numberOf(text), sign, bounds);
  }
  if (digits - 1 >= BOUNDED_DIGITS) return false;
  const all = bitsOf(digits);
  const others = (digitMask(first) & all) ^ all;
  let coefficient: u64;
  let scale: u32 = 0;
  if (others == 0) {
    coefficient = parseDigits(first, digits);
  } else {
    if (scales == 1 || !isInnerPoint(first, digits, others)) return false;
    const whole = <u32>ctz(others);
    scale = digits - whole - 1;
    coefficient =
      parseDigits(first, whole) * load<u64>(POWERS + (<usize>scale << 3)) +
      parseDigits(first + whole + 1, scale);
  }
  return isWithin(coefficient, sign, bounds + (<usize>scale << 4));
}

/** Whether a coefficient lies within two bounds. */
// @ts-ignore: decorator
@inline
function isWithin(coefficient: u64, sign: u32, bounds: usize): bool {
  const signed = select<i64>(-(<i64>coefficient), <i64>coefficient, sign);
  return (signed >= load<i64>(bounds)) & (signed <= load<i64>(bounds, 8));
}

/** Unicode code points of UTF-8: all bytes but those that continue a character. */
// @ts-ignore: decorator
@inline
export function codePoints(at: usize, length: u32): u32 {
  if (length <= 16) return length - <u32>popcnt(continuations(at) & bitsOf(length));
  return codePointsOfLong(at, length);
}

function codePointsOfLong(at: usize, length: u32): u32 {
  let count = length;
  let done: u32 = 0;
  for (; done + 16 <= length; done += 16) count -= <u32>popcnt(continuations(at + done));
  if (done < length) count -= <u32>popcnt(continuations(at + done) & bitsOf(length - done));
  return count;
}

/** Bytes 0x80 to 0xbf: as signed numbers those below -64. */
// @ts-ignore: decorator
@inline
function continuations(at: usize): u32 {
  return <u32>i8x16.bitmask(i8x16.lt_s(v128.load(at), i8x16.splat(-64)));
}

/** Days of each month; of February without the leap day. */
const DAYS: usize = memory.data<u8>([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0]);
/** Stands for what a layout does not have: a January, a first day, and an hour at once. */
const FIRST: usize = memory.data<u8>([0x30, 0x31, 0, 0]);
const COMMON_YEAR: usize = memory.data<u8>([0x31, 0x39, 0x30, 0x30]);
/** Place of a part that the layout does not have. */
const ABSENT: u32 = 255;

/** How dates and times of a fixed width are written: made by the host, 80 bytes. */
@unmanaged
export class CalendarLayout {
  /** Places of `YYYY`, `MM`, `DD` and `hh`. */
  year: u8;
  month: u8;
  day: u8;
  hour: u8;
  width: u32;
}

/** From the layout's beginning to the least byte at each of 32 places, and to the greatest. */
const LEAST: usize = 16;
const GREATEST: usize = 48;

/** A date or time as the layout has it, with a day that the calendar has. */
// @ts-ignore: decorator
@inline
export function isCalendar(at: usize, length: u32, layout: CalendarLayout): bool {
  if (length != layout.width) return false;
  const table = changetype<usize>(layout);
  const low = v128.load(at);
  const high = v128.load(at, 16);
  const wrong = v128.or(
    v128.or(i8x16.lt_u(low, v128.load(table, LEAST)), i8x16.gt_u(low, v128.load(table, GREATEST))),
    v128.or(i8x16.lt_u(high, v128.load(table, LEAST + 16)), i8x16.gt_u(high, v128.load(table, GREATEST + 16))),
  );
  if (v128.any_true(wrong)) return false;
  const month = twoDigits(layout.month == ABSENT ? FIRST : at + layout.month);
  const day = twoDigits(layout.day == ABSENT ? FIRST : at + layout.day);
  const hour = twoDigits(layout.hour == ABSENT ? FIRST : at + layout.hour);
  if ((month - 1 >= 12) | (day == 0) | (hour >= 24)) return false;
  if (day <= <u32>load<u8>(DAYS + month)) return true;
  return month == 2 && day == 29 && isLeap(layout.year == ABSENT ? COMMON_YEAR : at + layout.year);
}

// @ts-ignore: decorator
@inline
function twoDigits(at: usize): u32 {
  return (<u32>load<u8>(at) - 0x30) * 10 + <u32>load<u8>(at, 1) - 0x30;
}

function isLeap(at: usize): bool {
  const century = twoDigits(at);
  const year = twoDigits(at + 2);
  return year == 0 ? (century & 3) == 0 : (year & 3) == 0;
}

/**
 * For each low half of a byte: the high halves, one bit each, with which it may stand before the @ of an address; and
 * those with which it is a hexadecimal digit.
 */
const LOCAL_BYTES: usize = memory.data<u8>([
  0xe8, 0xfc, 0xf8, 0xfc, 0xfc, 0xfc, 0xfc, 0xfc, 0xf8, 0xf8, 0xf4, 0xd4, 0xd0, 0xdc, 0xf4, 0x7c,
]);
const HEX_BYTES: usize = memory.data<u8>([8, 0x58, 0x58, 0x58, 0x58, 0x58, 0x58, 8, 8, 8, 0, 0, 0, 0, 0, 0]);
/** The bit of each high half; none beyond ASCII. */
const HIGH_BITS: usize = memory.data<u8>([1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Bit i is set where byte i at the place is in the set, for 16 bytes. */
// @ts-ignore: decorator
@inline
function memberMask(bytes: v128, set: usize): u32 {
  const low = i8x16.swizzle(v128.load(set), v128.and(bytes, i8x16.splat(0x0f)));
  const high = i8x16.swizzle(v128.load(HIGH_BITS), i8x16.shr_u(bytes, 4));
  return <u32>i8x16.bitmask(i8x16.ne(v128.and(low, high), i8x16.splat(0)));
}

const AT_SIGN: u8 = 0x40;

/** An address of up to 32 bytes: `local@label.label` with labels of letters and digits alone. */
// @ts-ignore: decorator
@inline
export function isEmail(at: usize, length: u32): bool {
  if (length > 32) return false;
  const low = v128.load(at);
  const high = v128.load(at, 16);
  const all = bitsOf(length);
  const sign = (equalMask(low, i8x16.splat(AT_SIGN)) | (equalMask(high, i8x16.splat(AT_SIGN)) << 16)) & all;
  if (sign == 0) return false;
  const labels = letterMask(low) | (letterMask(high) << 16);
  const points = equalMask(low, i8x16.splat(<u8>POINT)) | (equalMask(high, i8x16.splat(<u8>POINT)) << 16);
  const before = sign - 1;
  // Of all else that may stand before the @, addresses hardly ever have any.
  const others = before & ~(labels | points);
  if (others != 0 && ((memberMask(low, LOCAL_BYTES) | (memberMask(high, LOCAL_BYTES) << 16)) & others) != others) {
    return false;
  }
  // One @ only, since none is a label's byte.
  const after = all & ~(before | sign);
  const stops = (points & after) | sign;
  // A label stands behind each stop: the byte behind it is a label's, and inside the address.
  const behind = stops << 1;
  return (
    (before != 0) &
    ((sign & (sign - 1)) == 0) &
    (((labels | points) & after) == after) &
    ((labels & all & behind) == behind) &
    (stops >> (length - 1) == 0)
  );
}

/** Bit i is set where byte i is an ASCII letter or digit. */
// @ts-ignore: decorator
@inline
function letterMask(bytes: v128): u32 {
  const digits = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(10));
  const lower = v128.or(bytes, i8x16.splat(0x20));
  const letters = i8x16.lt_u(i8x16.sub(lower, i8x16.splat(0x61)), i8x16.splat(26));
  return <u32>i8x16.bitmask(v128.or(digits, letters));
}

/** 32 hexadecimal digits in five groups. */
// @ts-ignore: decorator
@inline
export function isUuid(at: usize, length: u32): bool {
  if (length != 36) return false;
  const low = v128.load(at);
  const high = v128.load(at, 16);
  const digits = memberMask(low, HEX_BYTES) | (memberMask(high, HEX_BYTES) << 16);
  const last = memberMask(v128.load(at, 20), HEX_BYTES) >> 12;
  const hyphens =
    equalMask(low, i8x16.splat(<u8>HYPHEN)) | (equalMask(high, i8x16.splat(<u8>HYPHEN)) << 16);
  return (digits == 0xff7bdeff) & (hyphens == 0x00842100) & (last == 15);
}

/** Slots of a set of words; each holds a word's bytes, padded with zeros, and its length. */
const WORD_SHIFT: usize = 5;

/** One of a set of words of 16 bytes at most: `mask` is the number of slots less one, `factor` spreads them. */
// @ts-ignore: decorator
@inline
export function isWord(at: usize, length: u32, table: usize, mask: u32, factor: u32): bool {
  if (length - 1 >= 16) return false;
  const bytes = firstBytes(at, length);
  const hash = wordHash(i64x2.extract_lane(bytes, 0), i64x2.extract_lane(bytes, 1), length, factor);
  const slot = table + (<usize>(hash & mask) << WORD_SHIFT);
  return !v128.any_true(v128.xor(bytes, v128.load(slot))) && load<u32>(slot, 16) == length;
}

/** The host computes the same, see words.ts there. */
// @ts-ignore: decorator
@inline
function wordHash(low: u64, high: u64, length: u32, factor: u32): u32 {
  const folded = <u32>low ^ (<u32>(low >> 32) * 5) ^ (<u32>high * 9) ^ (<u32>(high >> 32) * 17) ^ length;
  return (folded * factor) >> 20;
}
