import type { FieldSpec } from '../../spec/table-schema';
import { BATCH_ROWS, type Column, type RecordBatch } from '../batch';
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
export class FieldCheck {
  /** MISSING, WRONG or VALID for each row that was checked. */
  readonly found = new Uint8Array(BATCH_ROWS);
  /** Makes keys of the field's valid cells. */
  readonly key: CellKey;
  private readonly type: CellType;
  private readonly constraints: readonly Constraint[];
  private readonly needsValue: boolean;
  private readonly isValid: Shape;
  /** The values are told apart: as a part of the primary key, or as unique. */
  readonly isKey: boolean;
  /** Values seen so far, where they have to be unique. */
  readonly seen?: KeySet;

  constructor(
    readonly field: FieldSpec,
    readonly columnIndex: number,
    private readonly missing: MissingValues,
    /** Absent where the field's values need not be unique, or are held so by the primary key. */
    uniqueBudget: UniqueBudget | undefined,
    isPart = false,
  ) {
    this.isKey = isPart || uniqueBudget !== undefined;
    this.type = cellType(field);
    this.constraints = compileConstraints(field, this.type.values);
    this.needsValue = this.constraints.some((constraint) => constraint.needsValue);
    this.isValid = validShape(field, this.type, this.constraints);
    this.key = new CellKey(field, this.type.values);
    this.seen = uniqueBudget?.newKeySet();
  }

  /** Checks the given rows. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    const { found, missing, isValid } = this;
    const column = batch.columns[this.columnIndex];
    const { data, start, end } = column;
    for (const row of rows) {
      const from = start[row];
      const to = end[row];
      if (missing.has(data, from, to)) {
        end[row] = from;
        found[row] = this.checkMissing(batch, row);
      } else {
        found[row] = isValid(data, from, to) ? VALID : this.checkFully(batch, row, column);
      }
    }
    if (this.seen) this.checkUnique(batch, rows);
  }

  /** Takes the value of a row whose cell is valid; false where an earlier row has it. For unique fields only. */
  addKey(batch: RecordBatch, row: number): boolean {
    const { data, start, end } = batch.columns[this.columnIndex];
    const { key } = this;
    key.take(data, start[row], end[row]);
    return this.seen!.add(key.data, key.start, key.end);
  }

  rejectDuplicate(batch: RecordBatch, row: number): void {
    this.reject(batch, row, 'unique-error', 'the value stands in an earlier row');
  }

  private checkMissing(batch: RecordBatch, row: number): number {
    if (this.field.constraints.required !== true) return MISSING;
    this.reject(batch, row, 'constraint-error', 'a value is required');
    return MISSING;
  }

  private checkFully(batch: RecordBatch, row: number, column: Column): number {
    const { data, start, end } = column;
    const isShape = !this.needsValue && this.type.shape(data, start[row], end[row]);
    const value = isShape ? undefined : this.type.read(data, start[row], end[row]);
    if (isShape || value !== undefined) return this.checkConstraints(batch, row, column, value);
    this.reject(batch, row, 'type-error', `expected ${this.type.expected}`);
    return WRONG;
  }

  private checkConstraints(batch: RecordBatch, row: number, column: Column, value: unknown): number {
    let found = VALID;
    for (const constraint of this.constraints) {
      if (constraint.holds(column.data, column.start[row], column.end[row], value)) continue;
      this.reject(batch, row, 'constraint-error', constraint.message);
      found = WRONG;
    }
    return found;
  }

  private checkUnique(batch: RecordBatch, rows: Int32Array): void {
    for (const row of rows) {
      if (this.found[row] === VALID && !this.addKey(batch, row)) this.rejectDuplicate(batch, row);
    }
  }

  private reject(
    batch: RecordBatch,
    row: number,
    code: 'type-error' | 'constraint-error' | 'unique-error',
    message: string,
  ): void {
    batch.reject(row, { column: this.field.name, code, message });
  }
}
