/*
 * Where everything that has a fixed size lies. The only file with addresses: the regions stand side by side without any
 * guard, so whoever fills one keeps to its length. What depends on the job (program, text, output, keys) is put behind
 * them by the host.
 */

/** Records of a batch at most. */
export const MOST_ROWS: u32 = 1024;

/** Columns of a file at most; the host leaves wider files to the TypeScript engine. */
export const MOST_COLUMNS: u32 = 4096;

/** Delimiters and newlines of a batch at most, beside those of one block. */
export const MOST_MARKS: u32 = 65536;

/** Bytes that are looked at together. */
export const BLOCK: u32 = 64;

/**
 * The structural index: the position of each delimiter and newline outside quotes, in order, 4 bytes each. A mark before
 * the first cell of the batch makes the first column like any other.
 */
export const MARKS: usize = memory.data(4 * (65536 + 256), 16);
export const MARKS_FULL: usize = MARKS + 4 * MOST_MARKS;

/** For each record: the address of the mark before its first cell, so that cell c lies between marks c and c + 1. */
export const ROW_MARKS: usize = memory.data(4 * (1024 + 64), 16);
/** For each record: where its bytes begin and end. */
export const ROW_STARTS: usize = memory.data(4 * (1024 + 64), 16);
export const ROW_ENDS: usize = memory.data(4 * (1024 + 64), 16);
/** For each record: how many cells it has. */
export const ROW_CELLS: usize = memory.data(4 * (1024 + 64), 16);
/** For each record: what quotes it has, see tokenize. */
export const ROW_QUOTES: usize = memory.data(1024 + 64, 16);
/**
 * For each record, 4 bytes: the columns whose cell is not known to be valid, so that the host decides. Column c is bit
 * c modulo 32.
 */
export const ROW_DOUBTS: usize = memory.data(4 * (1024 + 64), 16);

/** What the host is told of each doubtful record, see doubts: 16 bytes each. */
export const DOUBTS: usize = memory.data(16 * (1024 + 64), 16);

/** The kernel knows the record to be valid. */
export const ACCEPTED: u32 = 0;
/** The record as a whole is doubtful. */
export const ALL_COLUMNS: u32 = 0xffffffff;

/** Has the host decide about a cell. */
// @ts-ignore: decorator
@inline
export function doubt(row: usize, column: u32): void {
  const at = ROW_DOUBTS + (row << 2);
  store<u32>(at, load<u32>(at) | (1 << (column & 31)));
}

/** Leaves an accepted record to the host. What is known of any other stays as it is: the host may have decided already. */
// @ts-ignore: decorator
@inline
export function leave(row: usize): void {
  const at = ROW_DOUBTS + (row << 2);
  if (load<u32>(at) == ACCEPTED) store<u32>(at, 1);
}

/** Marks of a record whose cells are all empty: it stands in for records whose shape is not the header's. */
export const EMPTY_MARKS: usize = memory.data(4 * (4096 + 2), 16);

/**
 * A slot is where the cells of one column of a batch lie: for each record the address of its first byte, 4 bytes each, and
 * SLOT_ENDS behind that the address behind its last one. The bytes are the cell's value, without quotes around or doubled
 * inside it; a missing cell has none. They lie in the text, in the arena, which begins anew with each batch, or in a table
 * of the host. Slots lie where the host puts them. Those of doubtful records mean nothing.
 */
export const SLOT_ENDS: usize = 4 * 1024;
export const SLOT_BYTES: usize = 8 * 1024;

/** For each record, 1 byte: 1 where a filter takes it out, whether it is accepted or not. */
export const ROW_FILTERED: usize = memory.data(1024 + 64, 16);

/** For each record, 1 byte: how it is written, see write. */
export const ROW_WAYS: usize = memory.data(1024 + 64, 16);

/** Cells of one column, unquoted, as the host asks for them. */
export const CELL_STARTS: usize = memory.data(4 * (1024 + 64), 16);
export const CELL_ENDS: usize = memory.data(4 * (1024 + 64), 16);

/** The digits of a row number, right-aligned. */
export const ROW_NUMBER: usize = memory.data(16, 16);
