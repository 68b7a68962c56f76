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
/** Missing cells of the batch. */
export let missing: u32 = 0;

/** Counts the missing cells where they are read to VALUES. */
export function setMissing(count: u32): void {
  missing = count;
}

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

/** Rows that are looked at together where they follow one another, and how far the last is behind the first then. */
const TOGETHER: u32 = 4;
const LAST: u32 = TOGETHER - 1;

/** Takes the texts of so many cells to CELLS; `rows` ascend. */
export function placeTexts(count: u32): void {
  const from = starts;
  const to = ends;
  const kept = rows;
  const firstRow = <usize>load<u32>(kept) << 2;
  const first = load<u32>(from + firstRow);
  const firstStart = i32x4.splat(first);
  const firstLength = i32x4.splat(load<u32>(to + firstRow) - first);
  let differences = i32x4.splat(0);
  let empty = i32x4.splat(0);
  for (let index: u32 = 0; index < count; ) {
    const at = kept + (<usize>index << 2);
    const row = load<u32>(at);
    const areTogether = index + LAST < count && load<u32>(at, LAST << 2) - row == LAST;
    const start = from + (<usize>row << 2);
    const end = to + (<usize>row << 2);
    // A single row stands for four, of which three are written over.
    const begins = areTogether ? v128.load(start) : v128.load32_splat(start);
    const lengths = i32x4.sub(areTogether ? v128.load(end) : v128.load32_splat(end), begins);
    const cell = cellOf(index);
    v128.store(cell, v128.shuffle<i32>(begins, lengths, 0, 4, 1, 5));
    v128.store(cell, v128.shuffle<i32>(begins, lengths, 2, 6, 3, 7), 16);
    differences = v128.or(differences, v128.xor(begins, firstStart));
    differences = v128.or(differences, v128.xor(lengths, firstLength));
    const areEmpty = i32x4.eq(lengths, i32x4.splat(0));
    empty = i32x4.sub(empty, areTogether ? areEmpty : v128.and(areEmpty, i32x4(-1, 0, 0, 0)));
    index += areTogether ? TOGETHER : 1;
  }
  areSame = !v128.any_true(differences);
  missing =
    i32x4.extract_lane(empty, 0) +
    i32x4.extract_lane(empty, 1) +
    i32x4.extract_lane(empty, 2) +
    i32x4.extract_lane(empty, 3);
}
