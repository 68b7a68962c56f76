import {
  ACCEPTED,
  ALL_COLUMNS,
  DOUBTS,
  ROW_CELLS,
  ROW_DOUBTS,
  ROW_ENDS,
  ROW_MARKS,
  ROW_QUOTES,
  ROW_STARTS,
} from './layout';
import { Program } from './schema';
import { DOUBLED, ODD } from './tokenize';

/*
 * Says of each doubtful record what it is doubtful for, so that the host judges it where it stands: most of them for one
 * cell, or for how many cells they have.
 */

/** The record is blank; it has another number of cells than the header, and is not blank. */
const BLANK: i32 = -1;
const OTHER_WIDTH: i32 = -2;
/** Several cells are in doubt, or one with doubled quotes. */
const SEVERAL_CELLS: i32 = -3;
/** The host reads the whole of it. */
const UNKNOWN: i32 = -4;

@unmanaged
class Doubt {
  row: u32;
  /** The column of the one cell that is in doubt, or one of the above. */
  what: i32;
  /** Where that cell begins and ends, without quotes; for OTHER_WIDTH the record's cells come first. */
  from: u32;
  to: u32;
}

/** Bytes from one to the next. */
const DOUBT_BYTES: usize = 16;

/** Lists the doubtful ones among the first `rows` records, and gives how many. */
export function listDoubtfulRows(program: Program, rows: u32): u32 {
  let put = DOUBTS;
  for (let row: u32 = 0; row < rows; row++) {
    const doubts = load<u32>(ROW_DOUBTS + (<usize>row << 2));
    if (doubts == ACCEPTED) continue;
    const doubt = changetype<Doubt>(put);
    put += DOUBT_BYTES;
    doubt.row = row;
    if (doubts == ALL_COLUMNS) doubt.what = judgeShape(program, row, doubt);
    else if (doubts & program.keyDoubts) doubt.what = UNKNOWN;
    else if ((doubts & (doubts - 1)) != 0 || (doubts & program.aloneDoubts) == 0) doubt.what = SEVERAL_CELLS;
    else doubt.what = findCell(program, row, doubts, doubt);
  }
  return <u32>(put - DOUBTS) / <u32>DOUBT_BYTES;
}

/** A record with something in its first cell is not blank. */
function judgeShape(program: Program, row: usize, doubt: Doubt): i32 {
  if (load<u8>(ROW_QUOTES + row) & ODD) return UNKNOWN;
  const start = load<u32>(ROW_STARTS + (row << 2));
  if (start == load<u32>(ROW_ENDS + (row << 2))) return BLANK;
  const first = <u32>load<u8>(start);
  if (first == program.delimiter || first == program.quote) return UNKNOWN;
  doubt.from = load<u32>(ROW_CELLS + (row << 2));
  return OTHER_WIDTH;
}

function findCell(program: Program, row: usize, doubts: u32, doubt: Doubt): i32 {
  const column = <i32>ctz(doubts);
  const mark = <usize>load<u32>(ROW_MARKS + (row << 2)) + (<usize>column << 2);
  let from = load<u32>(mark) + 1;
  let to = load<u32>(mark, 4);
  if (from != to && <u32>load<u8>(from) == program.quote) {
    if (load<u8>(ROW_QUOTES + row) & DOUBLED) return SEVERAL_CELLS;
    from++;
    to--;
  }
  doubt.from = from;
  doubt.to = to;
  return column;
}
