import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { constructError } from './construct-error';
import { INPUT_SUFFIXES, PREFIX, REJECTS_SUFFIX } from './shared/layout';

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
 * corrected rejects file that is dropped back always starts a job, so its suffix is added where none covers it, in
 * place of those that it covers itself.
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
  if (suffixes.some((suffix) => REJECTS_SUFFIX.endsWith(suffix))) return suffixes;
  return [...suffixes.filter((suffix) => !suffix.endsWith(REJECTS_SUFFIX)), REJECTS_SUFFIX];
}

/**
 * S3 compares the filter of a notification with the encoded key (a space as `+`, others as `%` and two digits), so a
 * filter that needs encoding would be deployed and never match. These characters need none
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html).
 */
export function checkNotificationFilter(scope: Construct, prop: string, text: string): void {
  if (!Token.isUnresolved(text) && !/^[A-Za-z0-9!\-_.*'()/]+$/.test(text)) {
    throw constructError(
      scope,
      `${prop} must hold only letters A to Z, digits and ! - _ . ' ( ) / where S3 notifies of new files, ` +
        `got ${JSON.stringify(text)}; a bucket that sends its events to EventBridge takes every character`,
    );
  }
}
