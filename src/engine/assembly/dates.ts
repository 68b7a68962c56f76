import { Operation } from './schema';
import { cellEnd, cellStart, giveUp, keepUntil, room, setCell } from './slots';
import { CalendarLayout, isCalendar } from './values';

/** How dates are written in another layout: made by the host, behind a CalendarLayout. */
@unmanaged
class DateMoves extends CalendarLayout {}

/** From the beginning of the layout to the width of what is written, and to what stands between its digits. */
const WIDTH: usize = 80;
const LITERALS: usize = 96;
/** For each byte that is written its place among the first 16 bytes of the cell, and among the next 16; 255 for none. */
const LOW: usize = 128;
const HIGH: usize = 160;

const MOST_WIDTH: u32 = 32;

/** Writes dates in another layout by moving their digits, 16 at a time; missing cells stay missing. */
export function formatDates(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const moves = <usize>operation.table;
  const width = load<u32>(moves, WIDTH);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    const length = cellEnd(from, row) - at;
    if (length == 0) {
      setCell(to, row, at, at);
      continue;
    }
    const put = room(MOST_WIDTH);
    if (put == 0 || !isCalendar(at, length, changetype<DateMoves>(moves))) {
      giveUp(to, row);
      continue;
    }
    const low = v128.load(at);
    const high = v128.load(at, 16);
    v128.store(put, moved(low, high, moves));
    if (width > 16) v128.store(put, moved(low, high, moves + 16), 16);
    keepUntil(put + width);
    setCell(to, row, put, put + width);
  }
}

// @ts-ignore: decorator
@inline
function moved(low: v128, high: v128, moves: usize): v128 {
  const digits = v128.or(
    i8x16.swizzle(low, v128.load(moves, LOW)),
    i8x16.swizzle(high, v128.load(moves, HIGH)),
  );
  return v128.or(digits, v128.load(moves, LITERALS));
}
