import { giveUpDictionary } from './append';
import { ParquetColumn } from './column';
import { bitWidth, fillGroup, writeHybrid, writePacked } from './hybrid';
import { clearDictionary } from './dictionary';

/** Bytes of the page that was put together last. */
export let pageLength: u32 = 0;

/** Makes ready for the next row group. */
export function beginGroup(column: ParquetColumn): void {
  clearDictionary(column);
  beginPage(column);
  column.groupValues = column.groupBytes = column.dictionaryPages = column.bounded = 0;
  column.byDictionary = column.width == 1 ? 0 : 1;
}

function beginPage(column: ParquetColumn): void {
  column.rows = column.values = column.bytes = 0;
}

/**
 * Puts the page together in `scratch`: which rows have a value, and the values, by themselves or as their numbers in the
 * dictionary; gives whether it is the latter. Begins the next page.
 */
export function endPage(column: ParquetColumn): bool {
  const values = column.values;
  const isFirst = column.byDictionary != 0 && column.dictionaryPages == 0 && values != 0;
  if (isFirst && !isDictionaryShorter(column)) giveUpDictionary(column);
  const byDictionary = column.byDictionary != 0 && values != 0;
  const start = <usize>column.scratch;
  const page = <usize>column.page;
  let put = writeHybrid(column.levels, column.rows, 1, start + 4);
  store<u32>(start, <u32>(put - start) - 4);
  if (byDictionary) {
    const width = numberWidth(column);
    store<u8>(put, <u8>width);
    put = writeHybrid(page, values, width, put + 1);
    column.dictionaryPages++;
  } else if (column.width == 1) {
    fillGroup(page, values);
    put = writePacked(page, 0, (values + 7) >> 3, 1, put);
  } else {
    memory.copy(put, page, column.bytes);
    put += column.bytes;
  }
  pageLength = <u32>(put - start);
  column.groupValues += values;
  column.groupBytes += column.bytes;
  beginPage(column);
  return byDictionary;
}

function isDictionaryShorter(column: ParquetColumn): bool {
  const numbers = ((column.values + 7) >> 3) * numberWidth(column) + 1;
  return column.length + numbers < column.bytes;
}

/** Bits of a number in the dictionary. Some readers take no numbers of zero bits. */
function numberWidth(column: ParquetColumn): u32 {
  return max(1, bitWidth(column.distinct - 1));
}
