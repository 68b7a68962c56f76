import {
  ACCEPTED,
  ALL_COLUMNS,
  BLOCK,
  EMPTY_MARKS,
  MARKS,
  MARKS_FULL,
  ROW_CELLS,
  ROW_DOUBTS,
  ROW_ENDS,
  ROW_MARKS,
  ROW_QUOTES,
  ROW_STARTS,
} from './layout';
import { Program } from './schema';

/*
 * Finds records and cells 64 bytes at a time. Blocks without a quote, outside quotes, are most of most files: every
 * delimiter and newline in them is structure. In other blocks each mark is looked at in turn. Counting quotes would be
 * faster and wrong: a quote inside an unquoted cell is text.
 */

const LF: u8 = 0x0a;
const CR: u8 = 0x0d;

/**
 * Quotes of a record: none, some around whole cells, doubled ones inside them, or others. Others also stand for whatever
 * else keeps a record from being written plainly; it is rewritten, or left to the host.
 */
export const QUOTED: u32 = 1;
export const DOUBLED: u32 = 2;
export const ODD: u32 = 4;
/** Beside them, while records are rewritten: it has a text for no value. */
export const HAS_MISSING: u32 = 8;

/** Longer records are left to the host, so that the output has room for any other. */
export const LONGEST_RECORD: u32 = 65536;

/** Where the record behind the last one of the batch begins. */
export let nextRecord: u32 = 0;
/** 1 where the last record ended with CR, so that a LF that follows belongs to it. */
export let afterCarriageReturn: u32 = 0;
/** Whether there may be records that can be rewritten. */
export let anyOdd: bool = false;

// The record at hand, between blocks.
let rows: u32 = 0;
let rowStart: u32 = 0;
let rowMark: usize = 0;
let quotes: u32 = 0;
/** A LF here is the second half of a CRLF. */
let lineFeed: u32 = 0;
/** Where the last quote that closed a cell stands. */
let closed: u32 = 0;
let tooLong: bool = false;

/**
 * Finds whole records in the text and gives how many: none where the first one goes beyond the text, has more cells
 * than the index holds, or more bytes than a record may have. Made once for the common dialects, which cost nothing but
 * themselves, and once for all others.
 */
export function tokenizeText<D extends Program>(program: D, from: u32, to: u32): u32 {
  const delimiter = i8x16.splat(<u8>program.delimiter);
  // Where quotes have no meaning, a second CR: it is no quote.
  const quote = program.quote > 255 ? i8x16.splat(CR) : i8x16.splat(<u8>program.quote);
  const lf = i8x16.splat(LF);
  const cr = i8x16.splat(CR);
  const escape = i8x16.splat(<u8>program.escape);
  const mostRows = program.mostRows;

  rows = 0;
  rowStart = from;
  rowMark = MARKS;
  quotes = 0;
  closed = 0;
  tooLong = false;
  lineFeed = afterCarriageReturn ? from : 0;
  anyOdd = false;
  store<u32>(MARKS, from - 1);
  let put = MARKS + 4;
  let inQuotes = false;
  /** The byte behind the last escape. */
  let literal: u32 = 0;

  for (let at = from; at < to; at += BLOCK) {
    if (put >= MARKS_FULL || rows + BLOCK > mostRows || tooLong) break;
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let newlines = mask64(i8x16.eq(a, lf), i8x16.eq(b, lf), i8x16.eq(c, lf), i8x16.eq(d, lf));
    let delimiters = mask64(
      i8x16.eq(a, delimiter),
      i8x16.eq(b, delimiter),
      i8x16.eq(c, delimiter),
      i8x16.eq(d, delimiter),
    );
    let quoteMarks: u64 = 0;
    // Most blocks have neither quote nor CR.
    const rareA = v128.or(i8x16.eq(a, quote), i8x16.eq(a, cr));
    const rareB = v128.or(i8x16.eq(b, quote), i8x16.eq(b, cr));
    const rareC = v128.or(i8x16.eq(c, quote), i8x16.eq(c, cr));
    const rareD = v128.or(i8x16.eq(d, quote), i8x16.eq(d, cr));
    if (v128.any_true(v128.or(v128.or(rareA, rareB), v128.or(rareC, rareD)))) {
      const returns = mask64(i8x16.eq(a, cr), i8x16.eq(b, cr), i8x16.eq(c, cr), i8x16.eq(d, cr));
      quoteMarks = mask64(rareA, rareB, rareC, rareD) ^ returns;
      newlines |= returns;
    }
    let escapes: u64 = 0;
    if (program.knowsMore && program.escape < 256) {
      escapes = mask64(i8x16.eq(a, escape), i8x16.eq(b, escape), i8x16.eq(c, escape), i8x16.eq(d, escape));
    }
    if (to - at < BLOCK) {
      const inside = (<u64>1 << <u64>(to - at)) - 1;
      newlines &= inside;
      delimiters &= inside;
      quoteMarks &= inside;
      escapes &= inside;
    }

    // Text behind a closing quote of the block before has to be noticed as well.
    if ((quoteMarks | escapes) == 0 && !inQuotes && closed <= load<u32>(put - 4) && literal < at) {
      const marks = newlines | delimiters;
      const first = put;
      // Eight at once: the number of loops hardly varies, so that the processor foresees it.
      let left = marks;
      put += <usize>popcnt(marks) << 2;
      for (let next = first; left != 0; next += 32) {
        left = putMark(next, at, left);
        left = putMark(next + 4, at, left);
        left = putMark(next + 8, at, left);
        left = putMark(next + 12, at, left);
        left = putMark(next + 16, at, left);
        left = putMark(next + 20, at, left);
        left = putMark(next + 24, at, left);
        left = putMark(next + 28, at, left);
      }
      for (; newlines != 0; newlines &= newlines - 1) {
        const before = (newlines & -newlines) - 1;
        endRecord<D>(program, at + <u32>ctz(newlines), first + (<usize>popcnt(marks & before) << 2));
      }
      continue;
    }

    // Byte by byte over the marks of a block that has to do with quotes.
    let marks = newlines | delimiters | quoteMarks | escapes;
    for (; marks != 0; marks &= marks - 1) {
      const bit = marks & -marks;
      const position = at + <u32>ctz(marks);
      if (program.knowsMore) {
        if (position == literal) continue;
        if ((quoteMarks | escapes) & bit && isComment(program)) continue;
        if (escapes & bit) {
          literal = position + 1;
          quotes |= ODD;
          continue;
        }
      }
      if (quoteMarks & bit) {
        if (inQuotes) {
          inQuotes = false;
          closed = position;
        } else if (position == load<u32>(put - 4) + 1) {
          inQuotes = true;
          quotes |= QUOTED;
        } else if (position == closed + 1 && closed != 0 && (!program.knowsMore || program.doublesQuotes != 0)) {
          inQuotes = true;
          quotes |= DOUBLED;
        } else {
          // Blanks before a cell count for nothing.
          if (program.knowsMore && isBlankUpTo(program, load<u32>(put - 4) + 1, position)) inQuotes = true;
          quotes |= ODD;
        }
      } else if (!inQuotes) {
        // Text behind a closing quote belongs to the cell.
        if (closed > load<u32>(put - 4) && closed + 1 != position) quotes |= ODD;
        store<u32>(put, position);
        if (newlines & bit) endRecord<D>(program, position, put);
        put += 4;
      }
    }
  }
  nextRecord = rowStart;
  afterCarriageReturn = lineFeed != 0 && lineFeed == rowStart ? 1 : 0;
  return rows;
}

/** Takes a newline, whose mark lies at the address: the end of a record, or the second half of a CRLF. */
// @ts-ignore: decorator
@inline
function endRecord<D extends Program>(program: D, position: u32, mark: usize): void {
  if (tooLong) return;
  if (position == lineFeed && load<u8>(position) == LF) {
    lineFeed = 0;
  } else {
    if (position - rowStart > program.mostRecordBytes) {
      tooLong = true;
      return;
    }
    if (!program.knowsMore || !isComment(program)) takeRecord<D>(program, position, mark);
    lineFeed = load<u8>(position) == CR ? position + 1 : 0;
  }
  rowMark = mark;
  rowStart = position + 1;
  quotes = 0;
}

// @ts-ignore: decorator
@inline
function takeRecord<D extends Program>(program: D, position: u32, mark: usize): void {
  const row = <usize>rows;
  const cells = <u32>((mark - rowMark) >> 2);
  if (program.knowsMore && program.blank < 256 && hasBlanks(program, mark)) quotes |= ODD;
  if (quotes & ODD) anyOdd = true;
  store<u32>(ROW_STARTS + (row << 2), rowStart);
  store<u32>(ROW_ENDS + (row << 2), position);
  store<u32>(ROW_CELLS + (row << 2), cells);
  store<u8>(ROW_QUOTES + row, quotes);
  // Records of another shape are for the host, or are rewritten; their cells are not looked at.
  const regular = cells == program.columns && !(quotes & program.hostQuotes) && position - rowStart <= LONGEST_RECORD && !isBlank(program, position);
  store<u32>(ROW_MARKS + (row << 2), regular ? rowMark : EMPTY_MARKS);
  store<u32>(ROW_DOUBTS + (row << 2), regular ? ACCEPTED : ALL_COLUMNS);
  rows++;
}

/** Whether what was read of the record at hand is a comment. */
// @ts-ignore: decorator
@inline
function isComment(program: Program): bool {
  return <u32>load<u8>(rowStart) == program.comment;
}

/** Whether a cell of the record begins with a blank that counts for nothing. */
function hasBlanks(program: Program, lastMark: usize): bool {
  for (let mark = rowMark; mark < lastMark; mark += 4) {
    if (<u32>load<u8>(load<u32>(mark) + 1) == program.blank) return true;
  }
  return false;
}

/** Whether there is nothing but blanks that count for nothing between two places. */
function isBlankUpTo(program: Program, from: u32, to: u32): bool {
  while (from < to && <u32>load<u8>(from) == program.blank) from++;
  return from == to;
}

/**
 * True where all cells may be empty, in quotes or not: then the record has at most two quotes a cell, and begins with a
 * delimiter or a quote.
 */
// @ts-ignore: decorator
@inline
function isBlank(program: Program, end: u32): bool {
  if (end - rowStart > 3 * program.columns) return false;
  const first = <u32>load<u8>(rowStart);
  return end == rowStart || first == program.delimiter || first == program.quote;
}

// @ts-ignore: decorator
@inline
function putMark(to: usize, at: u32, marks: u64): u64 {
  store<u32>(to, at + <u32>ctz(marks));
  return marks & (marks - 1);
}

// @ts-ignore: decorator
@inline
function mask64(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u64>(<u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16));
  const high = <u64>(<u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16));
  return low | (high << 32);
}
