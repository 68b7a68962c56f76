import { DOUBT_WORDS, type KernelBatch } from './kernel-batch';
import type { RecordBatch, RowError } from '../batch';
import { type FieldCheck, MISSING, VALID } from '../validate/field-check';
import type { StructureCheck } from '../validate/structure';

/** What a record is doubtful for, where it is not one cell, see doubts.ts of the assembly. */
const BLANK = -1;
const OTHER_WIDTH = -2;
const SEVERAL_CELLS = -3;

/** Longer cells are judged each time that they come. */
const MOST_BYTES = 32;
/** Cells of a column whose judgement is kept. */
const MOST_KEPT = 1000;

/** What the definition of a field says of a cell. */
interface Judgement {
  readonly found: number;
  readonly problems: readonly RowError[];
}

/**
 * A column's field, and what it has said of cells: whatever is wrong with a file mostly is so many times, and the
 * definition takes many functions, each of which would have to be compiled.
 */
class Column {
  private readonly kept = new Map<string, Judgement>();

  constructor(private readonly check: FieldCheck) {}

  judge(data: Buffer, from: number, to: number): Judgement {
    if (to - from > MOST_BYTES) return this.judgeAnew(data, from, to);
    const cell = data.toString('latin1', from, to);
    let judgement = this.kept.get(cell);
    if (!judgement) {
      judgement = this.judgeAnew(data, from, to);
      if (this.kept.size < MOST_KEPT) this.kept.set(cell, judgement);
    }
    return judgement;
  }

  private judgeAnew(data: Buffer, from: number, to: number): Judgement {
    const problems: RowError[] = [];
    return { found: this.check.judge(data, from, to, problems), problems };
  }
}

/**
 * Decides about doubtful records by what the kernel says of them: mostly which cell is in doubt, or how many cells there
 * are. The full definition of a field judges such a cell where it stands. What is left has to be read again as a whole.
 */
export class DoubtfulCells {
  /** Fields by their column. */
  private readonly columns: Column[] = [];

  constructor(
    private readonly fields: readonly FieldCheck[],
    private readonly structure: StructureCheck,
  ) {
    for (const field of fields) this.columns[field.columnIndex] = new Column(field);
  }

  /** Looks at the doubtful records of a batch, and rejects those that are wrong. Gives how many have to be read again. */
  look(batch: KernelBatch, rejected: RecordBatch): number {
    const count = batch.listDoubts();
    const { doubtful } = batch;
    let unknown = 0;
    for (let at = 0; at < count * DOUBT_WORDS; at += DOUBT_WORDS) {
      const row = doubtful[at];
      const problems = this.judge(batch, row, doubtful[at + 1], doubtful[at + 2], doubtful[at + 3]);
      if (!problems) unknown++;
      else if (problems.length === 0) batch.accept(row);
      else rejected.rejectFor(row, problems.slice());
    }
    return unknown;
  }

  /**
   * What is wrong with a record; undefined where that is not certain. `what`, `from` and `to` are those of its Doubt, see
   * doubts.ts of the assembly.
   */
  private judge(
    batch: KernelBatch,
    row: number,
    what: number,
    from: number,
    to: number,
  ): readonly RowError[] | undefined {
    if (what >= 0) {
      const { found, problems } = this.columns[what].judge(batch.bytes, from, to);
      return isOdd(found, from, to) ? undefined : problems;
    }
    if (what === SEVERAL_CELLS) return this.judgeCells(batch, row);
    if (what === BLANK) return [this.structure.blank];
    const error = what === OTHER_WIDTH ? this.structure.widthError(from) : undefined;
    return error && [error];
  }

  private judgeCells(batch: KernelBatch, row: number): readonly RowError[] | undefined {
    const errors: RowError[] = [];
    for (const check of this.fields) {
      const { columnIndex } = check;
      if (!batch.isDoubtful(row, columnIndex)) continue;
      if (!batch.lookAt(row, columnIndex)) return undefined;
      const { bytes, cellStart, cellEnd } = batch;
      const found = check.judge(bytes, cellStart, cellEnd, errors);
      // A wrong key is not taken.
      if (isOdd(found, cellStart, cellEnd) || (found !== VALID && batch.isInKey(columnIndex))) {
        return undefined;
      }
    }
    return errors;
  }
}

/** Missing cells are written as empty ones: where one is not, its record has to be changed. */
function isOdd(found: number, from: number, to: number): boolean {
  return found === MISSING && to > from;
}
