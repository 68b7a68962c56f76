/**
 * The CSV engine by itself: validates, transforms and enriches CSV as streams of bytes, in bounded memory, and knows no
 * AWS. `validateCsv` and `runCsv` take a file through a whole pipeline; `readCsv` reads one record by record, `CsvWriter`
 * writes one; `csvEngine` has the single steps as the functions run them.
 */
export type { RowError } from './batch';
export * from './csv-engine';
export * from './engine';
export type { ColumnResult } from './infer/column-profile';
export {
  type InferOptions,
  type InferredField,
  type InferredSchema,
  inferSchema,
} from './infer/infer-schema';
export { type SplitGuess, type SplitGuesses, SplitSearch } from './kernel/split-search';
export { CsvFile } from './read/csv-file';
export * from './read/read-csv';
export * from './run/nowhere';
export type { CsvSource } from './stream/csv-source';
export type { CsvTarget } from './stream/csv-target';
export { definePipeline, type OutputParts, type PipelineParts } from './stream/define-pipeline';
export type { RejectedRow } from './stream/reject-log';
export {
  type CsvSummary,
  runCsv,
  type RunOptions,
  validateCsv,
  type ValidateOptions,
} from './stream/run-csv';
export type { HashKeys } from './transforms/transform-context';
export * from './write/csv-writer';
export type { ErrorCodeName } from '../shared/error-codes';
export type { Counts } from '../shared/job';
export * from '../spec/dialect-spec';
export * from '../spec/enrichments/enrichment-spec';
export {
  type CsvOutputSpec,
  type JsonLinesOutputSpec,
  OUTPUT_DEFAULTS,
  type OutputSpec,
  type ParquetOutputSpec,
} from '../spec/output-spec';
export * from '../spec/pipeline-error';
export * from '../spec/pipeline-spec';
export * from '../spec/spec-error';
export * from '../spec/table-schema';
export * from '../spec/transforms/transform-spec';
