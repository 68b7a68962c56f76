import type { FieldSpec, TableSchema } from '../../spec/table-schema';
import type { RecordBatch, RowError } from '../batch';
import { FieldCheck } from './field-check';
import { ForeignKeyCheck } from './foreign-key-check';
import type { KeyCheck } from './key-check';
import { MissingValues } from './missing-values';
import { PrimaryKeyCheck } from './primary-key-check';
import { loadReference, type ReferenceRun } from './reference-keys';
import { RowKey } from './row-key';
import { UniqueKeyCheck } from './unique-key-check';
import type { UniqueBudget } from '../unique/unique-budget';

interface RowCheck extends KeyCheck {
  apply(batch: RecordBatch, rows: Int32Array): void;
}

/**
 * Checks the cells of whole records against the schema, a column at a time. All errors of a row are collected, in column
 * order. A value counts as seen for `unique` and the primary key wherever the cell itself is valid, also where its row is
 * rejected for another reason: the row may come back corrected.
 */
export class FieldChecks {
  readonly fields: readonly FieldCheck[];
  /** Checks of several columns together, in the order in which they are made. */
  private readonly rowChecks: RowCheck[] = [];
  private readonly byName: ReadonlyMap<string, FieldCheck>;
  private readonly places: ReadonlyMap<string, number>;

  /** `columns` has the field of each column, or undefined where it has none. */
  constructor(
    columns: readonly (FieldSpec | undefined)[],
    schema: TableSchema,
    private readonly budget: UniqueBudget,
  ) {
    const { primaryKey, missingValues, uniqueKeys = [] } = schema;
    const missingOfAll = new MissingValues(missingValues);
    this.fields = columns.flatMap((field, index) => {
      if (!field) return [];
      const isPrimaryKey = primaryKey.length === 1 && primaryKey[0] === field.name;
      const unique = field.constraints.unique === true && !isPrimaryKey;
      const missing = field.missingValues ? new MissingValues(field.missingValues) : missingOfAll;
      return [new FieldCheck(field, index, missing, unique ? budget : undefined)];
    });
    this.byName = new Map(this.fields.map((check) => [check.field.name, check]));
    this.places = new Map(this.fields.map((check) => [check.field.name, check.columnIndex]));
    const primary = this.rowKey(primaryKey);
    if (primary) {
      this.rowChecks.push(new PrimaryKeyCheck(primary, budget));
    }
    for (const names of uniqueKeys) {
      const key = this.rowKey(names);
      if (key) this.rowChecks.push(new UniqueKeyCheck(key, budget));
    }
  }

  /** Reads the rows that the foreign keys refer to. To be called before the first batch. */
  async loadReferences(run: ReferenceRun, { foreignKeys = [] }: TableSchema): Promise<void> {
    for (const spec of foreignKeys) {
      const key = this.rowKey(spec.fields);
      if (!key) continue;
      const fields = key.parts.map(({ field }) => field);
      const known = await loadReference(run, spec, fields, this.budget);
      this.rowChecks.push(new ForeignKeyCheck(key, spec, known));
    }
  }

  /** Checks of keys, in the order in which they are made. */
  get keyChecks(): readonly KeyCheck[] {
    return [...this.fields.filter(({ seen }) => seen), ...this.rowChecks];
  }

  /** Puts errors of a row into the order of their columns. */
  sort(errors: RowError[]): void {
    errors.sort((a, b) => this.places.get(a.column)! - this.places.get(b.column)!);
  }

  /** The key of these fields; undefined where there are none, or the file lacks one of them. */
  private rowKey(names: readonly string[]): RowKey | undefined {
    const parts = names.flatMap((name) => this.byName.get(name) ?? []);
    return parts.length === 0 || parts.length < names.length ? undefined : new RowKey(parts, this.places);
  }

  /**
   * Checks rows: those that are still kept. Columns whose cells are known to be valid as they stand, and are in no key, may
   * be passed over. Throws PipelineError `unique-budget-exceeded`.
   */
  apply(
    batch: RecordBatch,
    rows: Int32Array = batch.keptRows(),
    isDoubtful: (column: number) => boolean = () => true,
  ): void {
    for (const field of this.fields) {
      if (isDoubtful(field.columnIndex)) field.apply(batch, rows);
    }
    for (const check of this.rowChecks) check.apply(batch, rows);
    this.checkBudget();
  }

  /** Throws PipelineError `unique-budget-exceeded`. */
  checkBudget(): void {
    this.budget.check();
  }
}
