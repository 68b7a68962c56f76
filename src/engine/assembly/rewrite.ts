import { copy } from './bits';
import { ACCEPTED, ALL_COLUMNS, EMPTY_MARKS, ROW_CELLS, ROW_DOUBTS, ROW_ENDS, ROW_MARKS, ROW_QUOTES, ROW_STARTS } from './layout';
import { MISSING_TEXTS_BYTES, MissingTexts, Program } from './schema';
import { DOUBLED, HAS_MISSING, LONGEST_RECORD, ODD, QUOTED } from './tokenize';
import { isWord } from './values';

/*
 * Rewrites records that are written as only some dialects have it, or that have quotes where none belong: with escapes, with
 * blanks before their cells, with texts that stand for no value. Behind it they stand in room of their own as if they
 * had been written plainly, and whatever comes next takes them for that. The states are those of the host's tokenizer, so
 * that cells are read as it reads them; records that do not fit stay doubtful.
 */

/** States and kinds of bytes, see record-states.ts of the host. */
const CELL_START: u32 = 0;
const UNQUOTED: u32 = 1;
const QUOTED_STATE: u32 = 2;
const CELL_END: u32 = 6;
const STATE_MASK: u32 = 7;
const KEEP: u32 = 8;
const KINDS: u32 = 6;

const LF: u32 = 0x0a;
const CR: u32 = 0x0d;

/** Copies write up to so many bytes beyond their end. */
const BEYOND: u32 = 32;

/** Room that is free: text goes to its front, marks to its end. */
let front: usize = 0;
let back: usize = 0;

/** Rewrites those of the first `rows` records that need it. */
export function rewriteRows(program: Program, rows: u32): void {
  front = program.room;
  back = program.roomEnd;
  if (program.missingTexts != 0) {
    for (let column: u32 = 0; column < program.columns; column++) findMissing(program, column, rows);
  }
  for (let row: usize = 0; row < <usize>rows; row++) {
    const quotes = load<u8>(ROW_QUOTES + row);
    if (quotes & HAS_MISSING) {
      if (!copyRow(program, row)) leaveWhole(row);
    } else if (quotes & ODD && isWhole(program, row)) {
      rewriteRow(program, row);
    }
  }
}

/** Marks the records whose cell, in quotes or not, is one of the column's texts for no value. */
function findMissing(program: Program, column: u32, rows: u32): void {
  if (missingTexts(program, column).longest == 0) return;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const mark = <usize>load<u32>(ROW_MARKS + (row << 2)) + (<usize>column << 2);
    const at = load<u32>(mark) + 1;
    if (isMissingCell(program, column, at, load<u32>(mark, 4) - at)) {
      store<u8>(ROW_QUOTES + row, load<u8>(ROW_QUOTES + row) | <u8>HAS_MISSING);
    }
  }
}

// @ts-ignore: decorator
@inline
function missingTexts(program: Program, column: u32): MissingTexts {
  return changetype<MissingTexts>(<usize>program.missingTexts + <usize>column * MISSING_TEXTS_BYTES);
}

// @ts-ignore: decorator
@inline
function isOneOf(texts: MissingTexts, at: usize, length: u32): bool {
  return isWord(at, length, texts.table, texts.mask, texts.factor);
}

/** Whether nothing but how it is written keeps the record from being like any other. */
function isWhole(program: Program, row: usize): bool {
  const place = row << 2;
  return (
    load<u32>(ROW_CELLS + place) == program.columns &&
    load<u32>(ROW_ENDS + place) - load<u32>(ROW_STARTS + place) <= LONGEST_RECORD
  );
}

/** The marks of a record in the room; 0 where it has no room. */
function newMarks(program: Program, row: usize): usize {
  const place = row << 2;
  const marks = back - (<usize>(program.columns + 1) << 2);
  const length = load<u32>(ROW_ENDS + place) - load<u32>(ROW_STARTS + place);
  // Each byte may be a quote that is doubled; each cell takes quotes and a mark beside; copies write beyond their end.
  if (front + 2 * length + 3 * program.columns + BEYOND > marks) return 0;
  store<u32>(marks, <u32>front - 1);
  return marks;
}

/** Has the record lie in the room from now on, up to an address. */
function keepRow(row: usize, marks: usize, end: usize, quotes: u32): void {
  front = end;
  back = marks;
  store<u32>(ROW_MARKS + (row << 2), <u32>marks);
  store<u32>(ROW_DOUBTS + (row << 2), ACCEPTED);
  store<u8>(ROW_QUOTES + row, <u8>quotes);
}

/** Copies a record, but for the cells that are a text for no value; false where there is no room. */
function copyRow(program: Program, row: usize): bool {
  const columns = program.columns;
  const marks = newMarks(program, row);
  if (marks == 0) return false;
  const from = <usize>load<u32>(ROW_MARKS + (row << 2));
  let put = front;
  for (let column: u32 = 0; column < columns; column++) {
    const mark = from + (<usize>column << 2);
    const at = <usize>load<u32>(mark) + 1;
    const length = load<u32>(mark, 4) - <u32>at;
    if (!isMissingCell(program, column, at, length)) {
      copy(put, at, length);
      put += length;
    }
    put = endCell(program, column, marks, put);
  }
  keepRow(row, marks, put, load<u8>(ROW_QUOTES + row) & ~<u8>HAS_MISSING);
  return true;
}

/** Whether a cell, in quotes or not, is one of the column's texts for no value. */
// @ts-ignore: decorator
@inline
function isMissingCell(program: Program, column: u32, at: usize, length: u32): bool {
  const texts = missingTexts(program, column);
  // An empty one is as long as can be after the subtraction.
  if (texts.longest == 0 || length - 1 > texts.longest + 1) return false;
  const quotes: u32 = <u32>load<u8>(at) == program.quote ? 1 : 0;
  return isOneOf(texts, at + quotes, length - 2 * quotes);
}

/** Puts a delimiter, or a line end, behind the cell of a column, and the mark there; gives where the next one begins. */
// @ts-ignore: decorator
@inline
function endCell(program: Program, column: u32, marks: usize, put: usize): usize {
  store<u8>(put, column + 1 == program.columns ? <u8>LF : <u8>program.delimiter);
  store<u32>(marks + (<usize>column << 2), <u32>put, 4);
  return put + 1;
}

/** Whether what stands in the source is the text for no value that counts so. */
function isNull(program: Program, at: usize, length: u32): bool {
  if (length != program.nullLength || length == 0) return false;
  for (let index: usize = 0; index < <usize>length; index++) {
    if (load<u8>(at + index) != load<u8>(<usize>program.nullText + index)) return false;
  }
  return true;
}

/** Has the host read the record whole: one with other quotes may be anything, see doubts. */
function leaveWhole(row: usize): void {
  store<u32>(ROW_MARKS + (row << 2), <u32>EMPTY_MARKS);
  store<u32>(ROW_DOUBTS + (row << 2), ALL_COLUMNS);
  store<u8>(ROW_QUOTES + row, <u8>ODD);
}

/** Writes a record plainly; leaves it as it is where that cannot be. */
function rewriteRow(program: Program, row: usize): void {
  const columns = program.columns;
  const end = <usize>load<u32>(ROW_ENDS + (row << 2));
  let at = <usize>load<u32>(ROW_STARTS + (row << 2));
  const marks = newMarks(program, row);
  if (marks == 0) return;
  let put = front;
  let quotes: u32 = 0;
  let isEmpty = true;
  for (let column: u32 = 0; column < columns; column++) {
    const from = at;
    const value = put;
    let state = CELL_START;
    let special: u32 = 0;
    for (; at < end; at++) {
      if (state == UNQUOTED || state == QUOTED_STATE) {
        const plain = plainBytes(program, at, end, put);
        at += plain;
        put += plain;
        if (at == end) break;
      }
      const byte = <u32>load<u8>(at);
      const kind = <u32>load<u8>(program.kinds + byte);
      const next = <u32>load<u8>(program.states + state * KINDS + kind);
      state = next & STATE_MASK;
      if (state >= CELL_END) break;
      if (next & KEEP) {
        store<u8>(put++, <u8>byte);
        special += <u32>isSpecial(program, byte);
      }
    }
    if (isNull(program, from, <u32>(at - from)) || isMissing(program, column, value, <u32>(put - value))) {
      put = value;
    } else if (special != 0) {
      // Where the dialect has no quotes, there is no other way to write the value.
      if (program.quote > 255) return;
      quotes |= QUOTED;
      const length = put - value;
      put = quoteCell(program.quote, value, put);
      if (put != value + length + 2) quotes |= DOUBLED;
    }
    isEmpty = isEmpty && put == value;
    put = endCell(program, column, marks, put);
    at++;
  }
  // The definition has another word for records in which nothing stands.
  if (isEmpty || at != end + 1 || (quotes & program.hostQuotes) != 0) return;
  keepRow(row, marks, put, quotes);
}

/** Copies the bytes before the next one that the states have to look at, and gives how many. */
// @ts-ignore: decorator
@inline
function plainBytes(program: Program, from: usize, end: usize, to: usize): usize {
  const delimiter = i8x16.splat(<u8>program.delimiter);
  // Where there is none, a second delimiter: it is looked at in any case.
  const quote = program.quote > 255 ? delimiter : i8x16.splat(<u8>program.quote);
  const escape = program.escape > 255 ? delimiter : i8x16.splat(<u8>program.escape);
  let at = from;
  while (at + 16 <= end) {
    const bytes = v128.load(at);
    const stops = v128.or(
      v128.or(i8x16.eq(bytes, delimiter), v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, escape))),
      v128.or(i8x16.eq(bytes, i8x16.splat(<u8>LF)), i8x16.eq(bytes, i8x16.splat(<u8>CR))),
    );
    v128.store(to + (at - from), bytes);
    const mask = <u32>i8x16.bitmask(stops);
    if (mask != 0) return at - from + <usize>ctz(mask);
    at += 16;
  }
  return at - from;
}

// @ts-ignore: decorator
@inline
function isMissing(program: Program, column: u32, at: usize, length: u32): bool {
  if (program.missingTexts == 0) return false;
  const texts = missingTexts(program, column);
  return length <= texts.longest && isOneOf(texts, at, length);
}

/** Whether a cell with the byte has to stand in quotes. */
// @ts-ignore: decorator
@inline
function isSpecial(program: Program, byte: u32): bool {
  return (byte == program.delimiter) | (byte == program.quote) | (byte == LF) | (byte == CR);
}

/** Puts quotes around the bytes from a place on, and doubles those among them; gives where they end then. */
function quoteCell(quote: u32, from: usize, end: usize): usize {
  let doubled: usize = 0;
  for (let at = from; at < end; at++) doubled += <usize>(<u32>load<u8>(at) == quote);
  const last = end + doubled + 1;
  let put = last;
  store<u8>(put--, <u8>quote);
  for (let at = end - 1; at >= from; at--) {
    const byte = load<u8>(at);
    store<u8>(put--, byte);
    if (<u32>byte == quote) store<u8>(put--, byte);
  }
  store<u8>(put, <u8>quote);
  return last + 1;
}
