import type { DialectSpec } from './dialect-spec';
import type { EnrichmentSpec, LookupSourceSpec } from './enrichments/enrichment-spec';
import type { LimitsSpec } from './limits';
import type { OutputSpec } from './output-spec';
import type { RejectPolicySpec } from './reject-policy-spec';
import type { TableSchema } from './table-schema';
import type { TransformSpec } from './transforms/transform-spec';

/** Version of the JSON form. A reader refuses versions that it does not know. */
export const PIPELINE_SPEC_VERSION = 1;

/**
 * A pipeline as data: made at synth by the constructs, stored as an asset, read by the steps at run time.
 * Everything in it is plain JSON; no text of it is ever evaluated as code.
 */
export interface PipelineSpec {
  readonly version: typeof PIPELINE_SPEC_VERSION;
  readonly dialect: DialectSpec;
  /** Absent: structural checks only, and every cell is text. */
  readonly schema?: TableSchema;
  /** Files that the schema's foreign keys refer to, by the name of their resource. */
  readonly resources?: Readonly<Record<string, LookupSourceSpec>>;
  readonly transforms: readonly TransformSpec[];
  readonly enrichments: readonly EnrichmentSpec[];
  readonly rejectPolicy: RejectPolicySpec;
  readonly limits: LimitsSpec;
  /** Absent: CSV as the pipeline writes it by default. */
  readonly output?: OutputSpec;
}

export { DEFAULT_LIMITS, type LimitsSpec } from './limits';
