import type { FieldSpec, TableSchema } from '../../spec/table-schema';
import type { RecordBatch } from '../batch';
import { FieldCheck } from './field-check';
import { MissingValues } from './missing-values';
import { PrimaryKeyCheck } from './primary-key-check';
import { UniqueBudget } from '../unique/unique-budget';

/**
 * Checks the cells of whole records against the schema, a column at a time. All errors of a row are collected, in column
 * order. A value counts as seen for `unique` and the primary key wherever the cell itself is valid, also where its row is
 * rejected for another reason: the row may come back corrected.
 */
export class FieldChecks {
  private readonly fields: readonly FieldCheck[];
  private readonly primaryKey?: PrimaryKeyCheck;
  private readonly budget: UniqueBudget;

  /** `columns` has the field of each column, or undefined where it has none. */
  constructor(columns: readonly (FieldSpec | undefined)[], schema: TableSchema, uniqueBudgetBytes: number) {
    const { primaryKey, missingValues } = schema;
    const missingOfAll = new MissingValues(missingValues);
    const budget = new UniqueBudget(uniqueBudgetBytes);
    this.fields = columns.flatMap((field, index) => {
      if (!field) return [];
      const isKey = primaryKey.length === 1 && primaryKey[0] === field.name;
      const unique = field.constraints.unique === true && !isKey;
      const missing = field.missingValues ? new MissingValues(field.missingValues) : missingOfAll;
      return [new FieldCheck(field, index, missing, unique ? budget : undefined)];
    });
    if (primaryKey.length > 0) {
      const byName = new Map(this.fields.map((check) => [check.field.name, check]));
      const places = new Map(this.fields.map((check) => [check.field.name, check.columnIndex]));
      this.primaryKey = new PrimaryKeyCheck(
        primaryKey.map((name) => byName.get(name)!),
        places,
        budget,
      );
    }
    this.budget = budget;
  }

  /** Checks the rows that are still kept. Throws PipelineError `unique-budget-exceeded`. */
  apply(batch: RecordBatch): void {
    const rows = batch.keptRows();
    for (const field of this.fields) field.apply(batch, rows);
    this.primaryKey?.apply(batch, rows);
    this.budget.check();
  }
}
