import type { Rounding } from '../transforms/transform-spec';

/** What a rounding mode looks at once an integer division has left a remainder. */
interface Remainder {
  readonly negative: boolean;
  /** The remainder against half of the divisor: -1 below, 0 just half, 1 above. */
  readonly half: number;
  readonly quotientIsOdd: boolean;
}

/** For each mode: whether the quotient, cut towards zero, moves one away from zero. Names as in SQL and Java. */
const MOVES_AWAY: Readonly<Record<Rounding, (remainder: Remainder) => boolean>> = {
  'half-even': ({ half, quotientIsOdd }) => half > 0 || (half === 0 && quotientIsOdd),
  'half-up': ({ half }) => half >= 0,
  'half-down': ({ half }) => half > 0,
  up: () => true,
  down: () => false,
  ceiling: ({ negative }) => !negative,
  floor: ({ negative }) => negative,
};

/** The names of all rounding modes. */
export const ROUNDINGS = Object.keys(MOVES_AWAY) as readonly Rounding[];

/** Used wherever none is stated: it does not drift over many rows. */
export const DEFAULT_ROUNDING: Rounding = 'half-even';

/** Quotient of two safe integers, rounded to an integer. */
export function roundedQuotient(dividend: number, divisor: number, rounding: Rounding): number {
  const remainder = dividend % divisor;
  const quotient = (dividend - remainder) / divisor;
  if (remainder === 0) return quotient + 0;
  const negative = dividend < 0 !== divisor < 0;
  const rest = Math.abs(remainder);
  // Compared with what is left to the divisor, since twice the remainder may be no safe integer.
  const half = Math.sign(rest - (Math.abs(divisor) - rest));
  const away = MOVES_AWAY[rounding]({ negative, half, quotientIsOdd: quotient % 2 !== 0 });
  return (away ? quotient + (negative ? -1 : 1) : quotient) + 0;
}

/** Quotient of two integers of any size, rounded to an integer. */
export function roundedBigQuotient(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const remainder = dividend % divisor;
  const quotient = dividend / divisor;
  if (remainder === 0n) return quotient;
  const negative = dividend < 0n !== divisor < 0n;
  const twice = 2n * (remainder < 0n ? -remainder : remainder);
  const whole = divisor < 0n ? -divisor : divisor;
  const half = twice === whole ? 0 : twice > whole ? 1 : -1;
  const away = MOVES_AWAY[rounding]({ negative, half, quotientIsOdd: quotient % 2n !== 0n });
  return away ? quotient + (negative ? -1n : 1n) : quotient;
}
