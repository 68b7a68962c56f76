import { ROW_FILTERED } from './layout';
import { LOAD, Operation, OPERATION_BYTES, Plan, Program } from './schema';
import { loadColumn, resetArena } from './slots';

/*
 * Does what comes behind the checks, one operation at a time over all records of a batch: those that are doubtful already
 * cost less than to be told apart, and what becomes of them is not looked at. An operation only does the common shape of
 * a cell; a record with any other becomes doubtful, and the host does the whole of it by the full definition.
 */

/** Gets ready for the next batch. */
export function beginOperations(plan: Plan, rows: u32): void {
  resetArena(plan.arena, plan.arenaEnd);
  memory.fill(ROW_FILTERED, 0, rows);
}

/** Does the operations from one place up to another. */
export function operateRows(program: Program, plan: Plan, from: u32, to: u32, rows: u32): void {
  for (let index = from; index < to; index++) {
    const operation = changetype<Operation>(<usize>plan.firstOperation + <usize>index * OPERATION_BYTES);
    switch (operation.operation) {
      case LOAD:
        loadColumn(operation, program.quote, rows);
        break;
      default:
        unreachable();
    }
  }
}
