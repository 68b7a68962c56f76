import { allFit, padded, startFitting } from './decimals';
import {
  coefficientOf,
  giveNumberUp,
  magnitude,
  MOST_SCALE,
  NULL,
  powerOfTen,
  scaleOf,
  setNull,
  setNumber,
} from './registers';
import { Operation } from './schema';

/* Numbers with a stated count of digits behind the point. */

/** How the last digit is rounded; names as in SQL. */
export const HALF_EVEN: u32 = 0;
export const HALF_UP: u32 = 1;
export const HALF_DOWN: u32 = 2;
export const UP: u32 = 3;
export const DOWN: u32 = 4;
export const CEILING: u32 = 5;
export const FLOOR: u32 = 6;

/** Rounds numbers to the scale `a` as `b` says, or pads them with zeros. */
export function roundNumbers(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const scale = operation.a;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const has = scaleOf(from, row);
    const coefficient = coefficientOf(from, row);
    if (has == scale || has == NULL) {
      setNumber(to, row, coefficient, has);
    } else if (has > scale) {
      setNumber(to, row, roundedQuotient(coefficient, powerOfTen(has - scale), operation.b), scale);
    } else {
      startFitting();
      const wide = padded(coefficient, scale - has);
      if (allFit()) setNumber(to, row, wide, scale);
      else giveNumberUp(to, row);
    }
  }
}

/** Divides the numbers of a register by those of the one at `a`, to the scale and with the rounding of `b`. */
export function divideNumbers(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const other = <usize>operation.a;
  const to = <usize>operation.to;
  const scale = operation.b & 0xff;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const a = scaleOf(from, row);
    const b = scaleOf(other, row);
    if ((a == NULL) | (b == NULL)) {
      setNull(to, row);
      continue;
    }
    const digits = <i32>(scale + b) - <i32>a;
    const divisor = coefficientOf(other, row);
    if (divisor == 0 || digits > <i32>MOST_SCALE || -digits > <i32>MOST_SCALE) {
      giveNumberUp(to, row);
      continue;
    }
    startFitting();
    const dividend = padded(coefficientOf(from, row), max(digits, 0));
    const whole = padded(divisor, max(-digits, 0));
    if (allFit()) setNumber(to, row, roundedQuotient(dividend, whole, operation.b >> 8), scale);
    else giveNumberUp(to, row);
  }
}

function roundedQuotient(dividend: i64, divisor: i64, rounding: u32): i64 {
  const quotient = dividend / divisor;
  const rest = magnitude(dividend - quotient * divisor);
  if (rest == 0) return quotient;
  const negative = dividend < 0 != divisor < 0;
  // Compared with what is left to the divisor: below zero under half, zero at half.
  const half = rest - (magnitude(divisor) - rest);
  return movesAway(rounding, negative, half, (quotient & 1) != 0) ? quotient + (negative ? -1 : 1) : quotient;
}

/** Whether a quotient that was cut towards zero moves one away from it. */
function movesAway(rounding: u32, negative: bool, half: i64, odd: bool): bool {
  switch (rounding) {
    case HALF_EVEN:
      return half > 0 || (half == 0 && odd);
    case HALF_UP:
      return half >= 0;
    case HALF_DOWN:
      return half > 0;
    case UP:
      return true;
    case DOWN:
      return false;
    case CEILING:
      return !negative;
    default:
      return negative;
  }
}
