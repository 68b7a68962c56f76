import type { Counts } from '../../shared/job';
import type { DetectedDialect, DialectSpec } from '../../spec/dialect-spec';
import type { LookupSpec } from '../../spec/enrichments/enrichment-spec';
import { PipelineError } from '../../spec/pipeline-error';
import type { LimitsSpec, PipelineSpec } from '../../spec/pipeline-spec';
import { checkTableSchema } from '../../spec/schema/check-table-schema';
import { type BatchOperation, type RecordBatch, ROW_FILTERED, ROW_REJECTED } from '../batch';
import type { ByteSource, Lineage } from '../engine';
import { bytesOf, type CsvSource } from './csv-source';
import { type CsvTarget, openTarget, type OpenTarget } from './csv-target';
import { definePipeline, type OutputParts } from './define-pipeline';
import { RejectLog, type RejectedRow } from './reject-log';
import { SourceCells } from './source-cells';
import { compileEnrichments } from '../enrichments';
import { openOutput } from '../output/open-output';
import { compileTransforms } from '../transforms';
import type { HashKeys } from '../transforms/transform-context';
import { CheckedSource } from '../validate/checked-source';

export interface RunOptions {
  /** Gets the rows that are left, in the pipeline's format. @default - they are only counted */
  readonly output?: CsvTarget;
  /**
   * Gets the rejected rows with their cells as they were, then `_row`, `_column`, `_code` and `_message`: the rejects file
   * of a deployed pipeline, of at most `limits.maxRejectsKept` rows. Nothing is written where no row is rejected.
   * @default - none is written
   */
  readonly rejects?: CsvTarget;
  /** Is called for each rejected row, in their order; a promise is waited for. */
  readonly onReject?: (reject: RejectedRow) => void | Promise<void>;
  /**
   * Opens the file of a lookup, or one that foreign keys refer to, by the `key` of its source.
   * @default - a pipeline with such a file fails `lookup-unreadable`
   */
  readonly openLookup?: (key: string) => CsvSource | Promise<CsvSource>;
  /** Name of the source: a rejects file is taken in again by its name. @default - it is none */
  readonly sourceName?: string;
  /** The keys of `hash` transforms, by their names. @default - a pipeline with such a transform fails `secret-unreadable` */
  readonly hashKeys?: HashKeys;
  /** What the lineage enrichment writes. @default - empty cells */
  readonly lineage?: Partial<Lineage>;
}

export interface ValidateOptions extends Omit<RunOptions, 'openLookup' | 'hashKeys' | 'lineage'> {
  /** How the source is written. @default - RFC 4180 with a header, UTF-8 */
  readonly dialect?: Partial<DialectSpec>;
  /** The format of `output`: `csv`, `json-lines` or `parquet`. @default - CSV with quotes where they are needed */
  readonly format?: OutputParts;
  /** @default - DEFAULT_LIMITS */
  readonly limits?: Partial<LimitsSpec>;
}

/** What became of a source. */
export interface CsvSummary {
  /** rowsRead = rowsWritten + rowsRejected + rowsFiltered. */
  readonly counts: Counts;
  /** Columns of the output. */
  readonly header: readonly string[];
  /** Rows of the rejects file, where `limits.maxRejectsKept` leaves out some that were rejected. */
  readonly rejectsKept?: number;
  /** How the source is written, where the dialect has something to find out (`detect`). */
  readonly dialect?: DetectedDialect;
}

/**
 * Validates a CSV against a Frictionless Table Schema. Throws SpecError where the schema is wrong, and what runCsv throws.
 */
export async function validateCsv(
  source: CsvSource,
  schema: object,
  options: ValidateOptions = {},
): Promise<CsvSummary> {
  checkTableSchema(schema);
  const { dialect, format, limits } = options;
  return runCsv(source, definePipeline({ schema, dialect, limits, output: format }), options);
}

/**
 * Runs a CSV through a whole pipeline in one pass, in bounded memory: validates each row, transforms and enriches those
 * that are valid. Throws PipelineError where the file as a whole is wrong, with the code and place of the mistake; what
 * has been written by then is not complete. Errors of the streams themselves are thrown as they are. A `de-duplicate` that
 * keeps the last of equal rows takes two passes, so it is refused here: `csvEngine.transform` has it.
 */
export async function runCsv(
  source: CsvSource,
  pipeline: PipelineSpec,
  options: RunOptions = {},
): Promise<CsvSummary> {
  const { sourceName = '', onReject } = options;
  const output = options.output && openTarget(options.output);
  const rejects = options.rejects && openTarget(options.rejects);
  const checked = new CheckedSource(
    {
      spec: pipeline,
      sourceKey: sourceName,
      input: bytesOf(source),
      openReference: (resource) => openReference(resource, source, pipeline, options),
    },
    rejects || onReject ? 'keep-surplus' : 'drop-surplus',
  );
  try {
    const summary = await checked.use(() => runBatches(checked, pipeline, { ...options, output, rejects }));
    await output?.end();
    await rejects?.end();
    return summary;
  } catch (error) {
    output?.abandon();
    rejects?.abandon();
    throw error;
  }
}

interface OpenRun extends RunOptions {
  readonly output?: OpenTarget;
  readonly rejects?: OpenTarget;
}

async function runBatches(
  source: CheckedSource,
  pipeline: PipelineSpec,
  options: OpenRun,
): Promise<CsvSummary> {
  const header = await source.open();
  const { uniqueBudgetBytes } = pipeline.limits;
  const transforms = compileTransforms(pipeline.transforms, header, {
    uniqueBudgetBytes,
    lastRows: new Map(),
    hashKeys: options.hashKeys,
  });
  const enrichments = await openEnrichments(pipeline, transforms, options);
  const output = options.output && openOutput(pipeline, enrichments.header, options.output);
  const rejects = new RejectLog(header, options.rejects, options.onReject, pipeline.limits.maxRejectsKept);
  const cells = new SourceCells();
  const counts = { rowsRead: 0, rowsWritten: 0, rowsRejected: 0, rowsFiltered: 0 };
  for (let batch = await source.nextBatch(); batch; batch = await source.nextBatch()) {
    cells.take(batch);
    source.check(batch);
    transforms.apply(batch);
    enrichments.apply(batch);
    count(batch, counts);
    output?.writeBatch(batch);
    await output?.drain();
    await rejects.take(batch, cells);
  }
  await output?.finish();
  await rejects.flush();
  const { rejectsKept } = rejects;
  return {
    counts,
    header: enrichments.header,
    ...(rejectsKept !== undefined && { rejectsKept }),
    ...(pipeline.dialect.detect && { dialect: found(source) }),
  };
}

function found({ dialect, reader }: CheckedSource): DetectedDialect {
  const { delimiter, quoteChar, header } = dialect;
  return { delimiter, quoteChar, header, encoding: reader.encoding };
}

/** The source itself can be read once more where it is text or bytes; a stream is gone by then. */
async function openReference(
  resource: string,
  source: CsvSource,
  { resources = {} }: PipelineSpec,
  { openLookup }: RunOptions,
): Promise<ByteSource> {
  if (resource !== '' && openLookup) return bytesOf(await openLookup(resources[resource].key));
  if (resource === '' && (typeof source === 'string' || source instanceof Uint8Array)) return bytesOf(source);
  throw new PipelineError(
    'lookup-unreadable',
    resource === ''
      ? 'the schema has a foreign key to the file itself, which is a stream and cannot be read twice'
      : `the schema has a foreign key to the resource ${JSON.stringify(resource)}, and there is no openLookup to open it`,
  );
}

function openEnrichments(
  { enrichments }: PipelineSpec,
  { header }: BatchOperation,
  { openLookup, lineage }: RunOptions,
): Promise<BatchOperation> {
  return compileEnrichments(enrichments, header, {
    openLookup: async (index) => {
      const { key } = (enrichments[index] as LookupSpec).source;
      if (openLookup) return bytesOf(await openLookup(key));
      throw new PipelineError(
        'lookup-unreadable',
        `enrichments[${index}] (lookup) reads ${key}, and there is no openLookup to open it`,
      );
    },
    lineage: { sourceKey: '', sourceVersion: '', jobId: '', specSha256: '', ...lineage },
  });
}

function count(batch: RecordBatch, counts: { -readonly [Name in keyof Counts]: Counts[Name] }): void {
  counts.rowsRead += batch.rows;
  for (let row = 0; row < batch.rows; row++) {
    if (batch.state[row] === ROW_REJECTED) counts.rowsRejected++;
    else if (batch.state[row] === ROW_FILTERED) counts.rowsFiltered++;
    else counts.rowsWritten++;
  }
}
