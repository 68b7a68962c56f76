/**
 * An exact decimal number: coefficient x 10^-scale. The scale is kept, so that 1.50 stays 1.50 (as in SQL and in Java's
 * BigDecimal). The coefficient is a number where it is a safe integer, which is what most files hold, else a bigint.
 */
export interface Decimal {
  readonly coefficient: number | bigint;
  /** Digits after the point; never negative. */
  readonly scale: number;
}

/**
 * Digits of the longest number that is read. A bound on what one cell such as `1e999999999` can cost in memory; far above
 * what data holds.
 */
export const MAX_DECIMAL_DIGITS = 1024;

/** Digits that always fit a safe integer. */
const SAFE_DIGITS = 15;

const ZERO_BYTE = 0x30;
const NINE_BYTE = 0x39;
const POINT_BYTE = 0x2e;
const MINUS_BYTE = 0x2d;

const DECIMAL_TEXT = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;

/** A coefficient in its canonical form. */
export function canonicalCoefficient(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/**
 * Reads a number: an optional sign, digits with at most one point among or around them, an optional exponent
 * (`-1.50`, `.5`, `1e5`). Undefined where the text is no such number, or has more than MAX_DECIMAL_DIGITS digits
 * when written out.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL_TEXT.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  const digits = whole.length + fraction.length;
  if (digits === 0 || digits + Math.abs(exponent) > MAX_DECIMAL_DIGITS) return undefined;
  const scale = fraction.length - exponent;
  const written = whole + fraction + '0'.repeat(Math.max(0, -scale));
  const magnitude = written.length <= SAFE_DIGITS ? Number(written) : BigInt(written);
  const signed = sign === '-' ? -magnitude : magnitude;
  return {
    coefficient: typeof signed === 'bigint' ? canonicalCoefficient(signed) : signed + 0,
    scale: Math.max(0, scale),
  };
}

/** Like parseDecimal, for the bytes `data[start .. end)`; decodes no text for the plain short numbers that files mostly hold. */
export function parseDecimalBytes(data: Buffer, start: number, end: number): Decimal | undefined {
  const negative = data[start] === MINUS_BYTE;
  const first = negative ? start + 1 : start;
  const length = end - first;
  if (length <= 0 || length > SAFE_DIGITS) return parseDecimal(data.toString('latin1', start, end));
  let coefficient = 0;
  let point = -1;
  for (let at = first; at < end; at++) {
    const byte = data[at];
    if (byte >= ZERO_BYTE && byte <= NINE_BYTE) coefficient = coefficient * 10 + (byte - ZERO_BYTE);
    else if (byte === POINT_BYTE && point < 0 && length > 1) point = at;
    else return parseDecimal(data.toString('latin1', start, end));
  }
  return { coefficient: negative ? 0 - coefficient : coefficient, scale: point < 0 ? 0 : end - point - 1 };
}

/** Canonical text: no plus, no exponent, no leading zeros, the scale written out (`-0.50`, `1234.00`), never `-0`. */
export function formatDecimal({ coefficient, scale }: Decimal): string {
  if (scale === 0) return String(coefficient);
  const negative = coefficient < 0;
  const digits = String(negative ? -coefficient : coefficient).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}
