import { bitsOf, copy } from './bits';
import { Operation } from './schema';
import { cellEnd, cellStart, giveUp, keepUntil, room, setCell } from './slots';

/* Operations that rewrite the cells of a column as texts. */

// @ts-ignore: decorator
@inline
function isBlank(byte: u32): bool {
  return (byte == 0x20) | (byte - 0x09 < 5);
}

/** Bit i is set where byte i at the place is a blank, for 16 bytes. */
// @ts-ignore: decorator
@inline
function blankMask(at: u32): u32 {
  const bytes = v128.load(at);
  const controls = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x09)), i8x16.splat(5));
  return <u32>i8x16.bitmask(v128.or(controls, i8x16.eq(bytes, i8x16.splat(0x20))));
}

/**
 * Whether a character that is no ASCII may be a blank: U+00A0, U+1680, U+2000 to U+205F, U+3000 and U+FEFF by the first
 * two of their bytes.
 */
function mayBeBlank(at: u32): bool {
  switch (<u32>load<u8>(at)) {
    case 0xc2:
      return load<u8>(at, 1) == 0xa0;
    case 0xe1:
      return load<u8>(at, 1) == 0x9a;
    case 0xe2:
      return load<u8>(at, 1) <= 0x81;
    case 0xe3:
      return load<u8>(at, 1) == 0x80;
    case 0xef:
      return load<u8>(at, 1) == 0xbb;
    default:
      return false;
  }
}

/** Where the character begins that ends before a place. */
// @ts-ignore: decorator
@inline
function lastCharacter(end: u32): u32 {
  let at = end - 1;
  while ((load<u8>(at) & 0xc0) == 0x80) at--;
  return at;
}

/** Takes off the blanks around each cell. */
export function trim(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    let at = cellStart(from, row);
    let end = cellEnd(from, row);
    if (end - at - 1 < 16) {
      // Whether there are blanks varies from cell to cell, so that asking for them costs more than taking them off.
      const others = ~blankMask(at) & bitsOf(end - at);
      end = select(at + 32 - <u32>clz(others), at, others != 0);
      at += <u32>select(ctz(others), 0, others != 0);
    } else {
      while (at < end && isBlank(load<u8>(at))) at++;
      while (at < end && isBlank(load<u8>(end - 1))) end--;
    }
    if (at < end && (load<u8>(at) | load<u8>(end - 1)) & 0x80) {
      if (mayBeBlank(at) || mayBeBlank(lastCharacter(end))) {
        giveUp(to, row);
        continue;
      }
    }
    setCell(to, row, at, end);
  }
}

/** Puts the value at `a`, of `b` bytes, where a cell is missing. */
export function fillMissing(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const value = operation.a;
  const valueEnd = value + operation.b;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    const end = cellEnd(from, row);
    setCell(to, row, select(value, at, at == end), select(valueEnd, end, at == end));
  }
}

export const UPPER: u32 = 0;
export const LOWER: u32 = 1;
export const TITLE: u32 = 2;

/** Changes the case of letters, to what `a` says; of ASCII alone. */
export function changeCase(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const first = i8x16.splat(operation.a == LOWER ? 0x41 : 0x61);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    const length = cellEnd(from, row) - at;
    const put = room(length);
    if (put == 0 || !isAscii(at, length)) {
      giveUp(to, row);
      continue;
    }
    if (operation.a == TITLE) {
      titleCase(at, length, put);
    } else {
      for (let done: u32 = 0; done < length; done += 16) {
        const bytes = v128.load(at + done);
        const letters = i8x16.lt_u(i8x16.sub(bytes, first), i8x16.splat(26));
        v128.store(put + done, v128.xor(bytes, v128.and(letters, i8x16.splat(0x20))));
      }
    }
    keepUntil(put + length);
    setCell(to, row, put, put + length);
  }
}

/** Capital letters at the beginning of words: letters, and digits and apostrophes behind them. */
function titleCase(at: u32, length: u32, put: u32): void {
  let inWord = false;
  for (let done: u32 = 0; done < length; done++) {
    const byte = <u32>load<u8>(at + done);
    const letter = (byte | 0x20) - 0x61 < 26;
    store<u8>(put + done, letter ? (inWord ? byte | 0x20 : byte & 0xdf) : byte);
    inWord = letter || (inWord && (byte - 0x30 < 10 || byte == 0x27));
  }
}

function isAscii(at: u32, length: u32): bool {
  for (let done: u32 = 0; done < length; done += 16) {
    const beyond = <u32>i8x16.bitmask(v128.load(at + done));
    const left = length - done;
    if (beyond & (left < 16 ? bitsOf(left) : 0xffff)) return false;
  }
  return true;
}

/** Hides all characters but the first `a` and the last `b` behind the byte `table`; of ASCII alone. */
export function mask(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const first = operation.a;
  const last = operation.b;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    const length = cellEnd(from, row) - at;
    const put = room(length);
    if (put == 0 || !isAscii(at, length)) {
      giveUp(to, row);
      continue;
    }
    copy(put, at, length);
    // What a cell that is too short keeps is nothing.
    const hidesAll = length <= first || length - first <= last;
    memory.fill(put + (hidesAll ? 0 : first), <u8>operation.table, hidesAll ? length : length - first - last);
    keepUntil(put + length);
    setCell(to, row, put, put + length);
  }
}

/** Leaves records to the host whose cell is longer than `a`, so that those that are written have room. */
export function limitLength(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  for (let row: usize = 0; row < <usize>rows; row++) {
    if (cellEnd(from, row) - cellStart(from, row) > operation.a) giveUp(from, row);
  }
}
