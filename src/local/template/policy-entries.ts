import { prerequisites } from './references';
import type { AssemblyStack, TemplateEntry } from '../assembly';

/** Types of resources that give rights to roles, on whatever else is in the app. */
const POLICIES = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'];

export function isPolicy({ Type }: TemplateEntry): boolean {
  return POLICIES.includes(Type);
}

/**
 * A policy without its rights on resources that the run did not make: nothing could be called there. CDK writes all
 * rights of a role in one policy, so that one unknown resource must not take the others away.
 */
export function withoutUnmade(
  entry: TemplateEntry,
  stack: AssemblyStack,
  isMade: (logicalId: string) => boolean,
): TemplateEntry {
  if (!isPolicy(entry)) return entry;
  const document = entry.Properties?.PolicyDocument as { readonly Statement?: unknown } | undefined;
  const isThere = (value: unknown): boolean =>
    prerequisites({ Type: entry.Type, Properties: { value } }, stack).every(isMade);
  const Statement = ([document?.Statement ?? []].flat() as { readonly Resource?: unknown }[]).flatMap(
    (each) => {
      if (each.Resource === undefined || isThere(each.Resource)) return [each];
      const Resource = [each.Resource].flat().filter(isThere);
      return Resource.length === 0 ? [] : [{ ...each, Resource }];
    },
  );
  return { ...entry, Properties: { ...entry.Properties, PolicyDocument: { ...document, Statement } } };
}
