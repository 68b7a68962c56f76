import type { RequestContext } from './condition-keys';
import { readCondition, type Condition } from './conditions';
import { refuseVariables, textsOf } from './policy-values';
import { readPrincipal, type Naming, type PrincipalMatcher } from './principals';
import { matchesArn, matchesWildcard } from './wildcards';
import { NotProvidedError, type Principal } from '../services';

/** A call, as policies judge it. */
export interface AccessRequest {
  readonly principal: Principal;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

/** One statement of a policy. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Where it stands, for people. */
  readonly place: string;
  /** How the statement names the caller; a statement of an identity's own policy always does. */
  readonly names: PrincipalMatcher;
  /** Whether action, resource and condition fit the call. */
  readonly applies: (request: AccessRequest) => boolean;
}

/** What a policy is attached to: it tells which elements its statements must have. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/**
 * Reads a policy document that holds no intrinsic functions any more. `place` tells where it stands, for messages.
 *
 * @throws NotProvidedError for an element, a condition or a variable that the local run cannot judge
 * @throws Error for a statement that AWS would refuse
 */
export function readPolicy(document: unknown, kind: PolicyKind, place: string): Statement[] {
  const { Statement: statements = [] } = document as { Statement?: unknown };
  return [statements]
    .flat()
    .map((each, index) => readStatement(each as Elements, kind, `${place}, statement ${index + 1}`));
}

type Elements = Readonly<Record<string, unknown>>;

function readStatement(elements: Elements, kind: PolicyKind, place: string): Statement {
  const unknown = Object.keys(elements).find((name) => !ELEMENTS.includes(name));
  if (unknown) throw new NotProvidedError(`the policy element ${unknown}, used at ${place}`);
  const { Effect: effect } = elements;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new Error(`${place}: Effect must be Allow or Deny, got ${JSON.stringify(effect)}`);
  }
  if ((kind === 'identity') === (elements.Principal !== undefined)) {
    throw new Error(
      `${place}: ${kind === 'identity' ? 'a policy of a role names no Principal' : 'Principal is missing'}`,
    );
  }
  const actionFits = matcher(elements, 'Action', place, (pattern, action) =>
    matchesWildcard(pattern.toLowerCase(), action.toLowerCase()),
  );
  const resourceFits =
    kind === 'trust'
      ? () => true
      : matcher(elements, 'Resource', place, (pattern, arn) => matchesArn(pattern, arn));
  const holds: Condition = readCondition(elements.Condition, place);
  return {
    effect,
    place,
    names: kind === 'identity' ? (): Naming => 'person' : readPrincipal(elements.Principal, place),
    applies: ({ action, resource, context }) =>
      actionFits(action) && resourceFits(resource) && holds(context),
  };
}

/** `Action` or `NotAction`, `Resource` or `NotResource`: one of the two must be there. */
function matcher(
  elements: Elements,
  name: 'Action' | 'Resource',
  place: string,
  fits: (pattern: string, text: string) => boolean,
): (text: string) => boolean {
  const negated = elements[name] === undefined;
  const given = negated ? elements[`Not${name}`] : elements[name];
  if (given === undefined) throw new Error(`${place}: neither ${name} nor Not${name} is there`);
  const patterns = textsOf(given);
  patterns.forEach((pattern) => refuseVariables(pattern, place));
  return (text) => patterns.some((pattern) => fits(pattern, text)) !== negated;
}
