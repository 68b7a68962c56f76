import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { EnrichmentSpec, LookupSourceSpec } from './spec/enrichments/enrichment-spec';

/** What a lookup source is in a stack. */
export interface BoundLookupSource {
  readonly spec: LookupSourceSpec;
  /** There where the file is shipped with the stack. */
  readonly asset?: Asset;
}

/** What an enrichment is in a stack. */
export interface BoundEnrichment {
  readonly spec: EnrichmentSpec;
  /** There where a file is shipped with the stack. */
  readonly asset?: Asset;
}
