import { AwsError, type Authorizer, type Principal } from '../services';
import type { BlobStore } from './blob-store';
import type { Bucket } from './bucket';
import { s3Error, type S3ErrorCode } from './errors';
import type { ObjectEvents } from './object-events';
import type { StoredObject } from './object-version';
import { NULL_VERSION } from './object-version';

/** What the operations of S3 work on, and the questions that all of them ask. */
export class S3Context {
  readonly buckets = new Map<string, Bucket>();

  constructor(
    readonly blobs: BlobStore,
    readonly events: ObjectEvents,
    private readonly authorizer: Authorizer,
  ) {}

  /** @throws AwsError NoSuchBucket */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (!bucket) throw s3Error('NoSuchBucket', undefined, { BucketName: name });
    return bucket;
  }

  /** Asks whether the principal may do the action (such as `s3:GetObject`) to the object. */
  authorizeObject(
    principal: Principal,
    action: string,
    bucket: string,
    key: string,
    conditions: Readonly<Record<string, string>> = {},
  ): void {
    this.authorize(principal, action, `arn:aws:s3:::${bucket}/${key}`, conditions);
  }

  /** Asks whether the principal may do the action (such as `s3:ListBucket`) to the bucket. */
  authorizeBucket(
    principal: Principal,
    action: string,
    bucket: string,
    conditions: Readonly<Record<string, string>> = {},
  ): void {
    this.authorize(principal, action, `arn:aws:s3:::${bucket}`, conditions);
  }

  /**
   * The version that a read asks for.
   *
   * @throws AwsError for what is not there: 404 only for who may list the bucket, else 403 as AWS answers
   */
  readable(principal: Principal, bucket: Bucket, key: string, versionId: string | undefined): StoredObject {
    checkVersionId(versionId);
    const version = versionId === undefined ? bucket.newest(key) : bucket.version(key, versionId);
    if (version?.kind === 'object') return version;
    if (version && versionId !== undefined) {
      throw new AwsError('MethodNotAllowed', s3Error('MethodNotAllowed').message, 405, {
        headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId, Allow: 'DELETE' },
      });
    }
    this.authorizeBucket(principal, 's3:ListBucket', bucket.name);
    const code: S3ErrorCode = versionId === undefined ? 'NoSuchKey' : 'NoSuchVersion';
    throw s3Error(code, undefined, {
      Key: key,
      ...(version && { headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId } }),
    });
  }

  private authorize(
    principal: Principal,
    action: string,
    arn: string,
    conditions: Readonly<Record<string, string>>,
  ): void {
    this.authorizer.authorize(principal, action, arn, conditions);
  }
}

/** @throws AwsError InvalidArgument for an id that no bucket can have given */
export function checkVersionId(versionId: string | undefined): void {
  if (versionId === undefined || versionId === NULL_VERSION || /^[A-Za-z0-9.]{32}$/.test(versionId)) return;
  throw s3Error('InvalidArgument', 'Invalid version id specified', {
    ArgumentName: 'versionId',
    ArgumentValue: versionId,
  });
}

/** What policies can ask of a version that a request names. */
export function versionCondition(versionId: string | undefined): Readonly<Record<string, string>> {
  return versionId === undefined ? {} : { 's3:VersionId': versionId };
}

/** Header of the version, which buckets that never were versioned do not send. */
export function versionHeader(
  bucket: Bucket,
  versionId: string | undefined,
): Readonly<Record<string, string | undefined>> {
  const told = bucket.versioning !== undefined || (versionId !== undefined && versionId !== NULL_VERSION);
  return { 'x-amz-version-id': told ? versionId : undefined };
}
