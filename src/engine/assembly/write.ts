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
} from './layout';
import {
  CELLS,
  COLUMNS,
  ENTRY_TEXTS,
  LITERAL,
  PLAIN_CELLS,
  Plan,
  Program,
  ROW_NUMBERS,
  Segment,
  SEGMENT_BYTES,
} from './schema';
import { cellEnd, cellStart } from './slots';

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

/**
 * Writes the accepted records from `row` on, up to `end`, to the output while it has room. Gives the record at which it
 * stopped; sets `outputEnd`.
 */
export function writeRows(program: Program, plan: Plan, row: u32, end: u32, output: u32, limit: u32): u32 {
  const times = plan.times;
  const beside = plan.beside;
  const cellAlone = plan.cellAlone;
  const firstSegment = <usize>plan.firstSegment;
  const behindSegments = firstSegment + <usize>plan.segments * SEGMENT_BYTES;
  const plainCopy = program.plainCopy;
  const numbered = plan.segments > 0 && changetype<Segment>(firstSegment).kind == ROW_NUMBERS;
  let put = output;
  written = 0;
  for (; row < end; row++) {
    const place = <usize>row << 2;
    if (load<u32>(ROW_DOUBTS + place) == ACCEPTED && load<u8>(ROW_FILTERED + <usize>row) == 0) {
      const length = load<u32>(ROW_ENDS + place) - load<u32>(ROW_STARTS + place);
      if (put + length * times + beside > limit) break;
      const first = put;
      const plain = plainCopy != 0 && load<u8>(ROW_QUOTES + <usize>row) == 0;
      for (let at = firstSegment; at < behindSegments; at += SEGMENT_BYTES) {
        const segment = changetype<Segment>(at);
        put = writeSegment(segment, program.quote, plain, row, put);
        store<u8>(put++, <u8>segment.separator);
      }
      if (cellAlone && put == first + 1) {
        store<u32>(first, EMPTY_RECORD);
        put += 2;
      }
      written++;
    }
    if (numbered) nextRowNumber();
  }
  outputEnd = put;
  return row;
}

// @ts-ignore: decorator
@inline
function writeSegment(segment: Segment, quote: u32, plain: bool, row: u32, put: u32): u32 {
  const slot = <usize>segment.a;
  switch (segment.kind) {
    case COLUMNS: {
      const marks = <usize>load<u32>(ROW_MARKS + (<usize>row << 2));
      if (!plain) return writeColumns(marks + segment.a, marks + segment.b, quote, put);
      const start = load<u32>(marks + segment.a) + 1;
      return copied(put, start, load<u32>(marks + segment.b) - start);
    }
    case CELLS:
      return writePlainCell(cellStart(slot, row), cellEnd(slot, row) - cellStart(slot, row), put);
    case PLAIN_CELLS:
      return copied(put, cellStart(slot, row), cellEnd(slot, row) - cellStart(slot, row));
    case ENTRY_TEXTS: {
      const place = <usize>segment.b + (<usize>load<u32>(slot + (<usize>row << 2)) << 2);
      return copied(put, load<u32>(place), load<u32>(place, 4) - load<u32>(place));
    }
    case LITERAL:
      return copied(put, segment.a, segment.b);
    default:
      v128.store(put, v128.load(ROW_NUMBER + 16 - digits));
      return put + digits;
  }
}

// @ts-ignore: decorator
@inline
function copied(put: u32, at: u32, length: u32): u32 {
  copy(put, at, length);
  return put + length;
}

/** Writes the cells of source columns one by one. */
function writeColumns(mark: usize, lastMark: usize, quote: u32, output: u32): u32 {
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
