import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import type { CsvSchema } from './csv-schema';
import { Dialect } from './dialect';
import type { Enrichment } from './enrichment';
import { hashKeyName, type NamedHashKeys } from './hash-key';
import type { OutputFormat } from './output-format';
import type { RejectPolicy } from './reject-policy';
import { checkLimits } from './spec/check-limits';
import type { EnrichmentSpec, LookupSourceSpec } from './spec/enrichments/enrichment-spec';
import { checkPipelineSpec } from './spec/parse-pipeline-spec';
import { PIPELINE_SPEC_VERSION, type LimitsSpec, type PipelineSpec } from './spec/pipeline-spec';
import { DEFAULT_REJECT_POLICY } from './spec/reject-policy-spec';
import { SpecError } from './spec/spec-error';
import type { LookupFiles } from './step-rights';
import type { Transform } from './transform';

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

/** The props of a construct that say what its pipeline does. */
export interface PipelineProps {
  readonly schema?: CsvSchema;
  readonly dialect?: Dialect;
  readonly transforms?: Transform[];
  readonly enrichments?: Enrichment[];
  readonly rejectPolicy?: RejectPolicy;
  readonly outputFormat?: OutputFormat;
  readonly limits?: Partial<LimitsSpec>;
}

/** A pipeline as data, and the files that it needs beside it. */
export interface PipelineDefinition {
  readonly spec: PipelineSpec;
  /** Files of the lookups. */
  readonly lookups: LookupFiles;
  /** Files that the schema's foreign keys refer to. */
  readonly references: LookupFiles;
  /** Keys of the hashes. */
  readonly hashKeys: NamedHashKeys;
}

/**
 * Puts the parts of a pipeline together, ships its lookup files, and checks the whole: every error has the construct's
 * path in front, and what is wrong with one part the name of its prop.
 */
export function definePipeline(scope: Construct, props: PipelineProps): PipelineDefinition {
  const prop = <Part>(name: string, read: () => Part): Part => under(`${scope.node.path}: ${name}`, read);
  const enrichments = (props.enrichments ?? []).map((enrichment, index) =>
    prop(`enrichments[${index}]`, () => enrichment._bind(scope, `Lookup${index}`)),
  );
  const resources = Object.entries(prop('schema', () => props.schema?._resources()) ?? {}).map(
    ([name, source], index) =>
      [name, prop('schema', () => source._bind(scope, `Reference${index}`))] as const,
  );
  const parts = {
    version: PIPELINE_SPEC_VERSION,
    dialect: prop('dialect', () => (props.dialect ?? Dialect.CSV)._toSpec()),
    schema: prop('schema', () => props.schema?._toSpec()),
    ...(resources.length > 0 && {
      resources: Object.fromEntries(resources.map(([name, bound]) => [name, bound.spec])),
    }),
    transforms: (props.transforms ?? []).map((transform, index) =>
      prop(`transforms[${index}]`, () => transform._toSpec()),
    ),
    enrichments: enrichments.map((enrichment) => enrichment.spec),
    rejectPolicy: prop('rejectPolicy', () => props.rejectPolicy?._toSpec() ?? DEFAULT_REJECT_POLICY),
    output: prop('outputFormat', () => props.outputFormat?._toSpec()),
  };
  const spec = under(scope.node.path, () =>
    checkPipelineSpec({ ...parts, limits: checkLimits(props.limits ?? {}) }),
  );
  const sources = enrichments.flatMap(({ spec: enrichment, asset }) =>
    enrichment.type === 'lookup' ? [{ spec: enrichment.source, asset }] : [],
  );
  return {
    spec,
    lookups: filesOf(sources),
    references: filesOf(resources.map(([, bound]) => bound)),
    hashKeys: hashKeysOf(props.transforms ?? []),
  };
}

function hashKeysOf(transforms: readonly Transform[]): NamedHashKeys {
  const keys = transforms.flatMap((transform) => transform._hashKey() ?? []);
  return new Map(keys.map((key) => [hashKeyName(key), key]));
}

function filesOf(sources: readonly BoundLookupSource[]): LookupFiles {
  const keys = sources.flatMap(({ spec }) => (spec.type === 'bucket' ? [spec.key] : []));
  return { keys: [...new Set(keys)], assets: sources.flatMap(({ asset }) => asset ?? []) };
}

/** The construct's path stands at the front of the message, since bindings of other languages pass on nothing else. */
function under<Result>(subject: string, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    throw error instanceof SpecError ? error.under(subject) : error;
  }
}
