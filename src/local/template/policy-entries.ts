import { prerequisites } from './references';
import type { AssemblyStack, TemplateEntry } from '../assembly';

/** Types of resources that give rights to roles, on whatever else is in the app. */
const POLICIES = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy'];

/** Further types that give or take rights on what they refer to: none of them may be passed over in silence. */
const OTHER_POLICIES = [
  'AWS::Events::EventBusPolicy',
  'AWS::S3::AccessPoint',
  'AWS::S3::AccessPointPolicy',
  'AWS::SNS::TopicInlinePolicy',
  'AWS::SQS::QueueInlinePolicy',
];

export function isPolicy({ Type }: TemplateEntry): boolean {
  return POLICIES.includes(Type);
}

export function givesRights(type: string): boolean {
  return POLICIES.includes(type) || OTHER_POLICIES.includes(type);
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
