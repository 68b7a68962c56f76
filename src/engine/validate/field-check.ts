import type { FieldSpec } from '../../spec/table-schema';
import { BATCH_ROWS, type RecordBatch, type RowError } from '../batch';
import type { KeyCheck } from './key-check';
import type { MissingValues } from './missing-values';
import { validShape } from './valid-shape';
import { compileConstraints, type Constraint } from '../constraints/constraint';
import { type CellType, cellType, type Shape } from '../types/cell-type';
import { CellKey } from '../unique/cell-key';
import type { KeySet } from '../unique/key-set';
import type { UniqueBudget } from '../unique/unique-budget';

/** What the check of a field found a cell to be. */
export const MISSING = 0;
export const WRONG = 1;
export const VALID = 2;

/** Checks the cells of one column against its field. Missing cells are made empty; all others keep their text. */
export class FieldCheck implements KeyCheck {
  /** MISSING, WRONG or VALID for each row that was checked. */
  readonly found = new Uint8Array(BATCH_ROWS);
  /** Makes keys of the field's valid cells. */
  readonly key: CellKey;
  readonly parts: readonly FieldCheck[] = [this];
  private readonly type: CellType;
  private readonly constraints: readonly Constraint[];
  private readonly needsValue: boolean;
  private readonly isValid: Shape;
  // What can be wrong, each error made once: files with many of them have the same ones again and again.
  private readonly required: RowError;
  private readonly wrongType: RowError;
  private readonly broken: readonly RowError[];
  private readonly duplicate: RowError;
  /** Of the cell at hand. */
  private readonly problems: RowError[] = [];
  /** Values seen so far, where they have to be unique. */
  readonly seen?: KeySet;

  constructor(
    readonly field: FieldSpec,
    readonly columnIndex: number,
    private readonly missing: MissingValues,
    /** Absent where the field's values need not be unique, or are held so by the primary key. */
    uniqueBudget: UniqueBudget | undefined,
  ) {
    this.type = cellType(field);
    this.constraints = compileConstraints(field, this.type.values);
    this.needsValue = this.constraints.some((constraint) => constraint.needsValue);
    this.isValid = validShape(field, this.type, this.constraints);
    this.key = new CellKey(field, this.type.values);
    this.seen = uniqueBudget?.newKeySet();
    this.required = this.error('constraint-error', 'a value is required');
    this.wrongType = this.error('type-error', `expected ${this.type.expected}`);
    this.broken = this.constraints.map(({ message }) => this.error('constraint-error', message));
    this.duplicate = this.error('unique-error', 'the value stands in an earlier row');
  }

  /** Checks the given rows. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    const { found, missing, isValid, problems } = this;
    const { data, start, end } = batch.columns[this.columnIndex];
    for (const row of rows) {
      const from = start[row];
      const to = end[row];
      if (isValid(data, from, to) && !missing.has(data, from, to)) {
        found[row] = VALID;
        continue;
      }
      found[row] = this.judge(data, from, to, problems);
      if (found[row] === MISSING) end[row] = from;
      for (const problem of problems) batch.reject(row, problem);
      problems.length = 0;
    }
    if (this.seen) this.checkUnique(batch, rows);
  }

  /** Finds out whether a cell is MISSING, WRONG or VALID, and adds what is wrong with it to the problems. */
  judge(data: Buffer, start: number, end: number, problems: RowError[]): number {
    if (this.missing.has(data, start, end)) {
      if (this.field.constraints.required === true) problems.push(this.required);
      return MISSING;
    }
    if (this.isValid(data, start, end)) return VALID;
    const isShape = !this.needsValue && this.type.shape(data, start, end);
    const value = isShape ? undefined : this.type.read(data, start, end);
    if (isShape || value !== undefined) return this.judgeConstraints(data, start, end, value, problems);
    problems.push(this.wrongType);
    return WRONG;
  }

  /** Takes the value of a row whose cell is valid; false where an earlier row has it. For unique fields only. */
  takeKey(batch: RecordBatch, row: number): boolean {
    const { data, start, end } = batch.columns[this.columnIndex];
    const { key } = this;
    key.take(data, start[row], end[row]);
    return this.seen!.add(key.data, key.start, key.end);
  }

  rejectKey(batch: RecordBatch, row: number): void {
    batch.reject(row, this.duplicate);
  }

  private judgeConstraints(
    data: Buffer,
    start: number,
    end: number,
    value: unknown,
    problems: RowError[],
  ): number {
    let found = VALID;
    const { constraints } = this;
    for (let index = 0; index < constraints.length; index++) {
      if (constraints[index].holds(data, start, end, value)) continue;
      problems.push(this.broken[index]);
      found = WRONG;
    }
    return found;
  }

  private checkUnique(batch: RecordBatch, rows: Int32Array): void {
    for (const row of rows) {
      if (this.found[row] === VALID && !this.takeKey(batch, row)) this.rejectKey(batch, row);
    }
  }

  private error(code: RowError['code'], message: string): RowError {
    return { column: this.field.name, code, message };
  }
}
