import { type Duration, Token } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { constructError } from './construct-error';
import { DEFAULT_RUNTIME } from './etl-function';

/** The bundles that the library brings along are JavaScript, so any other runtime would fail at the first call. */
export function checkedRuntime(scope: Construct, runtime: lambda.Runtime = DEFAULT_RUNTIME): lambda.Runtime {
  if (!runtime.name.startsWith('nodejs')) {
    throw constructError(scope, `runtime must be a Node.js runtime, got ${runtime.name}`);
  }
  return runtime;
}

/** Megabytes of memory that Lambda has to give (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
export function checkedMemory(scope: Construct, prop: string, megabytes: number): number {
  const possible = Number.isInteger(megabytes) && megabytes >= 128 && megabytes <= 10_240;
  if (!Token.isUnresolved(megabytes) && !possible) {
    throw constructError(scope, `${prop} must be a whole number of MB from 128 to 10240, got ${megabytes}`);
  }
  return megabytes;
}

/** The longest that a function may run is 15 minutes. */
export function checkedFunctionTimeout(scope: Construct, prop: string, timeout: Duration): Duration {
  if (timeout.isUnresolved()) return timeout;
  const seconds = timeout.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 900) {
    throw constructError(
      scope,
      `${prop} must be a whole number of seconds from 1 to 900, got ${timeout.toHumanString()}`,
    );
  }
  return timeout;
}

/** Names that begin with `ETL_` would be overwritten by the pipeline's own, now or in a later release. */
export function checkedEnvironment(
  scope: Construct,
  prop: string,
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const reserved = Object.keys(environment)
    .sort()
    .find((name) => name.startsWith('ETL_'));
  if (reserved !== undefined) {
    throw constructError(scope, `${prop} must not set names that begin with ETL_, got ${reserved}`);
  }
  return environment;
}
