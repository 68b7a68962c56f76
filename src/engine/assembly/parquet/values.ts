import { bitsOf, digitMask, parseAroundPoint, parseDigits } from '../bits';
import { CalendarLayout, isCalendar, isWord } from '../values';
import { cellOf, ends, LEFT, placeTexts, rows, setMissing, starts, VALUES } from './cells';
import { BOOLEAN, DATE, DECIMAL, INTEGER, ParquetColumn, TEXT, TIME, TIMESTAMP } from './column';
import { dayOf, secondOfDay } from './moments';

/*
 * Reads the values of cells. As everywhere in the kernel only the common shapes are read, and whatever is not surely a
 * value of the column is left to the host.
 */

const MINUS: u32 = 0x2d;
const POINT: u32 = 0x2e;

/**
 * Takes the cells of a batch to CELLS, and reads those to VALUES that are no texts. Gives how many are left to the host:
 * their places are in LEFT.
 */
export function readValues(column: ParquetColumn, count: u32): u32 {
  switch (column.kind) {
    case TEXT:
      placeTexts(count);
      return 0;
    case INTEGER:
      return readEach<IntegerCell>(changetype<IntegerCell>(column), count);
    case DECIMAL:
      return column.width == 16
        ? readEach<WideDecimalCell>(changetype<WideDecimalCell>(column), count)
        : readEach<DecimalCell>(changetype<DecimalCell>(column), count);
    case BOOLEAN:
      return readEach<BooleanCell>(changetype<BooleanCell>(column), count);
    case DATE:
      return readEach<DateCell>(changetype<DateCell>(column), count);
    case TIME:
      return readEach<TimeCell>(changetype<TimeCell>(column), count);
    case TIMESTAMP:
      return readEach<TimestampCell>(changetype<TimestampCell>(column), count);
    default:
      return readEach<HostCell>(changetype<HostCell>(column), count);
  }
}

// @ts-ignore: decorator
@inline
function readEach<C extends ParquetColumn>(cell: C, count: u32): u32 {
  const from = starts;
  const to = ends;
  const kept = rows;
  let left: u32 = 0;
  let missing: u32 = 0;
  for (let index: usize = 0; index < <usize>count; index++) {
    const row = <usize>load<u32>(kept + (index << 2)) << 2;
    const at = load<u32>(from + row);
    const length = load<u32>(to + row) - at;
    const value = VALUES + (index << 4);
    store<u64>(cellOf(<u32>index), <u64>value | (<u64>(length != 0) << 32));
    missing += length == 0 ? 1 : 0;
    if (length != 0 && !cell.read(at, length, value)) {
      store<u32>(LEFT + (<usize>left << 2), <u32>index);
      left++;
    }
  }
  setMissing(missing);
  return left;
}

/*
 * Views of a column: how the value of a cell is read. None inherits a method, since a method that is overridden somewhere
 * costs a call.
 */

@unmanaged
class HostCell extends ParquetColumn {
  // @ts-ignore: decorator
  @inline read(at: usize, length: u32, to: usize): bool {
    return false;
  }
}

/** `a` is how many digits are read here. */
@unmanaged
class IntegerCell extends ParquetColumn {
  // @ts-ignore: decorator
  @inline read(at: usize, length: u32, to: usize): bool {
    const sign: u32 = load<u8>(at) == MINUS ? 1 : 0;
    const digits = length - sign;
    // Without any digit it is as long as can be after the subtraction.
    if (digits - 1 >= this.a) return false;
    const all = bitsOf(digits);
    if ((digitMask(at + sign) & all) != all) return false;
    const number = <i64>parseDigits(at + sign, digits);
    store<i64>(to, select<i64>(-number, number, sign));
    return true;
  }
}

/** Digits of a decimal that are read here at most, the point among them. */
const DECIMAL_DIGITS: u32 = 16;

/** Powers of ten that a whole part is multiplied by. */
const POWERS: usize = memory.data<u64>([
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
  1000000000000, 10000000000000, 100000000000000, 1000000000000000,
]);

/** What readDecimal gives where it reads nothing. */
const NO_DECIMAL: u64 = -1;
/** Bits in which it gives the scale, below the coefficient. */
const SCALE_BITS: u64 = 4;
const SCALE_MASK: u64 = 15;

/**
 * Reads a number without its sign: digits, with at most one point between them. Gives all digits as one number, and how
 * many of them stand behind the point.
 */
// @ts-ignore: decorator
@inline
function readDecimal(first: usize, digits: u32): u64 {
  if (digits - 1 >= DECIMAL_DIGITS) return NO_DECIMAL;
  const all = bitsOf(digits);
  const others = (digitMask(first) & all) ^ all;
  if (others == 0) return parseDigits(first, digits) << SCALE_BITS;
  const whole = <u32>ctz(others);
  const isPoint =
    ((others & (others - 1)) == 0) & (whole - 1 < digits - 2) & (<u32>load<u8>(first + whole) == POINT);
  if (!isPoint) return NO_DECIMAL;
  const fraction = digits - whole - 1;
  const coefficient =
    digits <= 8
      ? parseAroundPoint(first, digits, whole)
      : parseDigits(first, whole) * load<u64>(POWERS + (<usize>fraction << 3)) +
        parseDigits(first + whole + 1, fraction);
  return (coefficient << SCALE_BITS) | fraction;
}

/**
 * `a` is the column's scale. The table has, for each number of zeros that a cell lacks to that scale, the power of ten and
 * the greatest coefficient that the column holds then: pairs of i64.
 */
@unmanaged
class DecimalCell extends ParquetColumn {
  // @ts-ignore: decorator
  @inline read(at: usize, length: u32, to: usize): bool {
    const sign: u32 = load<u8>(at) == MINUS ? 1 : 0;
    const decimal = readDecimal(at + sign, length - sign);
    const scale = <u32>(decimal & SCALE_MASK);
    if (decimal == NO_DECIMAL || scale > this.a) return false;
    const coefficient = decimal >> SCALE_BITS;
    const zeros = <usize>this.table + (<usize>(this.a - scale) << 4);
    if (<i64>coefficient > load<i64>(zeros, 8)) return false;
    const number = <i64>(coefficient * load<u64>(zeros));
    store<i64>(to, select<i64>(-number, number, sign));
    return true;
  }
}

/** The same for decimals of 16 bytes, the highest first. */
@unmanaged
class WideDecimalCell extends ParquetColumn {
  // @ts-ignore: decorator
  @inline read(at: usize, length: u32, to: usize): bool {
    const sign: u32 = load<u8>(at) == MINUS ? 1 : 0;
    const decimal = readDecimal(at + sign, length - sign);
    const scale = <u32>(decimal & SCALE_MASK);
    if (decimal == NO_DECIMAL || scale > this.a) return false;
    const coefficient = decimal >> SCALE_BITS;
    const zeros = <usize>this.table + (<usize>(this.a - scale) << 4);
    if (<i64>coefficient > load<i64>(zeros, 8)) return false;
    storeProduct(to, coefficient, load<u64>(zeros), sign);
    return true;
  }
}

/** Stores a product of 128 bits, or its negative. */
function storeProduct(to: usize, a: u64, b: u64, negative: u32): void {
  const half: u64 = 0xffffffff;
  const first = (a & half) * (b & half);
  const second = (a >> 32) * (b & half) + (first >> 32);
  const third = (a & half) * (b >> 32) + (second & half);
  let high = (a >> 32) * (b >> 32) + (second >> 32) + (third >> 32);
  let low = (third << 32) | (first & half);
  if (negative) {
    low = -low;
    high = ~high + (low == 0 ? 1 : 0);
  }
  store<u64>(to, bswap<u64>(high));
  store<u64>(to, bswap<u64>(low), 8);
}

/** Words for true and for false, see isWord. */
@unmanaged
class BooleanWords {
  trueTable: u32;
  trueMask: u32;
  trueFactor: u32;
  falseTable: u32;
  falseMask: u32;
  falseFactor: u32;
}

@unmanaged
class BooleanCell extends ParquetColumn {
  // @ts-ignore: decorator
  @inline read(at: usize, length: u32, to: usize): bool {
    const words = changetype<BooleanWords>(<usize>this.table);
    const isTrue = isWord(at, length, words.trueTable, words.trueMask, words.trueFactor);
    store<u64>(to, isTrue ? 1 : 0);
    return isTrue || isWord(at, length, words.falseTable, words.falseMask, words.falseFactor);
  }
}

const MICROSECONDS: i64 = 1000000;
const SECONDS_OF_DAY: i64 = 86400;

/** Days from 1970-01-01. */
@unmanaged
class DateCell extends ParquetColumn {
  // @ts-ignore: decorator
  @inline read(at: usize, length: u32, to: usize): bool {
    const layout = changetype<CalendarLayout>(<usize>this.table);
    if (!isCalendar(at, length, layout)) return false;
    store<i64>(to, <i64>dayOf(at, layout));
    return true;
  }
}

/** Microseconds from midnight. */
@unmanaged
class TimeCell extends ParquetColumn {
  // @ts-ignore: decorator
  @inline read(at: usize, length: u32, to: usize): bool {
    const layout = changetype<CalendarLayout>(<usize>this.table);
    if (!isCalendar(at, length, layout)) return false;
    store<i64>(to, <i64>secondOfDay(at, layout) * MICROSECONDS);
    return true;
  }
}

/** Microseconds from 1970-01-01T00:00:00. */
@unmanaged
class TimestampCell extends ParquetColumn {
  // @ts-ignore: decorator
  @inline read(at: usize, length: u32, to: usize): bool {
    const layout = changetype<CalendarLayout>(<usize>this.table);
    if (!isCalendar(at, length, layout)) return false;
    const seconds = <i64>dayOf(at, layout) * SECONDS_OF_DAY + <i64>secondOfDay(at, layout);
    store<i64>(to, seconds * MICROSECONDS);
    return true;
  }
}
