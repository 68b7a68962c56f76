import { epochSecond, type DateTime } from '../../spec/dates/calendar';
import { type Decimal, formatDecimal } from '../../spec/decimal/decimal';
import type { FieldType } from '../../spec/table-schema';

/** One text for all texts of a value, as `1`, `01` and `1.0` are one number; undefined where each text is a value. */
type CanonicalKey = ((value: unknown) => string) | undefined;

const CANONICAL: Readonly<Record<FieldType, CanonicalKey>> = {
  string: undefined,
  any: undefined,
  year: String,
  yearmonth: String,
  boolean: String,
  integer: numberKey,
  number: numberKey,
  date: instantKey,
  time: instantKey,
  datetime: instantKey,
};

export function canonicalKey(type: FieldType): CanonicalKey {
  return CANONICAL[type];
}

/** Canonical decimal text without trailing zeros; NaN and infinities by name. */
function numberKey(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = formatDecimal(value as Decimal);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function instantKey(value: unknown): string {
  const instant = value as DateTime;
  return `${epochSecond(instant)}.${instant.nanosecond}`;
}
