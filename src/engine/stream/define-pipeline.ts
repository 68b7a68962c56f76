import { DEFAULT_DIALECT, type DialectSpec } from '../../spec/dialect-spec';
import type { EnrichmentSpec, LookupSourceSpec } from '../../spec/enrichments/enrichment-spec';
import {
  type CsvOutputSpec,
  type JsonLinesOutputSpec,
  OUTPUT_DEFAULTS,
  type ParquetOutputSpec,
} from '../../spec/output-spec';
import { checkPipelineSpec } from '../../spec/parse-pipeline-spec';
import {
  DEFAULT_LIMITS,
  type LimitsSpec,
  PIPELINE_SPEC_VERSION,
  type PipelineSpec,
} from '../../spec/pipeline-spec';
import { DEFAULT_REJECT_POLICY } from '../../spec/reject-policy-spec';
import type { TransformSpec } from '../../spec/transforms/transform-spec';

/** The format of the rows that are left, told apart by `type`; what it leaves out is that of OUTPUT_DEFAULTS. */
export type OutputParts =
  | ({ readonly type: 'csv' } & Partial<CsvOutputSpec>)
  | JsonLinesOutputSpec
  | ({ readonly type: 'parquet' } & Partial<ParquetOutputSpec>);

/** What a pipeline is made of. All of it is plain JSON, so that it may come from a file. */
export interface PipelineParts {
  /**
   * A Frictionless Table Schema descriptor (https://specs.frictionlessdata.io/table-schema/).
   *
   * @default - the structure alone is checked: header, columns of each row, encoding
   */
  readonly schema?: object;
  /** Files that the schema's foreign keys refer to, by the names of their resources. @default - none */
  readonly resources?: Readonly<Record<string, LookupSourceSpec>>;
  /** How the source is written. @default - RFC 4180 with a header, UTF-8 */
  readonly dialect?: Partial<DialectSpec>;
  /** What is done to valid rows, in order. @default - nothing */
  readonly transforms?: readonly TransformSpec[];
  /** What is added to them, in order. @default - nothing */
  readonly enrichments?: readonly EnrichmentSpec[];
  /** @default - DEFAULT_LIMITS */
  readonly limits?: Partial<LimitsSpec>;
  /** The format of the rows that are left: `csv`, `json-lines` or `parquet`. @default - CSV with quotes where they are needed */
  readonly output?: OutputParts;
}

/**
 * Makes a pipeline of its parts, defaults written out, and checks it as a whole: schema, patterns, expressions, and the
 * columns that each operation names. Throws SpecError with everything that is wrong.
 */
export function definePipeline(parts: PipelineParts = {}): PipelineSpec {
  const { schema, resources, dialect, transforms = [], enrichments = [], limits, output } = parts;
  return checkPipelineSpec({
    version: PIPELINE_SPEC_VERSION,
    dialect: dialect ?? DEFAULT_DIALECT,
    ...(schema && { schema }),
    ...(resources && { resources }),
    transforms,
    enrichments,
    rejectPolicy: DEFAULT_REJECT_POLICY,
    limits: limits ?? DEFAULT_LIMITS,
    ...(output && { output: { ...OUTPUT_DEFAULTS[output.type], ...output } }),
  });
}
