/*
 * The kernel: finds the records of a text, accepts those that surely are valid, and writes them. What it does is given by
 * a program, which is data; whatever it does not know is left to the host. It never allocates: the host puts program,
 * text and output behind the fixed regions.
 */
import { listDoubtfulRows } from './doubts';
import {
  ACCEPTED,
  CELL_ENDS,
  CELL_STARTS,
  doubt,
  EMPTY_MARKS,
  ROW_DOUBTS,
  ROW_MARKS,
  ROW_QUOTES,
} from './layout';
import { Directory } from './lookup';
import { addHashes, addNumbers, placeKeys, writeTexts } from './lookup-table';
import { beginOperations, operateRows } from './operate';
import { rewriteRows } from './rewrite';
import { AnyDialect, CommonDialect, Plan, Program } from './schema';
import { anyOdd, DOUBLED, tokenizeText } from './tokenize';
import { addIntegers } from './unique';
import { checkRows } from './validate';
import { writeRows } from './write';

export {
  CELL_ENDS,
  CELL_STARTS,
  DOUBTS,
  ROW_CELLS,
  ROW_DOUBTS,
  ROW_ENDS,
  ROW_FILTERED,
  ROW_MARKS,
  ROW_QUOTES,
  ROW_STARTS,
} from './layout';
export * from './parquet';
export { reserveRoom } from './slots';
export { added } from './unique';
export { afterCarriageReturn, nextRecord } from './tokenize';
export { searchSplit, splitBoundary, splitEndsInQuotes, splitRecords } from './split';
export { outputEnd, setRowNumber, written } from './write';

/** The first byte that is not the kernel's. */
export function firstFree(): usize {
  return __heap_base;
}

/** Gets the fixed regions ready for a program. */
export function start(program: usize): void {
  const columns = changetype<Program>(program).columns;
  // Cells of no length, each behind its mark.
  for (let mark: usize = 0; mark <= <usize>columns; mark++) {
    store<u32>(EMPTY_MARKS + (mark << 2), <u32>(EMPTY_MARKS + mark));
  }
}

/** Finds records in the text between two addresses, see tokenizeText. */
export function tokenize(program: usize, from: u32, to: u32): u32 {
  return changetype<Program>(program).isCommon != 0
    ? tokenizeText<CommonDialect>(changetype<CommonDialect>(program), from, to)
    : tokenizeText<AnyDialect>(changetype<AnyDialect>(program), from, to);
}

/** Marks the records that the kernel does not know to be valid as doubtful, behind rewriting those that need it. */
export function check(program: usize, rows: u32): void {
  if (anyOdd || changetype<Program>(program).missingTexts != 0) rewriteRows(changetype<Program>(program), rows);
  checkRows(changetype<Program>(program), rows);
}

/** Says what the doubtful records are doubtful for, see listDoubtfulRows. */
export function listDoubts(program: usize, rows: u32): u32 {
  return listDoubtfulRows(changetype<Program>(program), rows);
}

/**
 * Puts where the cells of a column begin and end, without their quotes, into CELL_STARTS and CELL_ENDS. Records whose
 * cell is not what stands there are marked as doubtful.
 */
export function cells(program: usize, column: u32, rows: u32): void {
  const quote = changetype<Program>(program).quote;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const mark = <usize>load<u32>(ROW_MARKS + (row << 2)) + (<usize>column << 2);
    let at = load<u32>(mark) + 1;
    let end = load<u32>(mark, 4);
    if (at != end && <u32>load<u8>(at) == quote) {
      at++;
      end--;
      if (load<u8>(ROW_QUOTES + row) & DOUBLED) doubt(row, column);
    }
    store<u32>(CELL_STARTS + (row << 2), at);
    store<u32>(CELL_ENDS + (row << 2), end);
  }
}

/** Gets ready for the operations on a batch, see beginOperations. */
export function begin(plan: usize, rows: u32, firstRow: f64): void {
  beginOperations(changetype<Plan>(plan), rows, firstRow);
}

/** Does operations of a plan, see operateRows. */
export function operate(program: usize, plan: usize, from: u32, to: u32, rows: u32): void {
  operateRows(changetype<Program>(program), changetype<Plan>(plan), from, to, rows);
}

/** The first doubtful record from `row` on, `end` where there is none. */
export function nextDoubtful(row: u32, end: u32): u32 {
  for (; row < end; row++) {
    if (load<u32>(ROW_DOUBTS + (<usize>row << 2)) != ACCEPTED) break;
  }
  return row;
}

/** Adds keys, see addIntegers. */
export function add(program: usize, directory: usize, column: u32, doubts: u32, row: u32, end: u32): u32 {
  return addIntegers(directory, <usize>column << 2, changetype<Program>(program).quote, doubts, row, end);
}

/** Writes records, see writeRows. */
export function write(program: usize, plan: usize, row: u32, end: u32, output: u32, limit: u32): u32 {
  return writeRows(changetype<Program>(program), changetype<Plan>(plan), row, end, output, limit);
}

/** Takes the keys of a lookup, see placeKeys. */
export function placeLookupKeys(directory: usize, keys: u32): u32 {
  return placeKeys(changetype<Directory>(directory), keys);
}

/** Has numbers lead to the entries of a lookup, see addNumbers. */
export function addLookupNumbers(directory: usize): bool {
  return addNumbers(changetype<Directory>(directory));
}

/** Has hashes lead to the entries of a lookup, see addHashes. */
export function addLookupHashes(directory: usize): void {
  addHashes(changetype<Directory>(directory));
}

/** Writes the cells of a lookup, see writeTexts. */
export function writeLookupTexts(directory: usize, entries: u32, cells: u32, lengths: u32, output: u32): u32 {
  return writeTexts(changetype<Directory>(directory), entries, cells, lengths, output);
}
