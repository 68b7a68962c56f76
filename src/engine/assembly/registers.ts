import { leave } from './layout';

/*
 * A register holds one exact number for each record of a batch: 8 bytes of coefficient each, then a byte each for the
 * scale, the digits behind the point. Truth values are 0 and 1. Registers lie where the host puts them.
 */

/** From the coefficients to the scales. */
const SCALES: usize = 8 * 1024;

/** Scale of a number that is missing. */
export const NULL: u32 = 255;

/** Larger scales are left to the host: so powers of ten fit. */
export const MOST_SCALE: u32 = 18;

// @ts-ignore: decorator
@inline
export function coefficientOf(register: usize, row: usize): i64 {
  return load<i64>(register + (row << 3));
}

// @ts-ignore: decorator
@inline
export function scaleOf(register: usize, row: usize): u32 {
  return load<u8>(register + row, SCALES);
}

// @ts-ignore: decorator
@inline
export function setNumber(register: usize, row: usize, coefficient: i64, scale: u32): void {
  store<i64>(register + (row << 3), coefficient);
  store<u8>(register + row, scale, SCALES);
}

// @ts-ignore: decorator
@inline
export function setNull(register: usize, row: usize): void {
  setNumber(register, row, 0, NULL);
}

/** Leaves a record to the host: the number is odd, or too large. */
export function giveNumberUp(register: usize, row: usize): void {
  setNull(register, row);
  leave(row);
}

/** Powers of ten up to 10^18. */
const POWERS: usize = memory.data<u64>([
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
  1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
  1000000000000000000,
]);

// @ts-ignore: decorator
@inline
export function powerOfTen(exponent: u32): i64 {
  return load<i64>(POWERS + (<usize>exponent << 3));
}

/** Whether a product surely has no more than 62 bits. */
// @ts-ignore: decorator
@inline
export function isSmallProduct(a: i64, b: i64): bool {
  return clz(magnitude(a)) + clz(magnitude(b)) >= 66;
}

// @ts-ignore: decorator
@inline
export function magnitude(number: i64): i64 {
  return select(-number, number, number < 0);
}
