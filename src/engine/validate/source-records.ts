import { hasRejectColumns, isRejectsName } from './replay';
import { REJECT_COLUMNS } from '../../shared/step-contract';
import { DEFAULT_DIALECT } from '../../spec/dialect-spec';
import { PipelineError } from '../../spec/pipeline-error';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { RecordReader } from '../read/record-reader';

/** A source whose header has been read. */
export interface SourceRecords {
  /** Names of the source's own columns: from the header, from the schema, or `field1`, `field2`, ... */
  readonly header: readonly string[];
  /** A rejects file dropped back: behind the source's own columns stand the four that explain the reject. */
  readonly replay: boolean;
  /** Columns of a record: those of the header, and the four of a rejects file. Cells beyond are surplus. */
  readonly width: number;
}

/**
 * Reads the header of a source. A rejects file that is dropped back is told by its name and its last four columns; it is
 * a CSV as this pipeline publishes it and has a header, whatever the dialect of the source was.
 */
export async function openSource(
  reader: RecordReader,
  sourceKey: string,
  { dialect, schema }: PipelineSpec,
): Promise<SourceRecords> {
  if (isRejectsName(sourceKey)) {
    for (const candidate of [DEFAULT_DIALECT, dialect]) {
      const first = await reader.peekRecord(candidate);
      if (first && hasRejectColumns(first.cells)) {
        reader.setDialect(candidate);
        await reader.nextRecord();
        const header = first.cells.slice(0, -REJECT_COLUMNS.length);
        return { header, replay: true, width: first.cells.length };
      }
    }
  }
  const first = dialect.header ? await reader.nextRecord() : await reader.peekRecord(dialect, 'pass-blank');
  if (!first) throw new PipelineError('empty-file', 'the file has no records');
  const header = dialect.header
    ? first.cells
    : (schema?.fields.map((field) => field.name) ?? first.cells.map((_cell, index) => `field${index + 1}`));
  return { header, replay: false, width: header.length };
}
