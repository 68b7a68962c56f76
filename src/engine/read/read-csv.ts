import { checkDialect } from '../../spec/check-dialect';
import type { DialectSpec } from '../../spec/dialect-spec';
import { PipelineError } from '../../spec/pipeline-error';
import { DEFAULT_LIMITS } from '../../spec/pipeline-spec';
import type { ByteSource } from '../engine';
import { readerBehind, readerOf } from './byte-reader';
import { RecordReader } from './record-reader';

/** A record as texts. */
export interface CsvRecord {
  /** Number of the record in the file; the header, where there is one, is record 1. */
  readonly row: number;
  readonly cells: readonly string[];
  /** True where nothing stands in the record but delimiters. */
  readonly blank: boolean;
}

/**
 * Reads a CSV record by record, the header like any other; for files that are small or need no speed. Throws SpecError for
 * a dialect that is none (what it leaves out is that of DEFAULT_DIALECT), PipelineError `empty-file` where there is no record, and those of the RecordReader.
 */
export async function* readCsv(
  source: ByteSource,
  dialect: Partial<DialectSpec> = {},
  maxRecordBytes: number = DEFAULT_LIMITS.maxRecordBytes,
): AsyncGenerator<CsvRecord> {
  const reader = new RecordReader(readerOf(source), checkDialect(dialect), maxRecordBytes);
  try {
    reader.setColumns(0, 'keep-surplus');
    for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
      for (let row = 0; row < batch.rows; row++) {
        yield { row: batch.rowNumbers[row], cells: batch.surplus(row), blank: batch.isBlank(row) };
      }
    }
    if (reader.records === 0) throw new PipelineError('empty-file', 'the file has no records');
  } finally {
    await reader.close();
  }
}

/**
 * The first records of the beginning of a file, blank ones left out; with one that breaks off only where the file does, too.
 */
export async function readCsvStart(
  { text, whole }: { readonly text: Buffer; readonly whole: boolean },
  dialect: DialectSpec,
  mostRecords: number,
): Promise<string[][]> {
  const reader = new RecordReader(readerBehind(text), dialect, text.length);
  const records: string[][] = [];
  try {
    for (
      let next = await reader.nextRecord();
      next && records.length < mostRecords;
      next = await reader.nextRecord()
    ) {
      if (!next.blank) records.push([...next.cells]);
    }
  } catch {
    // A quote that is not closed in the sample: nothing else can be wrong with text in memory.
    return records;
  }
  return whole || records.length === mostRecords ? records : records.slice(0, -1);
}
