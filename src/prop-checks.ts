import { type Duration, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { constructError } from './construct-error';

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
