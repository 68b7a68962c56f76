import type { AssemblyStack, TemplateEntry } from '../assembly';

/** One resource of one stack: `<stack>/<logical id>`, as nothing else names it over the whole app. */
export type ResourceId = string;

export function resourceId(stackName: string, logicalId: string): ResourceId {
  return `${stackName}/${logicalId}`;
}

/** Every resource that a value refers to, by Ref, Fn::GetAtt, Fn::Sub or an import from another stack. */
export function referencesOf(
  value: unknown,
  stack: AssemblyStack,
  stacks: readonly AssemblyStack[],
): Set<ResourceId> {
  const found = new Set<ResourceId>();
  const add = (name: string): void => {
    const [logicalId] = name.split('.') as [string];
    if (stack.template.Resources?.[logicalId]) found.add(resourceId(stack.name, logicalId));
  };
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    for (const [key, argument] of Object.entries(node)) {
      if (key === 'Ref') {
        add(String(argument));
      } else if (key === 'Fn::GetAtt') {
        add(Array.isArray(argument) ? String(argument[0]) : String(argument));
      } else if (key === 'Fn::ImportValue') {
        exportedBy(argument, stacks).forEach((id) => found.add(id));
      } else if (key === 'Fn::Sub') {
        const text = Array.isArray(argument) ? argument[0] : argument;
        for (const [, name] of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) add(name!.trim());
      }
      visit(argument);
    }
  };
  visit(value);
  return found;
}

/**
 * Properties of a resource that the run uses. A custom resource is provided without the function behind it, which
 * unrelated resources often share; and where all is on one machine, no function stands in a network of its own.
 */
export function usedProperties(entry: TemplateEntry): Record<string, unknown> {
  const without = entry.Type === 'AWS::Lambda::Function' ? 'VpcConfig' : 'ServiceToken';
  return Object.fromEntries(Object.entries(entry.Properties ?? {}).filter(([name]) => name !== without));
}

/** Logical ids that must exist before a resource can be made. */
export function prerequisites(entry: TemplateEntry, stack: AssemblyStack): string[] {
  const inProperties = [...referencesOf([usedProperties(entry), entry.Metadata], stack, [])].map((id) =>
    id.slice(stack.name.length + 1),
  );
  return [...inProperties, ...[entry.DependsOn ?? []].flat()];
}

function exportedBy(name: unknown, stacks: readonly AssemblyStack[]): ResourceId[] {
  return stacks.flatMap((stack) =>
    Object.values(stack.template.Outputs ?? {})
      .filter((output) => output.Export && JSON.stringify(output.Export.Name) === JSON.stringify(name))
      .flatMap((output) => [...referencesOf(output.Value, stack, stacks)]),
  );
}
