import { Operation } from './schema';
import { giveUp, keepUntil, room, setCell } from './slots';

/** Digits that fit whatever number a record has. */
const MOST_DIGITS: u32 = 20;

/** Puts the numbers of the records, from `first` on, into a slot. */
export function numberRows(operation: Operation, first: u64, rows: u32): void {
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const start = room(MOST_DIGITS);
    if (start == 0) {
      giveUp(to, row);
      continue;
    }
    let left = first + row;
    let digits: u32 = 1;
    for (let rest = left / 10; rest != 0; rest /= 10) digits++;
    for (let at = start + digits; at > start; left /= 10) store<u8>(--at, <u8>(left % 10) + 0x30);
    keepUntil(start + digits);
    setCell(to, row, start, start + digits);
  }
}
