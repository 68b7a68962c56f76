import { DEFAULT_DIALECT } from '../../spec/dialect-spec';
import { PipelineError } from '../../spec/pipeline-error';
import { DEFAULT_LIMITS } from '../../spec/pipeline-spec';
import type { ByteSource } from '../engine';
import { readerOf } from './byte-reader';
import { RecordReader } from './record-reader';
import type { SourceBatch } from './source-batch';

/** Takes the rows of a lookup file one by one. */
export type TakeRow = (batch: SourceBatch, row: number) => void;

/**
 * Reads a lookup file: a CSV with a header, whose rows are all as wide as that; blank ones are passed over. `begin` gets
 * a finder of columns. Throws PipelineError `lookup-unreadable` where the file is no such CSV, or lacks a column.
 */
export async function readLookupFile(
  name: string,
  source: ByteSource,
  begin: (find: (column: string) => number) => TakeRow,
): Promise<void> {
  try {
    await readRows(name, source, begin);
  } catch (error) {
    if (!(error instanceof PipelineError) || KEPT.has(error.code)) throw error;
    throw new PipelineError(
      'lookup-unreadable',
      `the file of ${name} cannot be read: ${error.message}`,
      error.position,
    );
  }
}

/** Codes that say enough by themselves. */
const KEPT: ReadonlySet<string> = new Set([
  'lookup-unreadable',
  'lookup-duplicate-key',
  'unique-budget-exceeded',
]);

async function readRows(
  name: string,
  source: ByteSource,
  begin: (find: (column: string) => number) => TakeRow,
): Promise<void> {
  const reader = new RecordReader(readerOf(source), DEFAULT_DIALECT, DEFAULT_LIMITS.maxRecordBytes);
  try {
    const header = await reader.nextRecord();
    if (!header) throw new PipelineError('empty-file', 'the file has no records');
    const labels = header.cells;
    const takeRow = begin((column) => columnOf(name, labels, column));
    reader.setColumns(labels.length, 'drop-surplus');
    for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
      for (let row = 0; row < batch.rows; row++) {
        if (batch.isBlank(row)) continue;
        checkWidth(name, batch, row, labels.length);
        takeRow(batch, row);
      }
    }
  } finally {
    await reader.close();
  }
}

function checkWidth(name: string, batch: SourceBatch, row: number, width: number): void {
  if (batch.cellCount(row) === width) return;
  const record = batch.rowNumbers[row];
  throw unreadable(
    name,
    `has ${batch.cellCount(row)} cells in record ${record}, and ${width} in its header`,
    record,
  );
}

function columnOf(name: string, labels: readonly string[], column: string): number {
  const index = labels.indexOf(column);
  if (index >= 0 && index === labels.lastIndexOf(column)) return index;
  throw unreadable(name, `${index < 0 ? 'lacks' : 'has twice'} the column ${JSON.stringify(column)}`, 1);
}

function unreadable(name: string, what: string, record: number): PipelineError {
  return new PipelineError('lookup-unreadable', `the file of ${name} ${what}`, { record });
}
