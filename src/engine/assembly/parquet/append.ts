import { cellOf, lengthAt, missing, NUMBERS, valueAt, VALUES } from './cells';
import { ParquetColumn } from './column';
import { findNumbers, findOrAdd, foundBytes, UNKNOWN } from './dictionary';
import { haveEntries, rememberEntry } from './entries';
import { BooleanValues, Int32Values, Int64Values, TextValues, WideDecimalValues } from './physical';

/*
 * Takes the values of a batch to the page of their column: as numbers in the dictionary while that is worth it, else as
 * PLAIN has them.
 */

/** After so many values of a row group a dictionary is given up that holds nearly as many. */
const TRIAL_VALUES: u32 = 4096;
const MOST_OF_TRIAL: u32 = TRIAL_VALUES - TRIAL_VALUES / 16;

/** What a page takes at most, by its `pageBytes`, and a little more. */
const PLACES_BEHIND: usize = 3;

/** Takes cells from one place of the batch up to another. Gives where it stopped: at a full page, or at a long text. */
export function appendCells(column: ParquetColumn, from: u32, to: u32): u32 {
  switch (column.width) {
    case 0:
      return appendEach<TextValues>(changetype<TextValues>(column), from, to);
    case 1:
      return appendValues<BooleanValues>(changetype<BooleanValues>(column), from, to);
    case 4:
      return appendEach<Int32Values>(changetype<Int32Values>(column), from, to);
    case 8:
      return appendEach<Int64Values>(changetype<Int64Values>(column), from, to);
    default:
      return appendEach<WideDecimalValues>(changetype<WideDecimalValues>(column), from, to);
  }
}

/** Has the values of the page as PLAIN has them, and those that come after it. */
export function giveUpDictionary(column: ParquetColumn): void {
  column.byDictionary = 0;
  switch (column.width) {
    case 0:
      return writeOut<TextValues>(changetype<TextValues>(column));
    case 4:
      return writeOut<Int32Values>(changetype<Int32Values>(column));
    case 8:
      return writeOut<Int64Values>(changetype<Int64Values>(column));
    default:
      return writeOut<WideDecimalValues>(changetype<WideDecimalValues>(column));
  }
}

export function isPageFull(column: ParquetColumn): bool {
  return (column.rows >= column.pageRows) | (column.bytes >= column.pageBytes);
}

// @ts-ignore: decorator
@inline
function appendEach<V extends ParquetColumn>(column: V, from: u32, to: u32): u32 {
  let at = from;
  while (at < to && !isPageFull(column)) {
    if (column.isLong(lengthAt(cellOf(at)), column.pageBytes)) break;
    at = column.byDictionary ? appendNumbers<V>(column, at, to) : appendValues<V>(column, at, to);
  }
  return at;
}

/** Stops where the page is full, at a long text, at the end of the trial, and where the dictionary is given up. */
function appendNumbers<V extends ParquetColumn>(column: V, from: u32, to: u32): u32 {
  const seen = column.groupValues + column.values;
  if (seen == TRIAL_VALUES && column.distinct > MOST_OF_TRIAL) {
    giveUpDictionary(column);
    return from;
  }
  // Every row may have a value; where it has not, the caller goes on.
  const most = min(column.pageRows - column.rows, seen < TRIAL_VALUES ? TRIAL_VALUES - seen : <u32>-1);
  const end = min(to, most < to - from ? from + most : to);
  const areFound = findNumbers<V>(column, from, end);
  // A row without a value would not be taken any more by a page that the one before it has filled.
  if (areFound && column.bytes + foundBytes < column.pageBytes) {
    if (missing == 0) appendFound(column, end - from);
    else appendPresent(column, from, end);
    return end;
  }
  return appendSome<V>(column, from, end);
}

/** Appends so many numbers of values that are all in the dictionary, and all have room in the page. */
function appendFound(column: ParquetColumn, count: u32): void {
  memory.copy(<usize>column.page + (<usize>column.values << 1), NUMBERS, <usize>count << 1);
  appendLevels(column, count);
  column.rows += count;
  column.values += count;
  column.bytes += foundBytes;
}

/** The same where some of the cells are missing. */
function appendPresent(column: ParquetColumn, from: u32, end: u32): void {
  const page = <usize>column.page;
  let values = column.values;
  let level = <usize>column.levels + (<usize>column.rows << 1);
  let found = NUMBERS;
  for (let at = from; at < end; at++) {
    const isPresent = lengthAt(cellOf(at)) != 0 ? 1 : 0;
    store<u16>(page + (<usize>values << 1), load<u16>(found));
    store<u16>(level, <u16>isPresent);
    values += isPresent;
    level += 2;
    found += 2;
  }
  column.rows += end - from;
  column.values = values;
  column.bytes += foundBytes;
}

/** Rows that all have a value. */
function appendLevels(column: ParquetColumn, count: u32): void {
  const level = <usize>column.levels + (<usize>column.rows << 1);
  for (let done: u32 = 0; done < count; done += 8) v128.store(level + (<usize>done << 1), i16x8.splat(1));
}

/** Looks at each number whether it was found. */
function appendSome<V extends ParquetColumn>(column: V, from: u32, end: u32): u32 {
  // What the loop needs, in variables: a store may change anything else.
  const page = <usize>column.page;
  const pageBytes = column.pageBytes;
  const firstRow = column.rows;
  let values = column.values;
  let bytes = column.bytes;
  let level = <usize>column.levels + (<usize>firstRow << 1);
  let at = from;
  let found = NUMBERS;
  for (; at < end && bytes < pageBytes; at++) {
    const cell = cellOf(at);
    const length = lengthAt(cell);
    if (length != 0) {
      if (column.isLong(length, pageBytes)) break;
      let number = <u32>load<u16>(found);
      if (number == UNKNOWN) {
        number = <u32>findOrAdd<V>(column, valueAt(cell), length);
        if (<i32>number < 0) break;
        if (haveEntries()) rememberEntry(column, at, number);
      }
      store<u16>(page + (<usize>values << 1), <u16>number);
      values++;
      bytes += column.size(length);
    }
    store<u16>(level, length != 0 ? 1 : 0);
    level += 2;
    found += 2;
  }
  column.rows = firstRow + (at - from);
  column.values = values;
  column.bytes = bytes;
  if (column.isFull) giveUpDictionary(column);
  return at;
}

/** Stops where the page is full, and at a long text. */
function appendValues<V extends ParquetColumn>(column: V, from: u32, to: u32): u32 {
  if (column.isInteger() && missing == 0) return appendIntegers<V>(column, from, to);
  const pageBytes = column.pageBytes;
  const firstRow = column.rows;
  let values = column.values;
  let bytes = column.bytes;
  let level = <usize>column.levels + (<usize>firstRow << 1);
  const end = min(to, from + (column.pageRows - firstRow));
  let at = from;
  for (; at < end && bytes < pageBytes; at++) {
    const cell = cellOf(at);
    const length = lengthAt(cell);
    if (length != 0) {
      if (column.isLong(length, pageBytes)) break;
      const place = valueAt(cell);
      column.append(values, bytes, place, length);
      column.bound(place, length);
      values++;
      bytes += column.size(length);
    }
    store<u16>(level, length != 0 ? 1 : 0);
    level += 2;
  }
  column.rows = firstRow + (at - from);
  column.values = values;
  column.bytes = bytes;
  return at;
}

/** The same for integers of which none is missing. */
function appendIntegers<V extends ParquetColumn>(column: V, from: u32, to: u32): u32 {
  const size = column.size(1);
  const room = min(column.pageRows - column.rows, (column.pageBytes - column.bytes + size - 1) / size);
  const count = min(to - from, room);
  const first = column.integerAt(VALUES + (<usize>from << 4));
  let least = column.bounded ? <i64>column.least : first;
  let greatest = column.bounded ? <i64>column.greatest : first;
  let put = <usize>column.page + column.bytes;
  const last = VALUES + (<usize>(from + count) << 4);
  for (let value = VALUES + (<usize>from << 4); value < last; value += 16) {
    const integer = column.integerAt(value);
    least = select<i64>(integer, least, integer < least);
    greatest = select<i64>(integer, greatest, integer > greatest);
    column.put(put, value, 1);
    put += size;
  }
  column.bounded = 1;
  column.least = <u64>least;
  column.greatest = <u64>greatest;
  appendLevels(column, count);
  column.rows += count;
  column.values += count;
  column.bytes += count * size;
  return from + count;
}

/** Replaces the numbers of the page by the values. */
function writeOut<V extends ParquetColumn>(column: V): void {
  const isText = column.width == 0;
  const page = <usize>column.page;
  const dictionary = <usize>column.dictionary;
  const scratch = <usize>column.scratch;
  // Texts begin anywhere: their places are put behind the values.
  const places = scratch + PLACES_BEHIND * column.pageBytes;
  for (let number: u32 = 0, place: u32 = 0; isText && number < column.distinct; number++) {
    store<u32>(places + (<usize>number << 2), place);
    place += 4 + load<u32>(dictionary + place);
  }
  let put = scratch;
  for (let value: u32 = 0; value < column.values; value++) {
    const number = <u32>load<u16>(page + (<usize>value << 1));
    const entry = dictionary + (isText ? load<u32>(places + (<usize>number << 2)) : number * column.width);
    const length = isText ? load<u32>(entry) : 1;
    column.put(put, isText ? entry + 4 : entry, length);
    put += column.size(length);
  }
  memory.copy(page, scratch, column.bytes);
}
