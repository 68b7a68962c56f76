import { LOCAL_ACCOUNT, LOCAL_REGION, type Principal } from '../services';

/** What a request tells of itself, by condition key in lower case. */
export type RequestContext = Readonly<Record<string, string>>;

/** Keys that only some calls have; the service that is called gives them. */
const GIVEN_BY_SERVICES = [
  'kms:viaservice',
  's3:delimiter',
  's3:max-keys',
  's3:prefix',
  's3:versionid',
  's3:x-amz-acl',
  's3:x-amz-server-side-encryption',
];

/** Keys that a call has by who makes it and how. Nothing on a laptop travels by TLS: calls count as if they did. */
const OF_EVERY_CALL: Readonly<Record<string, (principal: Principal) => string | undefined>> = {
  'aws:principalaccount': ({ kind }) => (kind === 'service' ? undefined : LOCAL_ACCOUNT),
  'aws:principalarn': ({ kind, arn }) => (kind === 'service' ? undefined : arn),
  'aws:principalisawsservice': ({ kind }) => String(kind === 'service'),
  'aws:principalservicename': ({ kind, name }) => (kind === 'service' ? name : undefined),
  'aws:principaltype': ({ kind }) => (kind === 'role' ? 'AssumedRole' : undefined),
  'aws:requestedregion': () => LOCAL_REGION,
  'aws:resourceaccount': () => LOCAL_ACCOUNT,
  'aws:securetransport': () => 'true',
  'aws:sourceaccount': ({ kind }) => (kind === 'service' ? LOCAL_ACCOUNT : undefined),
  'aws:sourcearn': ({ kind, arn }) => (kind === 'service' ? arn : undefined),
  'aws:viaawsservice': () => 'false',
  's3:resourceaccount': () => LOCAL_ACCOUNT,
  's3:tlsversion': () => '1.3',
};

const KNOWN = new Set([...GIVEN_BY_SERVICES, ...Object.keys(OF_EVERY_CALL)]);

/** Whether the local run gives requests the key, so that a condition on it can be judged. Case does not count. */
export function isKnownConditionKey(key: string): boolean {
  return KNOWN.has(key.toLowerCase());
}

/** Everything that conditions can ask of a call. */
export function requestContext(principal: Principal, given: RequestContext): RequestContext {
  const context: Record<string, string> = {};
  for (const [key, valueOf] of Object.entries(OF_EVERY_CALL)) {
    const value = valueOf(principal);
    if (value !== undefined) context[key] = value;
  }
  for (const [key, value] of Object.entries(given)) context[key.toLowerCase()] = value;
  return context;
}
