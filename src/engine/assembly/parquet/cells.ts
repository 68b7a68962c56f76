/** Cells of a batch that go to one column of Parquet: `starts` and `ends` have addresses, `rows` the rows that are kept. */
export let starts: usize = 0;
export let ends: usize = 0;
export let rows: usize = 0;

export function setCells(startsAt: usize, endsAt: usize, rowsAt: usize): void {
  starts = startsAt;
  ends = endsAt;
  rows = rowsAt;
}

/** The values of the cells, 16 bytes each, as PLAIN has them; nothing where a cell is text. */
export const VALUES: usize = memory.data(16 * (1024 + 4), 16);
/** 1 for each cell that is no missing one, 1 byte each. */
export const PRESENT: usize = memory.data(1024 + 64, 16);
/** Places of the cells whose value the host has to read. */
export const LEFT: usize = memory.data(4 * (1024 + 16), 16);
/** Where the dictionary may have the value of a cell, and its number there; see dictionary.ts. */
export const CANDIDATES: usize = memory.data(8 * (1024 + 16), 16);
export const NUMBERS: usize = memory.data(2 * (1024 + 64), 16);
/** Row numbers of a batch from which no row was taken out, or those of the rows that are kept. */
export const KEPT_ROWS: usize = memory.data(4 * (1024 + 16), 16);
