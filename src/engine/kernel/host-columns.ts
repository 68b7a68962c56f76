import type { KernelBatch } from './kernel-batch';
import type { FieldSpec, TableSchema } from '../../spec/table-schema';
import { RecordBatch, ROW_KEPT } from '../batch';
import { UniqueBudget } from '../unique/unique-budget';
import { type FieldCheck, MISSING } from '../validate/field-check';
import { FieldChecks } from '../validate/field-checks';

/** Checks the columns that the kernel does not know how to check, by their full definition. */
export class HostColumns {
  private readonly checks: readonly FieldCheck[];
  private readonly cells = new RecordBatch();
  private readonly keys: ReadonlySet<string>;

  /** `columns` has the fields to check, undefined at the others. Which values are unique is looked at elsewhere. */
  constructor(columns: ReadonlyArray<FieldSpec | undefined>, schema: TableSchema) {
    const fields = columns.map(
      (field) => field && { ...field, constraints: { ...field.constraints, unique: false } },
    );
    const alone = { ...schema, primaryKey: [], uniqueKeys: [], foreignKeys: [] };
    this.checks = new FieldChecks(fields, alone, new UniqueBudget(0)).fields;
    this.keys = new Set(schema.primaryKey);
  }

  /** Leaves records to the full check of all columns where a cell is wrong, or missing without being empty. */
  apply(batch: KernelBatch): void {
    const { cells } = this;
    for (const check of this.checks) {
      const index = check.columnIndex;
      const ends = batch.fetchColumn(index, cells);
      const rows = batch.acceptedRows();
      cells.reset();
      check.apply(cells, rows);
      const { start } = cells.columns[index];
      for (const row of rows) {
        const isMissing = check.found[row] === MISSING;
        // A missing key is an error; any other missing cell is written as an empty one.
        const isOdd = isMissing && (this.keys.has(check.field.name) || ends[row] > start[row]);
        if (isOdd || cells.state[row] !== ROW_KEPT) batch.doubt(row, index);
      }
    }
  }
}
