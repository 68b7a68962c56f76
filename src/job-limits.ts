import { Duration, type Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { defined } from './checked-spec';
import { constructError } from './construct-error';
import { EtlBucket } from './etl-bucket';
import type { PipelineLimits } from './pipeline-limits';
import { checkedDays } from './prop-checks';
import { JOB_RETENTION_DAYS } from './shared/job';
import type { LimitsSpec } from './spec/limits';

/** The longest that Step Functions takes for an execution (https://states-language.net/spec.html#toplevelfields). */
const LONGEST_EXECUTION_SECONDS = 99_999_999;

/**
 * How long jobs are kept. Step Functions gives the name of a closed execution free only after 90 days, and a job's name
 * is made of its id. Were the item gone before that, a late event would find no job, begin one, and fail on the name.
 */
export function checkedJobRetention(scope: Construct, duration: Duration | undefined): Duration {
  const retention = checkedDays(scope, 'jobRetention', duration ?? Duration.days(JOB_RETENTION_DAYS));
  if (!retention.isUnresolved() && retention.toDays() < JOB_RETENTION_DAYS) {
    throw constructError(
      scope,
      `jobRetention must be at least ${JOB_RETENTION_DAYS} days, as long as the names of ended executions stay taken, ` +
        `got ${retention.toHumanString()}`,
    );
  }
  return retention;
}

/** Time for one job, in the whole seconds that the state machine counts. */
export function checkedJobTimeout(scope: Construct, duration: Duration | undefined): Duration {
  const timeout = duration ?? Duration.hours(6);
  if (timeout.isUnresolved()) return timeout;
  const seconds = timeout.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_EXECUTION_SECONDS) {
    throw constructError(
      scope,
      `timeout must be a whole number of seconds from 1 to ${LONGEST_EXECUTION_SECONDS}, got ${timeout.toHumanString()}`,
    );
  }
  return timeout;
}

/** A job reads its staging, and the version of its source, until its end; a bucket of our own has to keep both so long. */
export function checkOutlivesJobs(scope: Construct, bucket: s3.IBucket, timeout: Duration): void {
  const owner = bucket.node.scope;
  if (!(owner instanceof EtlBucket) || timeout.isUnresolved()) return;
  for (const [prop, retention] of Object.entries(owner._jobRetentions)) {
    if (!retention.isUnresolved() && timeout.toSeconds() > retention.toSeconds()) {
      throw constructError(
        scope,
        `timeout must not be longer than ${prop} of ${owner.node.path}, ` +
          `got ${timeout.toHumanString()} and ${retention.toHumanString()}`,
      );
    }
  }
}

/** A size in bytes. A token passes: only CloudFormation knows its value. */
export function checkedBytes(scope: Construct, prop: string, size: Size): number {
  const bytes = size.toBytes({ rounding: SizeRoundingBehavior.NONE });
  if (!size.isUnresolved() && !(Number.isInteger(bytes) && bytes >= 1)) {
    throw constructError(scope, `${prop} must be a whole number of bytes, at least 1, got ${bytes} bytes`);
  }
  return bytes;
}

/** A size that goes into a file at synthesis, where a token has no value yet. */
export function knownBytes(scope: Construct, prop: string, size: Size): number {
  if (size.isUnresolved()) {
    throw constructError(
      scope,
      `${prop} must be known at synthesis, since the pipeline's spec holds it; got a token`,
    );
  }
  return checkedBytes(scope, prop, size);
}

/** Identity of a pipeline: a dimension of its metrics, a part of its job ids, a word in logs. */
export function checkedPipeline(scope: Construct, pipeline: string): string {
  if (!Token.isUnresolved(pipeline) && !/^[A-Za-z0-9._-]{1,100}$/.test(pipeline)) {
    throw constructError(
      scope,
      `pipeline must be 1 to 100 letters, digits, hyphens, underscores and dots, got ${JSON.stringify(pipeline)}`,
    );
  }
  return pipeline;
}

/** Limits as a spec has them; absent ones are those of the engine. */
export function limitsOf(
  scope: Construct,
  { limits = {}, uniqueBudget }: { readonly limits?: PipelineLimits; readonly uniqueBudget?: Size },
): Partial<LimitsSpec> {
  const { maxRecordSize, maxFieldSize, maxInflatedSize, ...counts } = limits;
  const bytes = (prop: string, size?: Size) => size && knownBytes(scope, prop, size);
  return defined({
    ...counts,
    uniqueBudgetBytes: bytes('uniqueBudget', uniqueBudget),
    maxRecordBytes: bytes('limits.maxRecordSize', maxRecordSize),
    maxFieldBytes: bytes('limits.maxFieldSize', maxFieldSize),
    maxInflatedBytes: bytes('limits.maxInflatedSize', maxInflatedSize),
  });
}
