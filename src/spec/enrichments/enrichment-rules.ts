import type { OperationRule } from '../operation-rule';
import { CONSTANT } from './constant';
import type { EnrichmentSpec } from './enrichment-spec';
import { LINEAGE } from './lineage';
import { LOOKUP } from './lookup';

/** The rule of every enrichment, by its type. */
export const ENRICHMENTS: {
  readonly [Type in EnrichmentSpec['type']]: OperationRule<Extract<EnrichmentSpec, { type: Type }>>;
} = {
  lookup: LOOKUP,
  constant: CONSTANT,
  lineage: LINEAGE,
};
