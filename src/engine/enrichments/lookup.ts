import type { LookupSpec } from '../../spec/enrichments/enrichment-spec';
import { BATCH_ROWS, type Column, type RecordBatch } from '../batch';
import { forKeptRows } from '../cell-bytes';
import type { ApplyToBatch } from '../compile-operations';
import { lookupKey, type LookupTable } from './lookup-table';

/** Appends columns of the lookup's row that has the same key. Keys are compared as text, byte by byte. */
export function compileLookup(spec: LookupSpec, header: readonly string[], table: LookupTable): ApplyToBatch {
  const keyColumns = spec.on.map(({ column }) => header.indexOf(column));
  const missing = Buffer.from(spec.whenMissing.type === 'value' ? spec.whenMissing.value : '', 'utf8');
  const data = Buffer.concat([table.data, missing]);
  const columns = table.columns.map(() => ({
    data,
    start: new Int32Array(BATCH_ROWS),
    end: new Int32Array(BATCH_ROWS),
  }));
  const reject = spec.whenMissing.type === 'reject';
  return (batch) => {
    forKeptRows(batch, (row) => {
      const found = table.rows.get(keyOf(batch, row, keyColumns));
      if (found === undefined && reject) rejectMissing(batch, row, spec);
      columns.forEach(({ start, end }, at) => {
        start[row] = found === undefined ? table.data.length : table.columns[at].start[found];
        end[row] = found === undefined ? data.length : table.columns[at].end[found];
      });
    });
    batch.columns = [...batch.columns, ...columns];
  };
}

/** The key of a row; a part that is empty makes a key that no lookup has. */
function keyOf(batch: RecordBatch, row: number, keyColumns: readonly number[]): string {
  const parts = keyColumns.map((index) => latin1(batch.columns[index], row));
  return lookupKey(parts);
}

/** The bytes of a cell, one character a byte: cheaper than decoding them, and as good to compare. */
function latin1({ data, start, end }: Column, row: number): string {
  return data.toString('latin1', start[row], end[row]);
}

function rejectMissing(batch: RecordBatch, row: number, spec: LookupSpec): void {
  const columns = spec.on.map(({ lookupColumn }) => lookupColumn).join(', ');
  batch.reject(row, {
    column: spec.on[0].column,
    code: 'lookup-error',
    message: `the lookup has no row for this ${columns}`,
  });
}
