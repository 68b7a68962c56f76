import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { constructError } from './construct-error';

const CONTEXT_KEY = 'environmentSuffix';
const DEFAULT_SUFFIX = 'dev';
/** Fits bucket names, the narrowest of all: 63 characters less account, region, hash and a piece of the path. */
const VALID_SUFFIX = /^[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?$/;

/** The suffix that names carry: the prop, else the context key `environmentSuffix`, else `dev`. */
export function environmentSuffixOf(scope: Construct, prop: string | undefined): string {
  const suffix: unknown = prop ?? scope.node.tryGetContext(CONTEXT_KEY) ?? DEFAULT_SUFFIX;
  if (Token.isUnresolved(suffix)) {
    throw constructError(
      scope,
      'environmentSuffix must be known at synthesis, since names are cut to their limits with it; got a token',
    );
  }
  if (typeof suffix !== 'string' || !VALID_SUFFIX.test(suffix)) {
    throw constructError(
      scope,
      `environmentSuffix must be 1 to 20 lower-case letters, digits and inner hyphens, got ${JSON.stringify(suffix)}`,
    );
  }
  return suffix;
}
