import { canonicalCoefficient, type Decimal } from './decimal';
import { DEFAULT_ROUNDING, roundedBigQuotient, roundedQuotient } from './rounding';
import type { Rounding } from '../transforms/transform-spec';

/** Powers of ten that are safe integers. */
const SMALL_POWERS = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

const ONE: Decimal = { coefficient: 1, scale: 0 };

/** A coefficient times a power of ten. */
function shifted(coefficient: number | bigint, digits: number): number | bigint {
  if (digits === 0) return coefficient;
  if (typeof coefficient === 'number' && digits < SMALL_POWERS.length) {
    // Exact, since a product that is no safe integer never rounds to one.
    const product = coefficient * SMALL_POWERS[digits];
    if (Number.isSafeInteger(product)) return product;
  }
  return BigInt(coefficient) * 10n ** BigInt(digits);
}

/** a + b, exact; the scale is the larger one. */
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const left = shifted(a.coefficient, scale - a.scale);
  const right = shifted(b.coefficient, scale - b.scale);
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return { coefficient: sum, scale };
  }
  return { coefficient: canonicalCoefficient(BigInt(left) + BigInt(right)), scale };
}

/** -a. */
export function negate(a: Decimal): Decimal {
  const { coefficient, scale } = a;
  return { coefficient: typeof coefficient === 'number' ? 0 - coefficient : -coefficient, scale };
}

/** a - b, exact; the scale is the larger one. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

/** |a|. */
export function absolute(a: Decimal): Decimal {
  return a.coefficient < 0 ? negate(a) : a;
}

/** a x b, exact; the scale is the sum of both. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  const scale = a.scale + b.scale;
  if (typeof a.coefficient === 'number' && typeof b.coefficient === 'number') {
    const product = a.coefficient * b.coefficient;
    if (Number.isSafeInteger(product)) return { coefficient: product + 0, scale };
  }
  return { coefficient: canonicalCoefficient(BigInt(a.coefficient) * BigInt(b.coefficient)), scale };
}

/** a / b rounded to just `scale` digits after the point; undefined where b is zero. */
export function divide(
  a: Decimal,
  b: Decimal,
  scale: number,
  rounding: Rounding = DEFAULT_ROUNDING,
): Decimal | undefined {
  if (isZero(b)) return undefined;
  const digits = scale + b.scale - a.scale;
  const dividend = shifted(a.coefficient, Math.max(0, digits));
  const divisor = shifted(b.coefficient, Math.max(0, -digits));
  if (typeof dividend === 'number' && typeof divisor === 'number') {
    return { coefficient: roundedQuotient(dividend, divisor, rounding), scale };
  }
  const quotient = roundedBigQuotient(BigInt(dividend), BigInt(divisor), rounding);
  return { coefficient: canonicalCoefficient(quotient), scale };
}

/** What is left of a after taking b away a whole number of times; has the sign of a, as in SQL. Undefined where b is zero. */
export function remainder(a: Decimal, b: Decimal): Decimal | undefined {
  if (isZero(b)) return undefined;
  const scale = Math.max(a.scale, b.scale);
  const left = shifted(a.coefficient, scale - a.scale);
  const right = shifted(b.coefficient, scale - b.scale);
  if (typeof left === 'number' && typeof right === 'number') {
    return { coefficient: (left % right) + 0, scale };
  }
  return { coefficient: canonicalCoefficient(BigInt(left) % BigInt(right)), scale };
}

/** a with just `scale` digits after the point: rounded where it has more, padded with zeros where it has fewer. */
export function round(a: Decimal, scale: number, rounding: Rounding = DEFAULT_ROUNDING): Decimal {
  return a.scale === scale ? a : divide(a, ONE, scale, rounding)!;
}

/** Below zero where a < b, zero where they are equal in value (1.5 and 1.50 are), above zero where a > b. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const left = shifted(a.coefficient, scale - a.scale);
  const right = shifted(b.coefficient, scale - b.scale);
  // JavaScript compares a number with a bigint by value.
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isZero(a: Decimal): boolean {
  return a.coefficient === 0;
}
