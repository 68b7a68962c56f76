/* What the host calls to write Parquet; places are addresses, columns are ParquetColumn. */
import { appendCells, isPageFull } from './append';
import { boundText } from './bounds';
import { setCells } from './cells';
import { ParquetColumn } from './column';
import { setEntries } from './entries';
import { beginGroup, endPage } from './page';
import { compressSnappy } from './snappy';
import { readValues } from './values';

export { KEPT_ROWS, LEFT, VALUES } from './cells';
export { pageLength } from './page';

/** Says where the cells of the batch lie that go to the next column, see cells.ts. */
export function parquetCells(starts: usize, ends: usize, rows: usize): void {
  setCells(starts, ends, rows);
}

/** Says from which entries of a lookup the cells come, see setEntries. */
export function parquetEntries(column: usize, list: usize, count: u32, numbers: u32): void {
  setEntries(changetype<ParquetColumn>(column), list, count, numbers);
}

/** Reads the values of so many cells, see readValues. */
export function parquetRead(column: usize, count: u32): u32 {
  return readValues(changetype<ParquetColumn>(column), count);
}

/** Takes values to the page, see appendCells. */
export function parquetAppend(column: usize, from: u32, to: u32): u32 {
  return appendCells(changetype<ParquetColumn>(column), from, to);
}

export function parquetPageIsFull(column: usize): bool {
  return isPageFull(changetype<ParquetColumn>(column));
}

/** Takes a text that has a page of its own into bounds and counts. */
export function parquetLongText(column: usize, at: usize, length: u32): void {
  const view = changetype<ParquetColumn>(column);
  boundText(view, at, length);
  view.groupValues++;
  view.groupBytes += 4 + length;
}

/** Puts a page together, see endPage. */
export function parquetEndPage(column: usize): bool {
  return endPage(changetype<ParquetColumn>(column));
}

export function parquetBeginGroup(column: usize): void {
  beginGroup(changetype<ParquetColumn>(column));
}

/** Compresses bytes, see compressSnappy. */
export function snappy(input: u32, length: u32, output: u32): u32 {
  return compressSnappy(input, length, output);
}
