import { ENRICHMENTS } from './enrichments/enrichment-rules';
import type { EnrichmentSpec } from './enrichments/enrichment-spec';
import type { Columns, ColumnProblem, OperationRule } from './operation-rule';
import type { PipelineSpec } from './pipeline-spec';
import { shown, type SpecProblem } from './spec-error';
import type { TableSchema } from './table-schema';
import { TRANSFORMS } from './transforms/transform-rules';
import type { TransformSpec } from './transforms/transform-spec';

type FlowSpec = Pick<PipelineSpec, 'schema' | 'transforms' | 'enrichments'>;

/**
 * Follows the header through a pipeline, as far as the schema makes it known, and says which columns do not fit. What is
 * known only at run time is checked there, by the same rules.
 */
export function headerProblems(spec: FlowSpec): SpecProblem[] {
  const problems: SpecProblem[] = [];
  let columns = headerOf(spec.schema);
  const follow = <Spec>(place: string, rule: OperationRule<Spec>, operation: Spec): void => {
    columns = rule.header(operation, columns, (problem) => problems.push(problemAt(place, problem)));
  };
  spec.transforms.forEach((transform, index) => {
    follow(`transforms[${index}]`, transformRule(transform), transform);
  });
  spec.enrichments.forEach((enrichment, index) => {
    follow(`enrichments[${index}]`, enrichmentRule(enrichment), enrichment);
  });
  return problems;
}

/** The columns that every file is known to have, and no others; undefined where files may differ. */
function headerOf(schema: TableSchema | undefined): Columns {
  if (schema?.fieldsMatch !== 'exact' && schema?.fieldsMatch !== 'equal') return undefined;
  return schema.fields.map(({ name }) => name);
}

function transformRule(spec: TransformSpec): OperationRule<TransformSpec> {
  return TRANSFORMS[spec.type] as OperationRule<TransformSpec>;
}

function enrichmentRule(spec: EnrichmentSpec): OperationRule<EnrichmentSpec> {
  return ENRICHMENTS[spec.type] as OperationRule<EnrichmentSpec>;
}

function problemAt(place: string, { code, property, column, columns, position }: ColumnProblem): SpecProblem {
  const known = columns.join(', ');
  const at = position === undefined ? '' : ` at character ${position}`;
  const what = code === 'unknown-column' ? 'the unknown column' : 'the column';
  return {
    place: `${place}.${property}`,
    got: `${what} ${shown(column)}${at}`,
    expected: code === 'unknown-column' ? `one of ${known}` : `a name that is not there already: ${known}`,
  };
}
