import { refuseVariables, textsOf } from './policy-values';
import { LOCAL_ACCOUNT, LOCAL_REGION, NotProvidedError, type Principal } from '../services';

/** How a statement names who calls: not at all, by the account that it belongs to, or in person. */
export type Naming = 'not' | 'account' | 'person';

/** Who a statement of a resource's policy speaks of. */
export type PrincipalMatcher = (principal: Principal) => Naming;

type Match = (name: string, principal: Principal) => Naming;

const anybody: Match = (name) => (name === '*' ? 'person' : 'not');

const KINDS: Readonly<Record<string, Match>> = {
  AWS: (name, principal) => {
    if (name === '*') return 'person';
    if (principal.kind === 'service') return 'not';
    if (name === principal.arn) return 'person';
    return name === LOCAL_ACCOUNT || name.endsWith(`:iam::${LOCAL_ACCOUNT}:root`) ? 'account' : 'not';
  },
  Service: (name, { kind, name: caller }) =>
    kind === 'service' && worldwide(name) === caller ? 'person' : 'not',
  // Nobody calls a local run as these.
  CanonicalUser: () => 'not',
  Federated: () => 'not',
};

/** Reads the `Principal` of a statement. @throws NotProvidedError */
export function readPrincipal(element: unknown, place: string): PrincipalMatcher {
  const named =
    typeof element === 'string'
      ? [{ match: anybody, name: element }]
      : Object.entries(element as object).flatMap(([kind, names]) => {
          if (!Object.hasOwn(KINDS, kind)) {
            throw new NotProvidedError(`the principal ${kind}, used at ${place}`);
          }
          return textsOf(names).map((name) => ({ match: KINDS[kind]!, name }));
        });
  named.forEach(({ name }) => refuseVariables(name, place));
  return (principal) => {
    const namings = named.map(({ match, name }) => match(name, principal));
    return (['person', 'account'] as const).find((naming) => namings.includes(naming)) ?? 'not';
  };
}

/** Services may be named with the region. */
function worldwide(service: string): string {
  return service.replace(`.${LOCAL_REGION}.amazonaws.com`, '.amazonaws.com');
}
