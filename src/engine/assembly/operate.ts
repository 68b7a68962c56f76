import {
  compareNumbers,
  compareTexts,
  filterRows,
  findMissing,
  joinConditions,
  negateConditions,
} from './conditions';
import { formatDates } from './dates';
import { addNumbers, multiplyNumbers, negateNumbers, readNumbers, wholeNumbers, writeNumbers } from './decimals';
import { ROW_FILTERED } from './layout';
import { entryCells, entryTexts, lookUp, mapValues } from './lookup';
import { joinCells, replaceTexts, splitCells } from './parts';
import { divideNumbers, roundNumbers } from './rounding';
import { numberRows } from './row-numbers';
import {
  ADD,
  CHANGE_CASE,
  COMPARE_NUMBERS,
  COMPARE_TEXTS,
  DIVIDE,
  ENTRY_CELLS,
  ENTRY_TEXTS,
  FILL_MISSING,
  FILTER,
  FIND_MISSING,
  FORMAT_DATES,
  JOIN_CELLS,
  JOIN_CONDITIONS,
  LIMIT_LENGTH,
  LOAD,
  LOOK_UP,
  MAP_VALUES,
  MASK,
  MULTIPLY,
  NEGATE,
  NEGATE_CONDITIONS,
  NUMBER_ROWS,
  Operation,
  OPERATION_BYTES,
  Plan,
  Program,
  READ_NUMBERS,
  REPLACE,
  ROUND,
  SPLIT,
  SUBTRACT,
  TRIM,
  WHOLE_NUMBERS,
  WRITE_NUMBERS,
} from './schema';
import { loadColumn, resetArena } from './slots';
import { changeCase, fillMissing, limitLength, mask, trim } from './texts';

/*
 * Does what comes behind the checks, one operation at a time over all records of a batch: those that are doubtful already
 * cost less than to be told apart, and what becomes of them is not looked at. An operation only does the common shape of
 * a cell; a record with any other becomes doubtful, and the host does the whole of it by the full definition.
 */

/** Number of the first record of the batch. */
let firstRow: u64 = 0;

/** Gets ready for the next batch. */
export function beginOperations(plan: Plan, rows: u32, first: f64): void {
  resetArena(plan.arena, plan.arenaEnd);
  memory.fill(ROW_FILTERED, 0, rows);
  firstRow = <u64>first;
}

/** Does the operations from one place up to another. */
export function operateRows(program: Program, plan: Plan, from: u32, to: u32, rows: u32): void {
  for (let index = from; index < to; index++) {
    operate(changetype<Operation>(<usize>plan.firstOperation + <usize>index * OPERATION_BYTES), program, rows);
  }
}

function operate(operation: Operation, program: Program, rows: u32): void {
  switch (operation.operation) {
    case LOAD:
      return loadColumn(operation, program.quote, rows);
    case TRIM:
      return trim(operation, rows);
    case FILL_MISSING:
      return fillMissing(operation, rows);
    case CHANGE_CASE:
      return changeCase(operation, rows);
    case MASK:
      return mask(operation, rows);
    case REPLACE:
      return replaceTexts(operation, rows);
    case SPLIT:
      return splitCells(operation, rows);
    case JOIN_CELLS:
      return joinCells(operation, rows);
    case LIMIT_LENGTH:
      return limitLength(operation, rows);
    case FORMAT_DATES:
      return formatDates(operation, rows);
    case NUMBER_ROWS:
      return numberRows(operation, firstRow, rows);
    case LOOK_UP:
      return lookUp(operation, rows);
    case ENTRY_CELLS:
      return entryCells(operation, rows);
    case ENTRY_TEXTS:
      return entryTexts(operation, rows);
    case MAP_VALUES:
      return mapValues(operation, rows);
    case READ_NUMBERS:
      return readNumbers(operation, rows);
    case WRITE_NUMBERS:
      return writeNumbers(operation, rows);
    case WHOLE_NUMBERS:
      return wholeNumbers(operation, rows);
    case ADD:
      return addNumbers(operation, rows, false);
    case SUBTRACT:
      return addNumbers(operation, rows, true);
    case MULTIPLY:
      return multiplyNumbers(operation, rows);
    case NEGATE:
      return negateNumbers(operation, rows);
    case ROUND:
      return roundNumbers(operation, rows);
    case DIVIDE:
      return divideNumbers(operation, rows);
    case COMPARE_NUMBERS:
      return compareNumbers(operation, rows);
    case COMPARE_TEXTS:
      return compareTexts(operation, rows);
    case JOIN_CONDITIONS:
      return joinConditions(operation, rows);
    case NEGATE_CONDITIONS:
      return negateConditions(operation, rows);
    case FIND_MISSING:
      return findMissing(operation, rows);
    case FILTER:
      return filterRows(operation, rows);
    default:
      unreachable();
  }
}
