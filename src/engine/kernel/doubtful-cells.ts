import type { KernelBatch } from './kernel-batch';
import type { RecordBatch, RowError } from '../batch';
import { type FieldCheck, MISSING, VALID } from '../validate/field-check';
import type { StructureCheck } from '../validate/structure';

/**
 * Decides about doubtful records by what the kernel knows of them: which cells are in doubt, how many cells there are.
 * The full definition of a field judges such a cell where it stands. What is left has to be read again as a whole.
 */
export class DoubtfulCells {
  /** Errors of the record at hand. */
  private readonly problems: RowError[] = [];

  constructor(
    private readonly fields: readonly FieldCheck[],
    private readonly structure: StructureCheck,
  ) {}

  /** Looks at the doubtful records of a batch, and rejects those that are wrong. Gives how many have to be read again. */
  look(batch: KernelBatch, rejected: RecordBatch): number {
    const { problems } = this;
    let unknown = 0;
    for (let row = batch.nextDoubtful(0); row < batch.rows; row = batch.nextDoubtful(row + 1)) {
      problems.length = 0;
      const isKnown = batch.isShapeless(row) ? this.knowsShape(batch, row) : this.knowsCells(batch, row);
      if (!isKnown) unknown++;
      else if (problems.length === 0) batch.accept(row);
      else rejected.rejectFor(row, problems.slice());
    }
    return unknown;
  }

  /** Looks at a record as a whole, where no column is known to be in order; false where nothing is certain. */
  private knowsShape(batch: KernelBatch, row: number): boolean {
    if (batch.hasOddQuotes(row)) return false;
    const { structure, problems } = this;
    let error: RowError | undefined;
    if (batch.start(row) === batch.end(row)) error = structure.blank;
    // With something in its first cell, a record is not blank.
    else if (batch.beginsWithText(row)) error = structure.widthError(batch.cellCount(row));
    if (error) problems.push(error);
    return error !== undefined;
  }

  private knowsCells(batch: KernelBatch, row: number): boolean {
    // Whether there is a key to take is for those to say who read it.
    if (!batch.hasKeys(row)) return false;
    for (const check of this.fields) {
      const { columnIndex } = check;
      if (!batch.isDoubtful(row, columnIndex)) continue;
      if (!batch.lookAt(row, columnIndex)) return false;
      const { bytes, cellStart, cellEnd } = batch;
      const found = check.judge(bytes, cellStart, cellEnd, this.problems);
      // A wrong key is not taken, and missing cells are written as empty ones.
      const isOdd = found === MISSING && cellEnd > cellStart;
      if (isOdd || (found !== VALID && batch.isInKey(columnIndex))) return false;
    }
    return true;
  }
}
