import { bitsOf, copy, equalMask } from './bits';
import {
  ACCEPTED,
  ROW_DOUBTS,
  ROW_ENDS,
  ROW_FILTERED,
  ROW_MARKS,
  ROW_NUMBER,
  ROW_QUOTES,
  ROW_STARTS,
  ROW_WAYS,
} from './layout';
import { COLUMNS, PLAIN_CELLS, Plan, Program, Segment, SEGMENT_BYTES, SEPARATOR, SOURCE_CELLS } from './schema';

/*
 * Writes accepted records as they go on: with commas, LF, and quotes only where a cell needs them. What a record is made
 * of is data as well, see Segment. Writes up to 31 bytes beyond the end of what it says.
 */

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const LF: u8 = 0x0a;
const CR: u8 = 0x0d;
/** Two quotes and LF. */
const EMPTY_RECORD: u32 = 0x0a2222;
const ZERO: u8 = 0x30;
const NINE: u8 = 0x39;

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
  do {
    digits++;
    store<u8>(ROW_NUMBER + 16 - digits, ZERO + <u8>(left % 10));
    left /= 10;
  } while (left != 0);
}

// @ts-ignore: decorator
@inline
function nextRowNumber(): void {
  let at = ROW_NUMBER + 15;
  while (load<u8>(at) == NINE) store<u8>(at--, ZERO);
  if (at < ROW_NUMBER + 16 - digits) {
    digits++;
    store<u8>(at, ZERO + 1);
  } else {
    store<u8>(at, load<u8>(at) + 1);
  }
}

// @ts-ignore: decorator
@inline
function writeRowNumber(separator: u32, put: u32): u32 {
  v128.store(put, v128.load(ROW_NUMBER + 16 - digits));
  store<u8>(put + digits, <u8>separator);
  return put + digits + 1;
}

/** How a record is written: not at all, its segments as they stand, or each cell looked at. */
const PASSED: u32 = 0;
const COPIED: u32 = 1;
const LOOKED_AT: u32 = 2;

/**
 * Writes the accepted records from `row` on, up to `end`, to the output while it has room. Gives the record at which it
 * stopped; sets `outputEnd`.
 */
export function writeRows(program: Program, plan: Plan, row: u32, end: u32, output: u32, limit: u32): u32 {
  findWays(program, plan, row, end);
  outputEnd = output;
  written = 0;
  row = copyRows(plan, row, end, limit);
  while (row < end && wayOf(row) == LOOKED_AT && hasRoom(plan, row, outputEnd, limit)) {
    lookAndWrite(program, plan, row);
    row = copyRows(plan, row + 1, end, limit);
  }
  return row;
}

// @ts-ignore: decorator
@inline
function wayOf(row: u32): u32 {
  return load<u8>(ROW_WAYS + <usize>row);
}

// @ts-ignore: decorator
@inline
function hasRoom(plan: Plan, row: u32, put: u32, limit: u32): bool {
  const place = <usize>row << 2;
  const length = load<u32>(ROW_ENDS + place) - load<u32>(ROW_STARTS + place);
  return put + length * plan.times + plan.beside <= limit;
}

/** Finds out how each record is written: in a loop of its own, so that the one that writes is short. */
function findWays(program: Program, plan: Plan, from: u32, end: u32): void {
  const copies = program.plainCopy != 0 && plan.cellAlone == 0 && plan.leastKind >= SOURCE_CELLS;
  for (let row = <usize>from; row < <usize>end; row++) {
    let way: u32 = PASSED;
    if (load<u32>(ROW_DOUBTS + (row << 2)) == ACCEPTED && load<u8>(ROW_FILTERED + row) == 0) {
      way = copies && (load<u8>(ROW_QUOTES + row) == 0 || standsAsWritten(program, plan, row)) ? COPIED : LOOKED_AT;
    }
    store<u8>(ROW_WAYS + row, way);
  }
}

/** Whether no cell of a record stands in quotes without need, or is only a part of one that stands in quotes. */
function standsAsWritten(program: Program, plan: Plan, row: usize): bool {
  const marks = <usize>load<u32>(ROW_MARKS + (row << 2));
  const last = marks + (<usize>program.columns << 2);
  for (let mark = marks; mark < last; mark += 4) {
    if (isQuoted(mark)) {
      const at = load<u32>(mark) + 2;
      if (!needsQuotes(at, load<u32>(mark, 4) - 1 - at)) return false;
    }
  }
  const firstSegment = <usize>plan.firstSegment;
  const behindSegments = firstSegment + <usize>plan.segments * SEGMENT_BYTES;
  for (let at = firstSegment; at < behindSegments; at += SEGMENT_BYTES) {
    const segment = changetype<Segment>(at);
    if (segment.kind == SOURCE_CELLS && isQuoted(marks + segment.source)) return false;
  }
  return true;
}

/** Whether the cell behind a mark begins with a quote. One without bytes stands before another mark, which is none. */
// @ts-ignore: decorator
@inline
function isQuoted(mark: usize): bool {
  return load<u8>(<usize>load<u32>(mark) + 1) == QUOTE;
}

/** Writes records up to the first one that has to be looked at, or that there is no room for. */
function copyRows(plan: Plan, from: u32, end: u32, limit: u32): u32 {
  const firstSegment = <usize>plan.firstSegment;
  const behindSegments = firstSegment + <usize>plan.segments * SEGMENT_BYTES;
  const numberSeparator = plan.numberSeparator;
  let put = outputEnd;
  let count = written;
  let row = from;
  for (; row < end; row++) {
    const way = wayOf(row);
    if (way != PASSED) {
      if (way == LOOKED_AT || !hasRoom(plan, row, put, limit)) break;
      if (numberSeparator != 0) put = writeRowNumber(numberSeparator, put);
      const place = <usize>row << 2;
      const toMarks = <usize>load<u32>(ROW_MARKS + place) - place;
      for (let at = firstSegment; at < behindSegments; at += SEGMENT_BYTES) {
        const segment = changetype<Segment>(at);
        // Marks or slot, without a branch: it varies from segment to segment.
        const isSource = <usize>segment.isSource;
        const base = place + (toMarks & isSource);
        const start = load<u32>(base + segment.a) + (<u32>isSource & 1);
        const length = load<u32>(base + segment.b) - start;
        copy(put, start, length);
        v128.store(put + length, v128.load(at, SEPARATOR));
        put += length + segment.separatorLength;
      }
      count++;
    }
    if (numberSeparator != 0) nextRowNumber();
  }
  outputEnd = put;
  written = count;
  return row;
}

/** Writes a record whose cells may need quotes, or have some without need. */
function lookAndWrite(program: Program, plan: Plan, row: u32): void {
  const place = <usize>row << 2;
  const marks = <usize>load<u32>(ROW_MARKS + place);
  const first = plan.numberSeparator == 0 ? outputEnd : writeRowNumber(plan.numberSeparator, outputEnd);
  let put = first;
  for (let index: u32 = 0; index < plan.segments; index++) {
    const at = <usize>plan.firstSegment + <usize>index * SEGMENT_BYTES;
    const segment = changetype<Segment>(at);
    if (segment.kind == COLUMNS) {
      put = writeCells(marks + segment.a, marks + segment.b, program.quote, put);
    } else {
      const start = load<u32>(place + segment.a);
      const length = load<u32>(place + segment.b) - start;
      put = segment.kind == PLAIN_CELLS ? copied(put, start, length) : writePlainCell(start, length, put);
    }
    v128.store(put, v128.load(at, SEPARATOR));
    put += segment.separatorLength;
  }
  if (plan.cellAlone && put == first + 1) {
    store<u32>(first, EMPTY_RECORD);
    put += 2;
  }
  outputEnd = put;
  written++;
  if (plan.numberSeparator != 0) nextRowNumber();
}

// @ts-ignore: decorator
@inline
function copied(put: u32, at: u32, length: u32): u32 {
  copy(put, at, length);
  return put + length;
}

/** Writes the cells of source columns one by one. */
function writeCells(mark: usize, lastMark: usize, quote: u32, output: u32): u32 {
  let put = output;
  for (; mark < lastMark; mark += 4) {
    const at = load<u32>(mark) + 1;
    const length = load<u32>(mark, 4) - at;
    put =
      length != 0 && <u32>load<u8>(at) == quote
        ? writeQuotedCell(quote, at, length, put)
        : writePlainCell(at, length, put);
    store<u8>(put++, COMMA);
  }
  return put - 1;
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
export function writePlainCell(at: u32, length: u32, put: u32): u32 {
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
