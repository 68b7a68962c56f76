import { CellStore } from './cell-store';
import type { LookupSpec } from '../../spec/enrichments/enrichment-spec';
import { PipelineError } from '../../spec/pipeline-error';
import type { ByteSource } from '../engine';
import { LookupKey } from './lookup-key';
import { readLookupFile } from '../read/lookup-file';
import { KeyTable } from '../unique/key-table';

/** A lookup file in memory. */
export interface LookupTable {
  /** Tells the row of a key by its number. */
  readonly keys: KeyTable;
  /** The cells of each row, one for each output column. */
  readonly cells: CellStore;
}

/**
 * Reads a lookup file. Throws PipelineError `lookup-duplicate-key` where a key stands twice, since a join must not
 * multiply rows, and `lookup-unreadable` where the file is no CSV with the columns that are asked for.
 */
export async function loadLookup(name: string, spec: LookupSpec, source: ByteSource): Promise<LookupTable> {
  const keys = new KeyTable();
  const cells = new CellStore(spec.columns.length);
  await readLookupFile(name, source, (find) => {
    const key = new LookupKey(spec.on.map(({ lookupColumn }) => find(lookupColumn)));
    const valueColumns = spec.columns.map(({ lookupColumn }) => find(lookupColumn));
    return (batch, row) => {
      if (!key.take(batch.columns, row)) return;
      if (!keys.add(key.data, key.start, key.end)) throw duplicateKey(name, batch.rowNumbers[row]);
      for (const index of valueColumns) cells.push(batch.columns[index], row);
    };
  });
  return { keys, cells };
}

function duplicateKey(name: string, record: number): PipelineError {
  return new PipelineError(
    'lookup-duplicate-key',
    `the file of ${name} has a key again in record ${record}`,
    { record },
  );
}
