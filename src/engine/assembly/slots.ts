import { leave, ROW_MARKS, ROW_QUOTES, SLOT_ENDS } from './layout';
import { Operation } from './schema';
import { DOUBLED } from './tokenize';

/*
 * Slots, and the arena in which the bytes of cells lie that stand nowhere in the source. A record whose cell does not fit
 * into the arena any more is doubtful.
 */

/** Where the arena goes on. */
let free: u32 = 0;
let limit: u32 = 0;

/** Copies write up to so many bytes beyond their end. */
const BEYOND: u32 = 32;

/** Empties the arena, for the next batch. */
export function resetArena(from: u32, to: u32): void {
  free = from;
  limit = to - BEYOND;
}

/** Gives the address of so many bytes; 0 where there is no room for them. */
// @ts-ignore: decorator
@inline
export function room(bytes: u32): u32 {
  return bytes <= limit - free ? free : 0;
}

/** Keeps the bytes of the room up to an address. */
// @ts-ignore: decorator
@inline
export function keepUntil(end: u32): void {
  free = end;
}

/** The place of so many bytes that the host is going to write; 0 where there is no room for them. */
export function reserveRoom(bytes: u32): u32 {
  const at = room(bytes);
  if (at != 0) keepUntil(at + bytes);
  return at;
}

// @ts-ignore: decorator
@inline
export function cellStart(slot: usize, row: usize): u32 {
  return load<u32>(slot + (row << 2));
}

// @ts-ignore: decorator
@inline
export function cellEnd(slot: usize, row: usize): u32 {
  return load<u32>(slot + (row << 2), SLOT_ENDS);
}

// @ts-ignore: decorator
@inline
export function setCell(slot: usize, row: usize, start: u32, end: u32): void {
  store<u32>(slot + (row << 2), start);
  store<u32>(slot + (row << 2), end, SLOT_ENDS);
}

/** Leaves a record to the host; its cell is empty, so that what comes next can do with it. */
export function giveUp(slot: usize, row: usize): void {
  setCell(slot, row, 0, 0);
  leave(row);
}

/** Puts the values of a source column into a slot. */
export function loadColumn(operation: Operation, quote: u32, rows: u32): void {
  const offset = <usize>operation.from;
  const slot = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const mark = <usize>load<u32>(ROW_MARKS + (row << 2)) + offset;
    let at = load<u32>(mark) + 1;
    let end = load<u32>(mark, 4);
    if (at != end && <u32>load<u8>(at) == quote) {
      at++;
      end--;
      if (load<u8>(ROW_QUOTES + row) & DOUBLED) {
        unescape(slot, row, at, end, quote);
        continue;
      }
    }
    setCell(slot, row, at, end);
  }
}

/** Makes single quotes of doubled ones. */
function unescape(slot: usize, row: usize, from: u32, to: u32, quote: u32): void {
  const start = room(to - from);
  if (start == 0) return giveUp(slot, row);
  let put = start;
  for (let at = from; at < to; at++) {
    const byte = <u32>load<u8>(at);
    store<u8>(put++, byte);
    // The second one of the pair is passed.
    if (byte == quote) at++;
  }
  keepUntil(put);
  setCell(slot, row, start, put);
}
