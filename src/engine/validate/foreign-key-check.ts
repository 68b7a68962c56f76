import type { ForeignKeySpec } from '../../spec/table-schema';
import type { RecordBatch, RowError } from '../batch';
import type { KeyCheck } from './key-check';
import type { RowKey } from './row-key';
import type { KeySet } from '../unique/key-set';

/**
 * Checks that the values of a foreign key stand in a row that it refers to. A row that lacks one of them refers to
 * nothing (SQL's MATCH SIMPLE).
 */
export class ForeignKeyCheck implements KeyCheck {
  private readonly unknown: RowError;

  constructor(
    private readonly key: RowKey,
    { reference: { resource, fields } }: ForeignKeySpec,
    /** Keys of the rows that it refers to. */
    private readonly known: KeySet,
  ) {
    const where = resource === '' ? 'the file' : `the resource ${JSON.stringify(resource)}`;
    this.unknown = key.error('foreign-key-error', `${where} has no row with this ${fields.join(', ')}`);
  }

  get parts(): RowKey['parts'] {
    return this.key.parts;
  }

  /** Checks the given rows, after their fields were checked. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    for (const row of rows) {
      if (this.key.isWhole(row) && !this.takeKey(batch, row)) this.rejectKey(batch, row);
    }
  }

  takeKey(batch: RecordBatch, row: number): boolean {
    const { key } = this;
    key.take(batch, row);
    return this.known.has(key.data, key.start, key.end);
  }

  rejectKey(batch: RecordBatch, row: number): void {
    this.key.reject(batch, row, this.unknown);
  }
}
