import { cellOf, lengthAt, NUMBERS, rows } from './cells';
import { ParquetColumn } from './column';
import { UNKNOWN } from './dictionary';

/*
 * Columns whose cells were found by a lookup, or were its keys: the entry tells the value. What number each has in the
 * dictionary is remembered, so that no byte of the cell is looked at.
 */

/** For each row of the batch its entry; 0 where the column's cells come from no lookup. */
let entries: usize = 0;

/** Says which entries of a list tell the cells: those from 1 up to `count`. `numbers` has 2 bytes for each, and 2 more. */
export function setEntries(column: ParquetColumn, list: usize, count: u32, numbers: u32): void {
  entries = list;
  if (list == 0 || column.entryNumbers == numbers) return;
  column.entryNumbers = numbers;
  column.entryCount = count;
  forgetEntries(column);
}

/** Forgets all numbers, with the dictionary. */
export function forgetEntries(column: ParquetColumn): void {
  if (column.entryNumbers == 0) return;
  memory.fill(column.entryNumbers, 0xff, (<usize>column.entryCount + 1) << 1);
}

// @ts-ignore: decorator
@inline
export function haveEntries(): bool {
  return entries != 0;
}

/** The entry of a cell; 0 for those that tell nothing. */
// @ts-ignore: decorator
@inline
function entryOf(list: usize, kept: usize, index: u32, count: u32): usize {
  const entry = load<u32>(list + (<usize>load<u32>(kept + (<usize>index << 2)) << 2));
  return <usize>select<u32>(entry, 0, entry <= count);
}

/** Puts the numbers of cells, as far as they are remembered, into NUMBERS; gives whether all are that have a value. */
export function findByEntries(column: ParquetColumn, from: u32, to: u32): bool {
  const list = entries;
  const kept = rows;
  const count = column.entryCount;
  const numbers = <usize>column.entryNumbers;
  let put = NUMBERS;
  let areKnown: u32 = 1;
  for (let index = from; index < to; index++) {
    const number = <u32>load<u16>(numbers + (entryOf(list, kept, index, count) << 1));
    areKnown &= <u32>(number != UNKNOWN) | <u32>(lengthAt(cellOf(index)) == 0);
    store<u16>(put, <u16>number);
    put += 2;
  }
  return areKnown != 0;
}

/** Remembers the number of a cell. */
export function rememberEntry(column: ParquetColumn, index: u32, number: u32): void {
  const entry = entryOf(entries, rows, index, column.entryCount);
  if (entry != 0) store<u16>(<usize>column.entryNumbers + (entry << 1), <u16>number);
}
