import { INT32, INT64, type PhysicalType } from './physical-type';
import { type DateTime, dayNumber, epochSecond, isoDayNumber } from '../../spec/dates';
import { type Decimal, parseDecimalBytes } from '../../spec/decimal';
import type { FieldSpec } from '../../spec/table-schema';
import { valueReader } from '../../spec/values/value-reader';

/**
 * Writes the value of a cell `data[start .. end)` to `target[at ..)`, as many bytes as its type has. Gives what is wrong
 * with a cell that the type cannot hold.
 */
export type WriteValue = (
  data: Buffer,
  start: number,
  end: number,
  target: Buffer,
  at: number,
) => string | undefined;

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const MICROSECONDS = 1_000_000n;

/** Reads a cell by the one definition of the field's values. */
function readerOf<Value>(field: FieldSpec): (data: Buffer, start: number, end: number) => Value | undefined {
  const values = valueReader(field);
  return (data, start, end) => values.read(data.toString('utf8', start, end)) as Value | undefined;
}

/** Whether numbers of the field are written as decimals are in code. */
export function isPlainNumber({ decimalChar = '.', groupChar, bareNumber = true }: FieldSpec): boolean {
  return decimalChar === '.' && groupChar === undefined && bareNumber;
}

/** The number of a cell; undefined where it has none. NaN and infinities are no decimals. */
function decimalReader(field: FieldSpec): (data: Buffer, start: number, end: number) => Decimal | undefined {
  if (isPlainNumber(field)) return parseDecimalBytes;
  const read = readerOf<Decimal | number>(field);
  return (data, start, end) => {
    const value = read(data, start, end);
    return typeof value === 'object' ? value : undefined;
  };
}

export function int64Value(field: FieldSpec): WriteValue {
  const read = decimalReader(field);
  return (data, start, end, target, at) => {
    const value = read(data, start, end);
    if (value?.scale !== 0) return 'the cell is no integer';
    const integer = BigInt(value.coefficient);
    if (integer < MIN_INT64 || integer > MAX_INT64) return 'the cell is an integer of more than 64 bits';
    target.writeBigInt64LE(integer, at);
    return undefined;
  };
}

/** A year of four digits or more, with a sign where it lies before our era. */
export const yearValue: WriteValue = (data, start, end, target, at) => {
  const year = Number(data.toString('latin1', start, end));
  if (!Number.isSafeInteger(year)) return 'the cell is no year';
  target.writeBigInt64LE(BigInt(year), at);
  return undefined;
};

export function decimalValue(
  field: FieldSpec,
  precision: number,
  scale: number,
  physical: PhysicalType,
): WriteValue {
  const read = decimalReader(field);
  const tooLarge = 10n ** BigInt(precision);
  const problem = `the cell is no number of at most ${precision - scale} digits before and ${scale} after the point`;
  return (data, start, end, target, at) => {
    const value = read(data, start, end);
    const unscaled = value && unscaledOf(value, scale);
    if (unscaled === undefined || unscaled >= tooLarge || unscaled <= -tooLarge) return problem;
    writeUnscaled(unscaled, physical, target, at);
    return undefined;
  };
}

/** The value in units of the last digit; undefined where it has more digits than that behind the point. */
function unscaledOf({ coefficient, scale }: Decimal, target: number): bigint | undefined {
  const integer = BigInt(coefficient);
  if (scale <= target) return integer * 10n ** BigInt(target - scale);
  const unit = 10n ** BigInt(scale - target);
  return integer % unit === 0n ? integer / unit : undefined;
}

function writeUnscaled(unscaled: bigint, physical: PhysicalType, target: Buffer, at: number): void {
  if (physical === INT32) {
    target.writeInt32LE(Number(unscaled), at);
  } else if (physical === INT64) {
    target.writeBigInt64LE(unscaled, at);
  } else {
    target.writeBigInt64BE(unscaled >> 64n, at);
    target.writeBigUInt64BE(BigInt.asUintN(64, unscaled), at + 8);
  }
}

export function booleanValue(field: FieldSpec): WriteValue {
  const read = readerOf<boolean>(field);
  return (data, start, end, target, at) => {
    const value = read(data, start, end);
    if (value === undefined) return 'the cell is neither true nor false';
    target[at] = value ? 1 : 0;
    return undefined;
  };
}

/** Days from 1970-01-01. */
export function dateValue(field: FieldSpec): WriteValue {
  const read = readerOf<DateTime>(field);
  return (data, start, end, target, at) => {
    let day = field.format === 'default' ? isoDayNumber(data, start, end) : NaN;
    if (Number.isNaN(day)) {
      const value = read(data, start, end);
      if (!value) return 'the cell is no date';
      day = dayNumber(value.year, value.month, value.day);
    }
    target.writeInt32LE(day, at);
    return undefined;
  };
}

/** Microseconds from midnight. */
export function timeValue(field: FieldSpec): WriteValue {
  const read = readerOf<DateTime>(field);
  return (data, start, end, target, at) => {
    const value = read(data, start, end);
    if (!value) return 'the cell is no time';
    if (value.offsetMinutes) return 'the cell is a time with an offset from UTC';
    const seconds = value.hour * 3600 + value.minute * 60 + value.second;
    return writeMicroseconds(value, seconds, target, at);
  };
}

/** Microseconds from 1970-01-01T00:00:00; of UTC where the cell has an offset. */
export function timestampValue(field: FieldSpec): WriteValue {
  const read = readerOf<DateTime>(field);
  return (data, start, end, target, at) => {
    const value = read(data, start, end);
    return value ? writeMicroseconds(value, epochSecond(value), target, at) : 'the cell is no datetime';
  };
}

function writeMicroseconds(
  { second, nanosecond }: DateTime,
  seconds: number,
  target: Buffer,
  at: number,
): string | undefined {
  if (second === 60) return 'the cell is a leap second';
  if (nanosecond % 1000 !== 0) return 'the cell is a time of more than six digits below the second';
  target.writeBigInt64LE(BigInt(seconds) * MICROSECONDS + BigInt(nanosecond / 1000), at);
  return undefined;
}
