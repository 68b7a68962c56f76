import type { FieldSpec, TableSchema } from '../../spec/table-schema';
import type { RecordBatch } from '../batch';

export class FieldChecks {
  constructor(
    readonly fields: readonly (FieldSpec | undefined)[],
    readonly schema: TableSchema,
    readonly uniqueBudgetBytes: number,
  ) {}
  apply(_batch: RecordBatch): void {}
}
