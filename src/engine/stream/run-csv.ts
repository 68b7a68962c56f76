import type { Counts } from '../../shared/job';
import type { DetectedDialect, DialectSpec } from '../../spec/dialect-spec';
import type { LimitsSpec, PipelineSpec } from '../../spec/pipeline-spec';
import { checkTableSchema } from '../../spec/schema/check-table-schema';
import type { Lineage } from '../engine';
import type { CsvSource } from './csv-source';
import type { CsvTarget } from './csv-target';
import { definePipeline, type OutputParts } from './define-pipeline';
import type { RejectedRow } from './reject-log';
import { runPipeline } from './run-pipeline';
import { kernelSource } from '../kernel/kernel-source';
import type { HashKeys } from '../transforms/transform-context';

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
  return runPipeline(source, pipeline, options, kernelSource);
}
