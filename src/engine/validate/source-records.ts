import { hasRejectColumns, isRejectsName } from './replay';
import { REJECT_COLUMNS } from '../../shared/step-contract';
import { DEFAULT_DIALECT, type DialectSpec } from '../../spec/dialect-spec';
import { PipelineError } from '../../spec/pipeline-error';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { ByteSource } from '../engine';
import type { PlaceText } from '../read/byte-window';
import { detectDialect } from '../read/detect-dialect';
import { RecordReader } from '../read/record-reader';
import { namedDelimiter } from '../read/separator-line';
import { SAMPLE_BYTES, SourceText } from '../read/source-text';

/** A source whose header has been read. */
export interface SourceRecords {
  /** Names of the source's own columns: from the header, the dialect or the schema, or `field1`, `field2`, ... */
  readonly header: readonly string[];
  /** A rejects file dropped back: behind the source's own columns stand the four that explain the reject. */
  readonly replay: boolean;
  /** Columns of a record: those of the header, and the four of a rejects file. Cells beyond are surplus. */
  readonly width: number;
  /** Records before the first row. */
  readonly headerRecords: number;
  /** The dialect that the records are read with: with what was found out of the file. */
  readonly dialect: DialectSpec;
}

/** Reads the records of a source: a gzip file or not, in the encoding of its dialect. */
export function sourceReader(
  input: ByteSource,
  sourceKey: string,
  spec: PipelineSpec,
  windowBytes?: number,
  place?: PlaceText,
): RecordReader {
  const text = new SourceText(input, spec, sourceKey);
  return new RecordReader(text, spec.dialect, spec.limits.maxRecordBytes, windowBytes, place);
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
        return { header, replay: true, width: first.cells.length, headerRecords: 1, dialect: candidate };
      }
    }
  }
  await reader.skipLines(dialect.skipLines ?? 0);
  const names = schema?.fields.map(({ name }) => name);
  const found = await findDialect(reader, dialect, names);
  reader.setDialect(found);
  const header = found.header ? await readHeader(reader, found) : await nameColumns(reader, found, names);
  const headerRecords = found.header ? Math.max(...headerRowsOf(found)) : 0;
  return { header, replay: false, width: header.length, headerRecords, dialect: found };
}

/** The dialect of a file, with what is to be found out of its first bytes. */
async function findDialect(
  reader: RecordReader,
  { detect, ...said }: DialectSpec,
  names: readonly string[] | undefined,
): Promise<DialectSpec> {
  if (!detect) return said;
  const sample = await reader.sample(SAMPLE_BYTES);
  const delimiter = detect.includes('delimiter') ? namedDelimiter(sample.text, said) : undefined;
  if (delimiter === undefined) return detectDialect(sample, { ...said, detect }, names);
  await reader.skipLines(1);
  const rest = detect.filter((property) => property !== 'delimiter');
  // The line is none of the records, for whoever reads the file by the dialect that was found.
  const skipLines = (said.skipLines ?? 0) + 1;
  const known = { ...said, delimiter, skipLines, detect: rest };
  return detectDialect(await reader.sample(SAMPLE_BYTES), known, names);
}

/** The labels of a header; parts of a label that stand in several records are joined. */
async function readHeader(reader: RecordReader, dialect: DialectSpec): Promise<readonly string[]> {
  const rows = headerRowsOf(dialect);
  const parts: Array<readonly string[]> = [];
  for (let record = 1; record <= Math.max(...rows); record++) {
    const next = await reader.nextRecord();
    if (!next) throw emptyFile();
    if (rows.includes(record)) parts.push(next.cells);
  }
  if (parts.length === 1) return parts[0];
  const width = Math.max(...parts.map((cells) => cells.length));
  return Array.from({ length: width }, (_, column) =>
    parts
      .map((cells) => cells[column] ?? '')
      .filter((part) => part !== '')
      .join(dialect.headerJoin ?? ' '),
  );
}

function headerRowsOf({ headerRows = [1] }: DialectSpec): readonly number[] {
  return headerRows;
}

/** The names of the columns of a file without header. */
async function nameColumns(
  reader: RecordReader,
  dialect: DialectSpec,
  names: readonly string[] | undefined,
): Promise<readonly string[]> {
  const first = await reader.peekRecord(dialect, 'pass-blank');
  if (!first) throw emptyFile();
  return dialect.columnNames ?? names ?? first.cells.map((_cell, index) => `field${index + 1}`);
}

function emptyFile(): PipelineError {
  return new PipelineError('empty-file', 'the file has no records');
}
