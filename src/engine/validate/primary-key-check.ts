import type { RecordBatch, RowError } from '../batch';
import { type FieldCheck, MISSING, VALID } from './field-check';
import { CompositeKey } from '../unique/composite-key';
import { KeySet } from '../unique/key-set';
import type { UniqueBudget } from '../unique/unique-budget';

/** Checks that the primary key is there and stands in no earlier row. */
export class PrimaryKeyCheck {
  private readonly seen = new KeySet();
  private readonly composite = new CompositeKey();

  constructor(
    private readonly parts: readonly FieldCheck[],
    private readonly columnIndexes: ReadonlyMap<string, number>,
    uniqueBudget: UniqueBudget,
  ) {
    uniqueBudget.register(this.seen);
  }

  /** Checks the given rows, after their fields were checked. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    for (const row of rows) {
      let valid = true;
      let missing: FieldCheck | undefined;
      for (const part of this.parts) {
        if (part.found[row] === VALID) continue;
        valid = false;
        if (part.found[row] === MISSING) missing ??= part;
      }
      if (missing) {
        this.reject(batch, row, missing, 'the primary key must have a value');
      } else if (valid && !this.add(batch, row)) {
        this.reject(batch, row, this.parts[0], 'the primary key stands in an earlier row');
      }
    }
  }

  private add(batch: RecordBatch, row: number): boolean {
    if (this.parts.length === 1) {
      const { key } = this.take(batch, row, this.parts[0]);
      return this.seen.add(key.data, key.start, key.end);
    }
    const { composite } = this;
    composite.reset();
    for (const part of this.parts) {
      const { key } = this.take(batch, row, part);
      composite.add(key.data, key.start, key.end);
    }
    return this.seen.add(composite.data, 0, composite.length);
  }

  private take(batch: RecordBatch, row: number, part: FieldCheck): FieldCheck {
    const { data, start, end } = batch.columns[part.columnIndex];
    part.key.take(data, start[row], end[row]);
    return part;
  }

  /** Puts the error where its column stands among the errors of the row. */
  private reject(batch: RecordBatch, row: number, part: FieldCheck, message: string): void {
    const error: RowError = { column: part.field.name, code: 'primary-key-error', message };
    batch.reject(row, error);
    const errors = batch.errors.get(row)!;
    errors.sort((a, b) => this.place(a) - this.place(b));
  }

  private place(error: RowError): number {
    return this.columnIndexes.get(error.column)!;
  }
}
