import { allFit, padded, startFitting } from './decimals';
import { ROW_FILTERED } from './layout';
import { Text } from './parts';
import { coefficientOf, giveNumberUp, NULL, scaleOf, setNull, setNumber } from './registers';
import { Operation } from './schema';
import { cellEnd, cellStart } from './slots';

/* Truth values in registers: 0, 1, or missing, which is neither. */

/** What holds: one bit each for below, equal and above. */
const BELOW: u32 = 1;
const EQUAL: u32 = 2;
const ABOVE: u32 = 4;

/** Compares the numbers of two registers; `b` is what has to hold. */
export function compareNumbers(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const other = <usize>operation.a;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const a = scaleOf(from, row);
    const b = scaleOf(other, row);
    if ((a == NULL) | (b == NULL)) {
      setNull(to, row);
      continue;
    }
    const scale = max(a, b);
    startFitting();
    const left = padded(coefficientOf(from, row), scale - a);
    const right = padded(coefficientOf(other, row), scale - b);
    if (!allFit()) {
      giveNumberUp(to, row);
      continue;
    }
    const order = left < right ? BELOW : left == right ? EQUAL : ABOVE;
    setNumber(to, row, operation.b & order ? 1 : 0, 0);
  }
}

/** Compares the texts of a slot with the one at `table`; `b` is what has to hold, equal or not. */
export function compareTexts(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  const text = changetype<Text>(<usize>operation.table);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = cellStart(from, row);
    const length = cellEnd(from, row) - at;
    if (length == 0) {
      setNull(to, row);
      continue;
    }
    const equal = length == text.length && memory.compare(at, text.bytes, length) == 0;
    setNumber(to, row, operation.b & (equal ? EQUAL : BELOW) ? 1 : 0, 0);
  }
}

/** Whether both or, where `b` is 1, one of two hold: a missing value is neither, unless the other one decides. */
export function joinConditions(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const other = <usize>operation.a;
  const to = <usize>operation.to;
  const deciding = <i64>operation.b;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const noLeft = scaleOf(from, row) == NULL;
    const noRight = scaleOf(other, row) == NULL;
    const decided =
      (!noLeft && coefficientOf(from, row) == deciding) || (!noRight && coefficientOf(other, row) == deciding);
    if (decided) setNumber(to, row, deciding, 0);
    else if (noLeft || noRight) setNull(to, row);
    else setNumber(to, row, 1 - deciding, 0);
  }
}

export function negateConditions(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const scale = scaleOf(from, row);
    setNumber(to, row, scale == NULL ? 0 : 1 - coefficientOf(from, row), scale);
  }
}

/** Whether a cell is missing. */
export function findMissing(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  const to = <usize>operation.to;
  for (let row: usize = 0; row < <usize>rows; row++) {
    setNumber(to, row, cellStart(from, row) == cellEnd(from, row) ? 1 : 0, 0);
  }
}

/** Takes out the records for which a condition does not hold. */
export function filterRows(operation: Operation, rows: u32): void {
  const from = <usize>operation.from;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const filtered = load<u8>(ROW_FILTERED + row);
    store<u8>(ROW_FILTERED + row, filtered | (coefficientOf(from, row) == 1 ? 0 : 1));
  }
}
