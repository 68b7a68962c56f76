import { DOUBT_WORDS, type KernelBatch } from './kernel-batch';
import type { RecordBatch, RowError } from '../batch';
import { type FieldCheck, MISSING, VALID } from '../validate/field-check';
import type { StructureCheck } from '../validate/structure';

/** What a record is doubtful for, where it is not one cell, see doubts.ts of the assembly. */
const BLANK = -1;
const OTHER_WIDTH = -2;
const SEVERAL_CELLS = -3;

/**
 * Decides about doubtful records by what the kernel says of them: mostly which cell is in doubt, or how many cells there
 * are. The full definition of a field judges such a cell where it stands. What is left has to be read again as a whole.
 */
export class DoubtfulCells {
  /** Errors of the record at hand. */
  private readonly problems: RowError[] = [];
  /** Fields by their column. */
  private readonly columns: FieldCheck[] = [];

  constructor(
    private readonly fields: readonly FieldCheck[],
    private readonly structure: StructureCheck,
  ) {
    for (const field of fields) this.columns[field.columnIndex] = field;
  }

  /** Looks at the doubtful records of a batch, and rejects those that are wrong. Gives how many have to be read again. */
  look(batch: KernelBatch, rejected: RecordBatch): number {
    const { problems } = this;
    const count = batch.listDoubts();
    const { doubtful } = batch;
    let unknown = 0;
    for (let at = 0; at < count * DOUBT_WORDS; at += DOUBT_WORDS) {
      problems.length = 0;
      const row = doubtful[at];
      if (!this.judge(batch, row, doubtful[at + 1], doubtful[at + 2], doubtful[at + 3])) unknown++;
      else if (problems.length === 0) batch.accept(row);
      else rejected.rejectFor(row, problems.slice());
    }
    return unknown;
  }

  /** Judges a record, see Doubt in doubts.ts of the assembly; false where nothing is certain. */
  private judge(batch: KernelBatch, row: number, what: number, from: number, to: number): boolean {
    const { problems } = this;
    if (what >= 0) {
      // Missing cells are written as empty ones.
      return this.columns[what].judge(batch.bytes, from, to, problems) !== MISSING || to === from;
    }
    if (what === SEVERAL_CELLS) return this.judgeCells(batch, row);
    const error = this.shapeError(what, from);
    if (error) problems.push(error);
    return error !== undefined;
  }

  private shapeError(what: number, cells: number): RowError | undefined {
    if (what === BLANK) return this.structure.blank;
    return what === OTHER_WIDTH ? this.structure.widthError(cells) : undefined;
  }

  private judgeCells(batch: KernelBatch, row: number): boolean {
    for (const check of this.fields) {
      const { columnIndex } = check;
      if (!batch.isDoubtful(row, columnIndex)) continue;
      if (!batch.lookAt(row, columnIndex)) return false;
      const { bytes, cellStart, cellEnd } = batch;
      const found = check.judge(bytes, cellStart, cellEnd, this.problems);
      const isOdd = found === MISSING && cellEnd > cellStart;
      // A wrong key is not taken.
      if (isOdd || (found !== VALID && batch.isInKey(columnIndex))) return false;
    }
    return true;
  }
}
