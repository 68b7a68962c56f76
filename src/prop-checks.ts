import { type Duration, type Size, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { constructError } from './construct-error';
import { INPUT_SUFFIXES, PREFIX, REJECTS_SUFFIX } from './shared/layout';

/** Days of a retention, as S3 and DynamoDB count them. A token passes: only CloudFormation knows its value. */
export function checkedDays(scope: Construct, prop: string, duration: Duration): Duration {
  if (duration.isUnresolved()) return duration;
  const days = duration.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1) {
    throw constructError(
      scope,
      `${prop} must be a whole number of days, at least 1, got ${duration.toHumanString()}`,
    );
  }
  return duration;
}

/** The prefix that starts jobs. What the pipeline writes must never lie under it, or each output starts a job. */
export function checkedInputPrefix(scope: Construct, prop: string | undefined): string {
  const prefix = prop ?? PREFIX.raw;
  if (Token.isUnresolved(prefix)) return prefix;
  if (!/^[^/*?$\\][^*?$\\]*\/$/.test(prefix)) {
    throw constructError(
      scope,
      `inputPrefix must end with a slash, not begin with one, and hold no *, ?, $ or backslash, got ${JSON.stringify(prefix)}`,
    );
  }
  const { raw: _, ...others } = PREFIX;
  for (const other of Object.values(others)) {
    if (prefix.startsWith(other)) {
      throw constructError(
        scope,
        `inputPrefix must not overlap with ${other}, which the pipeline uses itself, got ${JSON.stringify(prefix)}`,
      );
    }
  }
  return prefix;
}

/**
 * The suffixes that start jobs. S3 refuses notifications whose suffixes overlap, as `.csv` and `orders.csv` do. A
 * corrected rejects file that is dropped back always starts a job, so its suffix is added where none covers it.
 */
export function checkedInputSuffixes(scope: Construct, prop: readonly string[] | undefined): string[] {
  if (Token.isUnresolved(prop)) {
    throw constructError(scope, 'inputSuffixes must be known at synthesis; got a token');
  }
  const suffixes = [...(prop ?? INPUT_SUFFIXES)];
  if (suffixes.length === 0 || !suffixes.every((suffix) => /^[^,*\\]+$/.test(suffix))) {
    throw constructError(
      scope,
      `inputSuffixes must be one or more texts without commas, * or backslashes, such as '.csv', got ${JSON.stringify(suffixes)}`,
    );
  }
  suffixes.forEach((suffix, index) => {
    const overlapping = suffixes.find((other, at) => at !== index && other.endsWith(suffix));
    if (overlapping !== undefined) {
      throw constructError(scope, `inputSuffixes must not overlap, and ${overlapping} ends with ${suffix}`);
    }
  });
  return suffixes.some((suffix) => REJECTS_SUFFIX.endsWith(suffix))
    ? suffixes
    : [...suffixes, REJECTS_SUFFIX];
}

/** A time that is handed on in minutes. */
export function checkedMinutes(scope: Construct, prop: string, duration: Duration): Duration {
  if (duration.isUnresolved()) return duration;
  const minutes = duration.toMinutes({ integral: false });
  if (!Number.isInteger(minutes) || minutes < 1) {
    throw constructError(
      scope,
      `${prop} must be a whole number of minutes, at least 1, got ${duration.toHumanString()}`,
    );
  }
  return duration;
}

export function checkedPercent(scope: Construct, prop: string, percent: number): number {
  if (!Token.isUnresolved(percent) && !(percent >= 0 && percent <= 100)) {
    throw constructError(scope, `${prop} must be a percentage from 0 to 100, got ${percent}`);
  }
  return percent;
}

/** A limit of requests. */
export function checkedLimit(scope: Construct, prop: string, limit: number, whole: boolean): number {
  if (Token.isUnresolved(limit)) return limit;
  if (!(limit >= 0) || (whole && !Number.isInteger(limit))) {
    throw constructError(scope, `${prop} must be a ${whole ? 'whole ' : ''}number from 0, got ${limit}`);
  }
  return limit;
}

/** A size that goes into a file at synthesis, where a token has no value yet. */
export function knownBytes(scope: Construct, prop: string, size: Size): number {
  if (size.isUnresolved()) {
    throw constructError(
      scope,
      `${prop} must be known at synthesis, since the pipeline's spec holds it; got a token`,
    );
  }
  return size.toBytes();
}
