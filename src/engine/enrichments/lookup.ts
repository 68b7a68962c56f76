import type { LookupSpec } from '../../spec/enrichments/enrichment-spec';
import { BATCH_ROWS, Column, type RecordBatch } from '../batch';
import type { ApplyToBatch } from '../compile-operations';
import { LookupKey } from './lookup-key';
import type { LookupTable } from './lookup-table';

/** Appends columns of the lookup's row that has the same key. Keys are compared as text, byte by byte. */
export function compileLookup(spec: LookupSpec, header: readonly string[], table: LookupTable): ApplyToBatch {
  const key = new LookupKey(spec.on.map(({ column }) => header.indexOf(column)));
  const { keys, cells } = table;
  const missing = Buffer.from(spec.whenMissing.type === 'value' ? spec.whenMissing.value : '', 'utf8');
  const data = Buffer.concat([cells.data, missing]);
  const columns = spec.columns.map(() => new Column(data));
  const reject = spec.whenMissing.type === 'reject';
  const found = new Int32Array(BATCH_ROWS);
  return (batch) => {
    const rows = batch.keptRows();
    for (const row of rows) {
      found[row] = key.take(batch.columns, row) ? keys.indexOf(key.data, key.start, key.end) : -1;
      if (found[row] < 0 && reject) rejectMissing(batch, row, spec);
    }
    columns.forEach(({ start, end }, index) => {
      for (const row of rows) {
        start[row] = found[row] < 0 ? cells.data.length : cells.start(found[row], index);
        end[row] = found[row] < 0 ? data.length : cells.end(found[row], index);
      }
    });
    batch.columns = [...batch.columns, ...columns];
  };
}

function rejectMissing(batch: RecordBatch, row: number, spec: LookupSpec): void {
  const columns = spec.on.map(({ lookupColumn }) => lookupColumn).join(', ');
  batch.reject(row, {
    column: spec.on[0].column,
    code: 'lookup-error',
    message: `the lookup has no row for this ${columns}`,
  });
}
