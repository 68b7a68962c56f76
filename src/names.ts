import { createHash } from 'node:crypto';
import { Aws, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Longest names that AWS takes, from the quota pages of each service. */
export const MAX_NAME_LENGTH = {
  alarm: 255,
  /** 63, less a hyphen each, 12 digits of the account and 14 characters of the longest region. */
  bucketBeforeAccountAndRegion: 35,
  dashboardBeforeRegion: 230,
  function: 64,
  output: 255,
  pipeline: 100,
  queue: 80,
  restApi: 128,
  rule: 64,
  stateMachine: 80,
  table: 255,
} as const;

/**
 * A physical name: a readable part of the construct's path, the suffix, and a hash of stack name and path. The hash
 * keeps names apart that read the same once they are in lower case and cut. `part` tells apart several resources of
 * one kind under one construct.
 */
export function physicalName(scope: Construct, suffix: string, maxLength: number, part?: string): string {
  const path = part === undefined ? scope.node.path : `${scope.node.path}/${part}`;
  const readable = path
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join('-');
  const hash = createHash('sha256')
    .update(`${topLevelStackName(scope)}\n${path}`)
    .digest('hex')
    .slice(0, 8);
  const end = `-${suffix}-${hash}`;
  return cutInTheMiddle(readable, maxLength - end.length) + end;
}

/** Name of a bucket: unique over all accounts and regions, so it carries both. */
export function bucketPhysicalName(scope: Construct, suffix: string): string {
  const name = physicalName(scope, suffix, MAX_NAME_LENGTH.bucketBeforeAccountAndRegion);
  return `${name}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
}

/**
 * Logical id of an output: the path below the stack, without what is no letter or digit, and a name. CloudFormation takes
 * 255 characters; of a longer path, a hash and the end are left.
 */
export function outputId(scope: Construct, name: string): string {
  const path = scope.node.path.slice(Stack.of(scope).node.path.length).replace(/[^A-Za-z0-9]/g, '');
  const room = MAX_NAME_LENGTH.output - name.length;
  if (path.length <= room) return path + name;
  const hash = createHash('sha256').update(scope.node.path).digest('hex').slice(0, 8);
  return `P${hash}${path.slice(hash.length + 1 - room)}${name}`;
}

/** Both ends of a path tell more than its middle: the stack at the front, what the thing is at the back. */
function cutInTheMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const front = Math.floor(length / 2);
  return text.slice(0, front) + text.slice(text.length - (length - front));
}

/** A nested stack's own name is a token; its parent's is not. */
function topLevelStackName(scope: Construct): string {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  return stack.stackName;
}
