import type { KernelBatch } from './kernel-batch';
import type { RowError } from '../batch';
import type { FieldCheck } from '../validate/field-check';
import { MISSING, VALID } from '../validate/field-check';
import type { StructureCheck } from '../validate/structure';

/** What is found out about a doubtful record where it stands. */
export type Finding = 'valid' | 'wrong' | 'unknown';

/**
 * Decides about doubtful records by what the kernel knows of them: which cells are in doubt, how many cells there are.
 * The full definition of a field judges such a cell where it stands. What is left has to be read again as a whole.
 */
export class DoubtfulCells {
  /** What is wrong with the record that was looked at last; valid until the next one. */
  readonly errors: RowError[] = [];

  constructor(
    private readonly fields: readonly FieldCheck[],
    private readonly structure: StructureCheck,
  ) {}

  find(batch: KernelBatch, row: number): Finding {
    this.errors.length = 0;
    return batch.isShapeless(row) ? this.findShape(batch, row) : this.findCells(batch, row);
  }

  /** Looks at a record as a whole: no column is known to be in order. */
  private findShape(batch: KernelBatch, row: number): Finding {
    if (batch.hasOddQuotes(row)) return 'unknown';
    const { structure } = this;
    let error: RowError | undefined;
    if (batch.start(row) === batch.end(row)) error = structure.blank;
    // With something in its first cell, a record is not blank.
    else if (batch.beginsWithText(row)) error = structure.widthError(batch.cellCount(row));
    if (!error) return 'unknown';
    this.errors.push(error);
    return 'wrong';
  }

  private findCells(batch: KernelBatch, row: number): Finding {
    // Whether there is a key to take is for those to say who read it.
    if (!batch.hasKeys(row)) return 'unknown';
    for (const check of this.fields) {
      if (!batch.isDoubtful(row, check.columnIndex)) continue;
      if (!batch.lookAt(row, check.columnIndex)) return 'unknown';
      const { bytes, cellStart, cellEnd } = batch;
      const found = check.judge(bytes, cellStart, cellEnd, this.errors);
      // A wrong key is not taken, and missing cells are written as empty ones.
      const isOdd = found === MISSING && cellEnd > cellStart;
      if (isOdd || (found !== VALID && batch.isInKey(check.columnIndex))) return 'unknown';
    }
    return this.errors.length > 0 ? 'wrong' : 'valid';
  }
}
