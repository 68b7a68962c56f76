import type { LookupSourceSpec } from './enrichments/enrichment-spec';
import { readLookupSource } from './enrichments/lookup';
import type { PipelineSpec } from './pipeline-spec';
import { shown, type SpecProblem } from './spec-error';
import type { SpecReader } from './spec-reader';

/** Reads the files that foreign keys refer to, by their names. */
export function readResources(reader: SpecReader): Record<string, LookupSourceSpec> {
  return Object.fromEntries(reader.names().map((name) => [name, readLookupSource(reader.object(name))]));
}

/** Says which foreign keys refer to a file that the pipeline does not have. */
export function resourceProblems({
  schema,
  resources = {},
}: Pick<PipelineSpec, 'schema' | 'resources'>): SpecProblem[] {
  return (schema?.foreignKeys ?? []).flatMap(({ reference: { resource } }, index): SpecProblem[] => {
    if (resource === '' || Object.hasOwn(resources, resource)) return [];
    const known = Object.keys(resources);
    return [
      {
        place: `schema.foreignKeys[${index}].reference.resource`,
        got: shown(resource),
        expected:
          known.length === 0
            ? 'a resource that has a lookup source, and there is none'
            : `one of the resources that have a lookup source: ${known.join(', ')}`,
      },
    ];
  });
}
