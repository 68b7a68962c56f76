import { bitsOf, copy, equalMask } from './bits';
import { ACCEPTED, ROW_DOUBTS, ROW_ENDS, ROW_MARKS, ROW_NUMBER, ROW_QUOTES, ROW_STARTS } from './layout';
import { Program } from './schema';

/*
 * Writes accepted records as they go on: behind their row number, with commas, LF, and quotes only where a cell needs
 * them. Writes up to 31 bytes beyond the end of what it says.
 */

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const LF: u8 = 0x0a;
const CR: u8 = 0x0d;
const ZERO: u8 = 0x30;
const NINE: u8 = 0x39;

/** What a record takes beside twice its bytes: the row number, and quotes and a comma for each cell. */
const RECORD_BYTES: u32 = 64;
const CELL_BYTES: u32 = 3;

/** Where the output ends. */
export let outputEnd: u32 = 0;
/** Records that the last call has written. */
export let written: u32 = 0;
/** Digits of the row number. */
let digits: u32 = 1;

/** Sets the number of the record that is written, or passed, next. */
export function setRowNumber(number: f64): void {
  let left = <u64>number;
  digits = 0;
  store<u8>(ROW_NUMBER + 15, COMMA);
  do {
    digits++;
    store<u8>(ROW_NUMBER + 15 - digits, ZERO + <u8>(left % 10));
    left /= 10;
  } while (left != 0);
}

// @ts-ignore: decorator
@inline
function nextRowNumber(): void {
  let at = ROW_NUMBER + 14;
  while (load<u8>(at) == NINE) store<u8>(at--, ZERO);
  if (at < ROW_NUMBER + 15 - digits) {
    digits++;
    store<u8>(at, ZERO + 1);
  } else {
    store<u8>(at, load<u8>(at) + 1);
  }
}

/**
 * Writes the accepted records from `row` on, up to `end`, to the output while it has room. Gives the record at which it
 * stopped; sets `outputEnd`.
 */
export function writeRows(program: Program, row: u32, end: u32, output: u32, limit: u32): u32 {
  const plainCopy = program.plainCopy;
  let put = output;
  written = 0;
  for (; row < end; row++) {
    if (load<u32>(ROW_DOUBTS + (<usize>row << 2)) == ACCEPTED) {
      const start = load<u32>(ROW_STARTS + (<usize>row << 2));
      const length = load<u32>(ROW_ENDS + (<usize>row << 2)) - start;
      if (put + length * 2 + RECORD_BYTES + program.columns * CELL_BYTES > limit) break;
      v128.store(put, v128.load(ROW_NUMBER + 15 - digits));
      put += digits + 1;
      if (plainCopy && load<u8>(ROW_QUOTES + <usize>row) == 0) {
        copy(put, start, length);
        put += length;
      } else {
        put = writeCells(program, load<u32>(ROW_MARKS + (<usize>row << 2)), put);
      }
      store<u8>(put++, LF);
      written++;
    }
    nextRowNumber();
  }
  outputEnd = put;
  return row;
}

function writeCells(program: Program, marks: usize, output: u32): u32 {
  let put = output;
  for (let column: u32 = 0; column < program.columns; column++) {
    if (column > 0) store<u8>(put++, COMMA);
    const at = load<u32>(marks + (<usize>column << 2)) + 1;
    const length = load<u32>(marks + (<usize>column << 2), 4) - at;
    put =
      length != 0 && <u32>load<u8>(at) == program.quote
        ? writeQuotedCell(program.quote, at, length, put)
        : writePlainCell(at, length, put);
  }
  return put;
}

/** Writes a cell that stands in quotes in the source. */
// @ts-ignore: decorator
@inline
function writeQuotedCell(quote: u32, at: u32, length: u32, put: u32): u32 {
  if (quote != QUOTE) return writePlainCell(at + 1, length - 2, put);
  // Where the quotes are needed, it stands there as it is written.
  const from = needsQuotes(at + 1, length - 2) ? 0 : 1;
  copy(put, at + from, length - 2 * from);
  return put + length - 2 * from;
}

/** Writes a cell that stands in the source as its value. */
function writePlainCell(at: u32, length: u32, put: u32): u32 {
  if (!needsQuotes(at, length)) {
    copy(put, at, length);
    return put + length;
  }
  store<u8>(put++, QUOTE);
  for (let done: u32 = 0; done < length; done++) {
    const byte = load<u8>(at + done);
    if (byte == QUOTE) store<u8>(put++, QUOTE);
    store<u8>(put++, byte);
  }
  store<u8>(put++, QUOTE);
  return put;
}

// @ts-ignore: decorator
@inline
function needsQuotes(at: u32, length: u32): bool {
  for (let done: u32 = 0; done < length; done += 16) {
    const bytes = v128.load(at + done);
    const special =
      equalMask(bytes, i8x16.splat(QUOTE)) |
      equalMask(bytes, i8x16.splat(COMMA)) |
      equalMask(bytes, i8x16.splat(LF)) |
      equalMask(bytes, i8x16.splat(CR));
    const left = length - done;
    if (special & (left < 16 ? bitsOf(left) : 0xffff)) return true;
  }
  return false;
}
