import { bitsOf, copy, equalMask } from './bits';
import { Operation } from './schema';
import { cellEnd, cellStart, giveUp, keepUntil, room, setCell } from './slots';

/* Operations that look for texts inside of cells, and put cells together. */

/** A text: its length, then its bytes. */
@unmanaged
export class Text {
  length: u32;

  // @ts-ignore: decorator
  @inline get bytes(): usize {
    return changetype<usize>(this) + 4;
  }
}

/** Where a text begins within the bytes from `at` up to `end`; 0 where it is not there. */
function find(at: u32, end: u32, text: Text): u32 {
  const length = text.length;
  const bytes = text.bytes;
  const first = i8x16.splat(load<u8>(bytes));
  for (let block = at; block < end; block += 16) {
    let places = equalMask(v128.load(block), first);
    if (end - block < 16) places &= bitsOf(end - block);
    for (; places != 0; places &= places - 1) {
      const place = block + <u32>ctz(places);
      if (length <= end - place && memory.compare(place, bytes, length) == 0) return place;
    }
  }
  return 0;
}

/** Puts the text at `a` wherever the one at `table` stands. */
export function replaceTexts(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const search = changetype<Text>(<usize>operation.table);
  const replacement = changetype<Text>(<usize>operation.a);
  for (let row: usize = 0; row < <usize>rows; row++) {
    let at = cellStart(from, row);
    const end = cellEnd(from, row);
    let place = find(at, end, search);
    if (place == 0) {
      setCell(to, row, at, end);
      continue;
    }
    const start = room(end - at + ((end - at) / search.length) * replacement.length);
    if (start == 0) {
      giveUp(to, row);
      continue;
    }
    let put = start;
    for (; place != 0; place = find(at, end, search)) {
      copy(put, at, place - at);
      put += place - at;
      copy(put, replacement.bytes, replacement.length);
      put += replacement.length;
      at = place + search.length;
    }
    copy(put, at, end - at);
    put += end - at;
    keepUntil(put);
    setCell(to, row, start, put);
  }
}

/** What becomes of parts for which there is no slot. */
export const MERGE_REST: u32 = 0;
export const DROP_REST: u32 = 1;

/** Splits cells at the text at `table` into the `b` slots that stand at `to`; `a` is what becomes of further parts. */
export function splitCells(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const slots = <usize>operation.to;
  const separator = changetype<Text>(<usize>operation.table);
  const last = operation.b - 1;
  for (let row: usize = 0; row < <usize>rows; row++) {
    let at = cellStart(from, row);
    const end = cellEnd(from, row);
    let place: u32 = at;
    for (let part: u32 = 0; part <= last; part++) {
      const slot = load<u32>(slots + (<usize>part << 2));
      // Behind the last part every other one is missing.
      place = place == 0 || (part == last && operation.a == MERGE_REST) ? 0 : find(at, end, separator);
      const partEnd = place == 0 ? end : place;
      setCell(slot, row, at, partEnd);
      at = place == 0 ? end : place + separator.length;
      if (part == last && place != 0 && operation.a != DROP_REST) giveUp(slot, row);
    }
  }
}

/** Joins the cells of the `b` slots that stand at `a`, those that are missing left out, with the text at `table`. */
export function joinCells(operation: Operation, rows: u32): void {
  const to = <usize>operation.to;
  const slots = <usize>operation.a;
  const separator = changetype<Text>(<usize>operation.table);
  const count = <usize>operation.b;
  for (let row: usize = 0; row < <usize>rows; row++) {
    let length = <u32>count * separator.length;
    for (let part: usize = 0; part < count; part++) {
      const slot = <usize>load<u32>(slots + (part << 2));
      length += cellEnd(slot, row) - cellStart(slot, row);
    }
    const start = room(length);
    if (start == 0) {
      giveUp(to, row);
      continue;
    }
    let put = start;
    for (let part: usize = 0; part < count; part++) {
      const slot = <usize>load<u32>(slots + (part << 2));
      const at = cellStart(slot, row);
      const size = cellEnd(slot, row) - at;
      if (size == 0) continue;
      if (put != start) {
        copy(put, separator.bytes, separator.length);
        put += separator.length;
      }
      copy(put, at, size);
      put += size;
    }
    keepUntil(put);
    setCell(to, row, start, put);
  }
}
