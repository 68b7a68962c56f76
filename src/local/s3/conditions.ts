import { s3Error } from './errors';
import type { StoredObject } from './object-version';

type Headers = Readonly<Record<string, string | undefined>>;

/** Under which condition a write may happen. */
export interface WriteCondition {
  /** ETag that the current version must have, or `*` for any. */
  readonly ifMatch: string | undefined;
  /** The key must have no current version. */
  readonly ifAbsent: boolean;
}

/** The conditions of PutObject, CompleteMultipartUpload, CopyObject and DeleteObject. */
export function writeConditionOf(headers: Headers): WriteCondition {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw s3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', {
      Header: 'If-None-Match',
      additionalMessage: "We don't accept the provided value of If-None-Match header for this API",
    });
  }
  return { ifMatch: headers['if-match'], ifAbsent: ifNoneMatch === '*' };
}

/**
 * Judges a write as AWS documents it
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html): a delete marker counts as absent,
 * If-Match on nothing is 404, also where a delete came in between; any other write is a conflict then; all else is 412.
 */
export function checkWrite(
  current: StoredObject | undefined,
  condition: WriteCondition,
  deletedMeanwhile: boolean,
): void {
  const { ifMatch, ifAbsent } = condition;
  if (ifMatch === undefined && !ifAbsent) return;
  if (ifMatch !== undefined && !current) throw s3Error('NoSuchKey');
  if (deletedMeanwhile) throw s3Error('ConditionalRequestConflict');
  if (ifAbsent && current) throw s3Error('PreconditionFailed', undefined, { Condition: 'If-None-Match' });
  if (ifMatch !== undefined && !matches(ifMatch, current!)) {
    throw s3Error('PreconditionFailed', undefined, { Condition: 'If-Match' });
  }
}

/** Judges a conditional delete: what is absent already is as good as deleted. */
export function checkDelete(current: StoredObject | undefined, condition: WriteCondition): void {
  if (condition.ifMatch === undefined || !current) return;
  if (!matches(condition.ifMatch, current)) {
    throw s3Error('PreconditionFailed', undefined, { Condition: 'If-Match' });
  }
}

/**
 * Judges a read by RFC 9110 section 13.2.2, in its order of precedence. With the prefix `x-amz-copy-source-` these are
 * the conditions on a copy's source, where all failures are 412.
 */
export function checkRead(object: StoredObject, headers: Headers, prefix = ''): void {
  const ifMatch = headers[`${prefix}if-match`];
  const ifNoneMatch = headers[`${prefix}if-none-match`];
  const modifiedSince = time(headers[`${prefix}if-modified-since`]);
  const unmodifiedSince = time(headers[`${prefix}if-unmodified-since`]);
  const modified = Math.floor(object.lastModified.getTime() / 1000) * 1000;
  const unchanged = prefix === '' ? 'NotModified' : 'PreconditionFailed';
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, object)) throw s3Error('PreconditionFailed', undefined, { Condition: 'If-Match' });
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) {
    throw s3Error('PreconditionFailed', undefined, { Condition: 'If-Unmodified-Since' });
  }
  if (ifNoneMatch !== undefined) {
    if (matches(ifNoneMatch, object)) throw s3Error(unchanged, undefined, { Condition: 'If-None-Match' });
  } else if (modifiedSince !== undefined && modified <= modifiedSince) {
    throw s3Error(unchanged, undefined, { Condition: 'If-Modified-Since' });
  }
}

/** Whether a list of ETags, with or without quotes, or `*`, names the object. */
function matches(header: string, object: StoredObject): boolean {
  return header.split(',').some((tag) => {
    const etag = tag.trim().replace(/^"(.*)"$/, '$1');
    return etag === '*' || etag === object.etag;
  });
}

/** A date that cannot be read is no condition. */
function time(header: string | undefined): number | undefined {
  const value = Date.parse(header ?? '');
  return Number.isNaN(value) ? undefined : value;
}
