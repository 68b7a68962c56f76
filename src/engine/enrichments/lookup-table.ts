import { CellStore } from './cell-store';
import { DEFAULT_DIALECT } from '../../spec/dialect-spec';
import type { LookupSpec } from '../../spec/enrichments/enrichment-spec';
import { PipelineError } from '../../spec/pipeline-error';
import { DEFAULT_LIMITS } from '../../spec/pipeline-spec';
import type { ByteSource } from '../engine';
import { LookupKey } from './lookup-key';
import { RecordReader } from '../read/record-reader';
import type { SourceBatch } from '../read/source-batch';
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
  try {
    return await readLookup(name, spec, source);
  } catch (error) {
    if (!(error instanceof PipelineError) || error.code.startsWith('lookup-')) throw error;
    throw new PipelineError(
      'lookup-unreadable',
      `the file of ${name} cannot be read: ${error.message}`,
      error.position,
    );
  }
}

async function readLookup(name: string, spec: LookupSpec, source: ByteSource): Promise<LookupTable> {
  const reader = new RecordReader(source, DEFAULT_DIALECT, DEFAULT_LIMITS.maxRecordBytes);
  try {
    const header = await reader.nextRecord();
    if (!header) throw new PipelineError('empty-file', 'the file has no records');
    const loading = new Loading(name, spec, header.cells);
    reader.setColumns(header.cells.length, 'drop-surplus');
    for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) loading.add(batch);
    return loading;
  } finally {
    await reader.close();
  }
}

class Loading implements LookupTable {
  readonly keys = new KeyTable();
  readonly cells: CellStore;
  private readonly key: LookupKey;
  private readonly valueColumns: readonly number[];

  constructor(
    private readonly name: string,
    spec: LookupSpec,
    private readonly labels: readonly string[],
  ) {
    this.key = new LookupKey(spec.on.map(({ lookupColumn }) => this.find(lookupColumn)));
    this.valueColumns = spec.columns.map(({ lookupColumn }) => this.find(lookupColumn));
    this.cells = new CellStore(spec.columns.length);
  }

  add(batch: SourceBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      if (!batch.isBlank(row)) this.addRow(batch, row);
    }
  }

  private addRow(batch: SourceBatch, row: number): void {
    const { key, labels } = this;
    const record = batch.rowNumbers[row];
    if (batch.cellCount(row) !== labels.length) {
      this.unreadable(
        `has ${batch.cellCount(row)} cells in record ${record}, and ${labels.length} in its header`,
        record,
      );
    }
    if (!key.take(batch.columns, row)) return;
    if (!this.keys.add(key.data, key.start, key.end)) {
      throw new PipelineError(
        'lookup-duplicate-key',
        `the file of ${this.name} has a key again in record ${record}`,
        { record },
      );
    }
    for (const index of this.valueColumns) this.cells.push(batch.columns[index], row);
  }

  private find(column: string): number {
    const { labels } = this;
    const index = labels.indexOf(column);
    if (index >= 0 && index === labels.lastIndexOf(column)) return index;
    return this.unreadable(`${index < 0 ? 'lacks' : 'has twice'} the column ${JSON.stringify(column)}`, 1);
  }

  private unreadable(what: string, record: number): never {
    throw new PipelineError('lookup-unreadable', `the file of ${this.name} ${what}`, { record });
  }
}
