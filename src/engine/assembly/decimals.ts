import { bitsOf, digitMask, parseAroundPoint, parseDigits } from './bits';
import {
  coefficientOf,
  giveNumberUp,
  isSmallProduct,
  magnitude,
  MOST_SCALE,
  NULL,
  powerOfTen,
  scaleOf,
  setNull,
  setNumber,
} from './registers';
import { Operation } from './schema';
import { cellEnd, cellStart, giveUp, keepUntil, room, setCell } from './slots';

/* Exact arithmetic with registers. Whatever does not surely fit 62 bits, or is written oddly, is left to the host. */

const MINUS: u32 = 0x2d;
const POINT: u32 = 0x2e;
const ZERO: u64 = 0x30;

/** Reads the numbers of a slot: up to 16 digits with at most one point between them, a minus before them or not. */
export function readNumbers(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const start = <usize>cellStart(from, row);
    const length = cellEnd(from, row) - <u32>start;
    if (length == 0) {
      setNull(to, row);
      continue;
    }
    const sign: u32 = load<u8>(start) == MINUS ? 1 : 0;
    const at = start + sign;
    const digits = length - sign;
    if (digits - 1 >= 16) {
      giveNumberUp(to, row);
      continue;
    }
    const all = bitsOf(digits);
    const others = (digitMask(at) & all) ^ all;
    let coefficient: i64;
    let scale: u32 = 0;
    if (others == 0) {
      coefficient = parseDigits(at, digits);
    } else {
      const whole = <u32>ctz(others);
      const isPoint = ((others & (others - 1)) == 0) & (whole - 1 < digits - 2) & (load<u8>(at + whole) == POINT);
      if (!isPoint) {
        giveNumberUp(to, row);
        continue;
      }
      scale = digits - whole - 1;
      coefficient =
        digits <= 8
          ? parseAroundPoint(at, digits, whole)
          : parseDigits(at, whole) * powerOfTen(scale) + parseDigits(at + whole + 1, scale);
    }
    setNumber(to, row, select<i64>(-coefficient, coefficient, sign), scale);
  }
}

/** A coefficient with more digits behind its point; `fits` says whether it could be had. */
let fits: bool = true;

// @ts-ignore: decorator
@inline
export function padded(coefficient: i64, digits: u32): i64 {
  const power = powerOfTen(digits);
  if (digits > 0 && !isSmallProduct(coefficient, power)) fits = false;
  return coefficient * power;
}

// @ts-ignore: decorator
@inline
export function startFitting(): void {
  fits = true;
}

// @ts-ignore: decorator
@inline
export function allFit(): bool {
  return fits;
}

/** Adds the numbers of two registers, or takes those of the second from those of the first. */
export function addNumbers(operation: Operation, rows: u32, subtract: bool): void {
  const from = <usize>operation.from;
  const other = <usize>operation.a;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const a = scaleOf(from, row);
    const b = scaleOf(other, row);
    if ((a == NULL) | (b == NULL)) {
      setNull(to, row);
      continue;
    }
    const scale = max(a, b);
    startFitting();
    const left = padded(coefficientOf(from, row), scale - a);
    const right = padded(coefficientOf(other, row), scale - b);
    const sum = subtract ? left - right : left + right;
    // Both have 62 bits at most, so the sum is right; it has to be as small again.
    if (allFit() && clz(magnitude(sum)) >= 2) setNumber(to, row, sum, scale);
    else giveNumberUp(to, row);
  }
}

export function multiplyNumbers(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const other = <usize>operation.a;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const scale = scaleOf(from, row) + scaleOf(other, row);
    if (scale >= NULL) {
      setNull(to, row);
      continue;
    }
    const left = coefficientOf(from, row);
    const right = coefficientOf(other, row);
    if (scale <= MOST_SCALE && isSmallProduct(left, right)) setNumber(to, row, left * right, scale);
    else giveNumberUp(to, row);
  }
}

export function negateNumbers(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    setNumber(to, row, -coefficientOf(from, row), scaleOf(from, row));
  }
}

/** Leaves records to the host whose number has digits other than zeros behind the point; takes off the zeros. */
export function wholeNumbers(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const scale = scaleOf(from, row);
    if (scale == NULL) {
      setNull(to, row);
      continue;
    }
    const power = powerOfTen(scale);
    const coefficient = coefficientOf(from, row);
    if (coefficient % power == 0) setNumber(to, row, coefficient / power, 0);
    else giveNumberUp(to, row);
  }
}

/** The eight digits of a number below 10^8, the first one in the lowest byte. */
// @ts-ignore: decorator
@inline
function eightDigits(number: u64): u64 {
  // Halves, then quarters, then digits, each step on all parts at once.
  const halves = number / 10000 | (number % 10000 << 32);
  const hundreds = ((halves * 10486) >> 20) & 0x0000007f0000007f;
  const quarters = hundreds | ((halves - hundreds * 100) << 16);
  const tens = ((quarters * 103) >> 10) & 0x000f000f000f000f;
  return (tens | ((quarters - tens * 10) << 8)) | 0x3030303030303030;
}

/** No number takes more: sign, digits, zeros before them, point. */
const MOST_BYTES: u32 = 48;

/** Writes the canonical texts of numbers to the arena. */
export function writeNumbers(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const scale = scaleOf(from, row);
    const start = room(MOST_BYTES);
    if (scale == NULL) {
      setCell(to, row, 0, 0);
      continue;
    }
    if (start == 0) {
      giveUp(to, row);
      continue;
    }
    const coefficient = coefficientOf(from, row);
    let put = start;
    if (coefficient < 0) store<u8>(put++, <u8>MINUS);
    const number = <u64>magnitude(coefficient);
    put = number < 100000000 && scale < 8 ? writeShort(number, scale, put) : writeLong(number, scale, put);
    keepUntil(put);
    setCell(to, row, start, put);
  }
}

/** Writes a number of eight digits at most. */
// @ts-ignore: decorator
@inline
function writeShort(number: u64, scale: u32, put: u32): u32 {
  const digits = eightDigits(number);
  // At least one digit stands before the point.
  const zeros = <u32>ctz((digits ^ 0x3030303030303030) | ((<u64>1 << 63) >> (<u64>scale << 3))) >> 3;
  const whole = 8 - zeros - scale;
  store<u64>(put, digits >> (<u64>zeros << 3));
  if (scale == 0) return put + whole;
  store<u8>(put + whole, <u8>POINT);
  store<u64>(put + whole + 1, digits >> (<u64>(8 - scale) << 3));
  return put + whole + 1 + scale;
}

function writeLong(number: u64, scale: u32, put: u32): u32 {
  let digits: u32 = 1;
  for (let left = number / 10; left > 0; left /= 10) digits++;
  if (digits <= scale) digits = scale + 1;
  let at = put + digits + (scale > 0 ? 1 : 0);
  const end = at;
  let left = number;
  for (let digit: u32 = 0; digit < digits; digit++) {
    if (digit == scale && scale > 0) store<u8>(--at, <u8>POINT);
    store<u8>(--at, <u8>(ZERO + (left % 10)));
    left /= 10;
  }
  return end;
}
