import type { ForeignKey } from './foreign-key';
import type { LookupSource } from './lookup-source';
import { shown, type SpecProblem } from './spec/spec-error';
import type { ForeignKeySpec } from './spec/table-schema';

/** Foreign keys as a descriptor has them, and the sources that they refer to by name. */
export function describeForeignKeys(keys: readonly ForeignKey[]): {
  readonly foreignKeys: ForeignKeySpec[];
  readonly resources: Record<string, LookupSource>;
} {
  const resources: Record<string, LookupSource> = {};
  const foreignKeys = keys.map(({ fields, source, sourceFields = fields }) => ({
    fields,
    reference: { resource: source ? nameOf(source, resources) : '', fields: sourceFields },
  }));
  return { foreignKeys, resources };
}

/** The name of a source's file; with a number behind it where another source has the same. */
function nameOf(source: LookupSource, resources: Record<string, LookupSource>): string {
  const name = source._name();
  let free = name;
  for (let n = 2; Object.hasOwn(resources, free) && resources[free] !== source; n++) free = `${name}-${n}`;
  resources[free] = source;
  return free;
}

/** Says which columns a source lacks, where its header is known at synthesis. */
export function referenceProblems(
  keys: readonly ForeignKeySpec[],
  resources: Readonly<Record<string, LookupSource>>,
): SpecProblem[] {
  return keys.flatMap(({ reference }, index) => {
    const header = resources[reference.resource]?._header();
    const lacking = reference.fields.filter((column) => header && !header.includes(column));
    return lacking.map((column) => ({
      place: `foreignKeys[${index}].reference.fields`,
      got: `the column ${shown(column)}, which the file of ${shown(reference.resource)} lacks`,
      expected: `one of ${header!.join(', ')}`,
    }));
  });
}
