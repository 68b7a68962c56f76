/** Cells of a batch that go to one column of Parquet: `starts` and `ends` have addresses, `rows` the rows that are kept. */
export let starts: usize = 0;
export let ends: usize = 0;
export let rows: usize = 0;

export function setCells(startsAt: usize, endsAt: usize, rowsAt: usize): void {
  starts = startsAt;
  ends = endsAt;
  rows = rowsAt;
  areSame = false;
}

/**
 * For each row that is kept 8 bytes: the address of its value, and behind it the length of that, 0 where the cell is
 * missing. A value that is no text was read to VALUES, and has the length 1.
 */
export const CELLS: usize = memory.data(8 * (1024 + 16), 16);
/** The values of the cells, 16 bytes each, as PLAIN has them; nothing where a cell is text. */
export const VALUES: usize = memory.data(16 * (1024 + 4), 16);
/** Places of the cells whose value the host has to read. */
export const LEFT: usize = memory.data(4 * (1024 + 16), 16);
/** Where the dictionary may have the value of a cell, and its number there; see dictionary.ts. */
export const CANDIDATES: usize = memory.data(8 * (1024 + 16), 16);
export const NUMBERS: usize = memory.data(2 * (1024 + 64), 16);
/** Row numbers of a batch from which no row was taken out, or those of the rows that are kept. */
export const KEPT_ROWS: usize = memory.data(4 * (1024 + 16), 16);

/** All cells of the batch are one and the same text at the same place: a constant. */
export let areSame: bool = false;

// @ts-ignore: decorator
@inline
export function cellOf(index: u32): usize {
  return CELLS + (<usize>index << 3);
}

/** Address of the value of a cell, which stands at a place of CELLS. */
// @ts-ignore: decorator
@inline
export function valueAt(cell: usize): usize {
  return load<u32>(cell);
}

// @ts-ignore: decorator
@inline
export function lengthAt(cell: usize): u32 {
  return load<u32>(cell, 4);
}

/** Takes the texts of so many cells to CELLS. */
export function placeTexts(count: u32): void {
  const from = starts;
  const to = ends;
  const kept = rows;
  let differences: u64 = 0;
  let first: u64 = 0;
  for (let index: u32 = 0; index < count; index++) {
    const row = <usize>load<u32>(kept + (<usize>index << 2)) << 2;
    const at = load<u32>(from + row);
    const cell = <u64>at | (<u64>(load<u32>(to + row) - at) << 32);
    if (index == 0) first = cell;
    differences |= cell ^ first;
    store<u64>(cellOf(index), cell);
  }
  areSame = differences == 0;
}
