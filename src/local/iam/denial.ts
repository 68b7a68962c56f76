import type { AccessRequest, Statement } from './policy';
import { AwsError, LOCAL_ACCOUNT, LOCAL_PARTITION, type Principal } from '../services';

/** Why a call is refused. */
export type Denial =
  | { readonly kind: 'denied'; readonly by: 'identity' | 'resource'; readonly statement: Statement }
  | { readonly kind: 'not-allowed'; readonly by: 'identity' | 'resource' | 'boundary' };

const POLICIES = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
} as const;

/** Error codes and statuses of services that differ from `AccessDeniedException` with 400. */
const CODES: Readonly<Record<string, readonly [code: string, statusCode: number]>> = {
  s3: ['AccessDenied', 403],
  lambda: ['AccessDeniedException', 403],
  'execute-api': ['AccessDeniedException', 403],
};

/** The refusal as AWS words it (IAM user guide, "Troubleshoot access denied error messages"). */
export function denialError(request: AccessRequest, denial: Denial): AwsError {
  const { principal, action, resource } = request;
  const [code, statusCode] = CODES[action.split(':')[0]!] ?? ['AccessDeniedException', 400];
  const who = principal.kind === 'service' ? principal.name : callerArn(principal);
  const why =
    denial.kind === 'denied'
      ? `with an explicit deny in ${denial.by === 'identity' ? 'an' : 'a'} ${POLICIES[denial.by]}`
      : `because no ${POLICIES[denial.by]} allows the ${action} action`;
  return new AwsError(
    code,
    `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
    statusCode,
  );
}

/** What somebody has to change so that the call is allowed. `where` tells whose policies lack the statement. */
export function denialReason(
  { principal, action, resource }: AccessRequest,
  denial: Denial,
  where: string,
): string {
  if (denial.kind === 'denied') {
    return `an explicit deny in ${denial.by === 'identity' ? 'an' : 'a'} ${POLICIES[denial.by]}: ${denial.statement.place}`;
  }
  const missing = {
    Effect: 'Allow',
    ...(principal.kind === 'service' && { Principal: { Service: principal.name } }),
    Action: action,
    Resource: resource,
    ...(principal.kind === 'service' && { Condition: { ArnLike: { 'aws:SourceArn': principal.arn } } }),
  };
  return `no ${POLICIES[denial.by]} allows the ${action} action: ${where} lacks ${JSON.stringify(missing)}`;
}

/** A role's calls are made by a session of it, named after the function or state machine. */
function callerArn({ arn, session }: Principal): string {
  if (session === undefined) return arn;
  const role = arn.slice(arn.lastIndexOf('/') + 1);
  return `arn:${LOCAL_PARTITION}:sts::${LOCAL_ACCOUNT}:assumed-role/${role}/${session}`;
}
