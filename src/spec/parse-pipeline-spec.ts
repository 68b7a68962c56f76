import { readDialect } from './check-dialect';
import { readLimits } from './check-limits';
import { readOutput } from './check-output';
import { readRejectPolicy } from './check-reject-policy';
import { ENRICHMENTS } from './enrichments/enrichment-rules';
import type { EnrichmentSpec } from './enrichments/enrichment-spec';
import { headerProblems } from './header-flow';
import { notationProblems } from './notation-flow';
import type { OperationRule } from './operation-rule';
import { PipelineError } from './pipeline-error';
import { PIPELINE_SPEC_VERSION, type PipelineSpec } from './pipeline-spec';
import { readResources, resourceProblems } from './resources';
import { readTableSchema } from './schema/check-table-schema';
import { SpecError, type SpecProblem } from './spec-error';
import { SpecReader } from './spec-reader';
import { TRANSFORMS } from './transforms/transform-rules';
import type { TransformSpec } from './transforms/transform-spec';

/**
 * Checks a whole pipeline: every part by itself, the columns that each operation names against the header that it finds,
 * and the expressions against how the cells are written. Used at synthesis and again when a step reads its spec. Throws SpecError with all problems.
 */
export function checkPipelineSpec(json: unknown): PipelineSpec {
  const problems: SpecProblem[] = [];
  const reader = new SpecReader(json, '', problems);
  const spec = readPipelineSpec(reader);
  if (problems.length === 0) {
    problems.push(...resourceProblems(spec), ...headerProblems(spec), ...notationProblems(spec));
  }
  if (problems.length > 0) throw new SpecError('pipeline spec', problems);
  return spec;
}

/** Like checkPipelineSpec, for a spec that a job has got. Throws PipelineError `spec-mismatch`. */
export function parsePipelineSpec(json: unknown): PipelineSpec {
  try {
    return checkPipelineSpec(json);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    throw new PipelineError('spec-mismatch', error.message);
  }
}

function readPipelineSpec(reader: SpecReader): PipelineSpec {
  reader.only([
    'version',
    'dialect',
    'schema',
    'resources',
    'transforms',
    'enrichments',
    'rejectPolicy',
    'limits',
    'output',
  ]);
  if (reader.value('version') !== PIPELINE_SPEC_VERSION) {
    reader.report('version', `${PIPELINE_SPEC_VERSION}, the version that this release reads`);
  }
  return {
    version: PIPELINE_SPEC_VERSION,
    dialect: readDialect(reader.object('dialect')),
    ...(reader.has('schema') && { schema: readTableSchema(reader.object('schema')) }),
    ...(reader.has('resources') && { resources: readResources(reader.object('resources')) }),
    transforms: reader.list('transforms').map((item) => readOperation<TransformSpec>(item, TRANSFORMS)),
    enrichments: reader.list('enrichments').map((item) => readOperation<EnrichmentSpec>(item, ENRICHMENTS)),
    rejectPolicy: readRejectPolicy(reader.object('rejectPolicy')),
    limits: readLimits(reader.object('limits')),
    ...(reader.has('output') && { output: readOutput(reader.object('output')) }),
  };
}

/** Reads an operation by the rule of its type. */
export function readOperation<Spec extends { readonly type: string }>(
  reader: SpecReader,
  rules: { readonly [Type in Spec['type']]: OperationRule<Extract<Spec, { type: Type }>> },
): Spec {
  const type = reader.choice('type', Object.keys(rules) as Array<Spec['type']>);
  if (reader.value('type') !== type) return { type } as Spec;
  return rules[type].read(reader);
}
