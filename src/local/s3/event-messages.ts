import { randomBytes } from 'node:crypto';
import { LOCAL_ACCOUNT, LOCAL_REGION, type BusEvent, type Principal } from '../services';
import type { Bucket } from './bucket';
import { NULL_VERSION, type ObjectVersion } from './object-version';

export type CreationEvent =
  'ObjectCreated:Put' | 'ObjectCreated:Copy' | 'ObjectCreated:CompleteMultipartUpload';
export type RemovalEvent = 'ObjectRemoved:Delete' | 'ObjectRemoved:DeleteMarkerCreated';

/** API call that caused each event, and what EventBridge says of a deletion. */
const EVENT_REASONS: Readonly<Record<CreationEvent | RemovalEvent, string>> = {
  'ObjectCreated:Put': 'PutObject',
  'ObjectCreated:Copy': 'CopyObject',
  'ObjectCreated:CompleteMultipartUpload': 'CompleteMultipartUpload',
  'ObjectRemoved:Delete': 'DeleteObject',
  'ObjectRemoved:DeleteMarkerCreated': 'DeleteObject',
};

/**
 * A record of a notification, see
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html.
 * The key is URL-encoded with `+` for a space; the version id is absent where the bucket is not versioned.
 */
export function s3EventRecord(
  bucket: Bucket,
  version: ObjectVersion,
  event: CreationEvent | RemovalEvent,
  by: Principal,
  configurationId: string,
  requestId: string,
): object {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: LOCAL_REGION,
    eventTime: version.lastModified.toISOString(),
    eventName: event,
    userIdentity: { principalId: `AWS:${by.name}` },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket.name, ownerIdentity: { principalId: LOCAL_ACCOUNT }, arn: bucket.arn },
      object: {
        key: eventKey(version.key),
        ...(version.kind === 'object' && { size: version.size, eTag: version.etag }),
        ...(bucket.versioning !== undefined && { versionId: version.versionId }),
        sequencer: version.sequencer,
      },
    },
  };
}

/**
 * What S3 sends to a target whose notifications are set up, see
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function s3TestEvent(bucket: Bucket): object {
  const id = randomBytes(8).toString('hex').toUpperCase();
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date().toISOString(),
    Bucket: bucket.name,
    RequestId: id,
    HostId: id,
  };
}

/**
 * The event that a bucket sends to EventBridge, see
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html. Its key is not encoded.
 */
export function eventBridgeDetail(
  bucket: Bucket,
  version: ObjectVersion,
  event: CreationEvent | RemovalEvent,
  by: Principal,
  requestId: string,
): BusEvent {
  const created = event.startsWith('ObjectCreated:');
  return {
    source: 'aws.s3',
    'detail-type': created ? 'Object Created' : 'Object Deleted',
    resources: [bucket.arn],
    time: version.lastModified.toISOString().replace(/\.\d+Z$/, 'Z'),
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key: version.key,
        ...(version.kind === 'object' && created && { size: version.size }),
        ...(version.kind === 'object' && { etag: version.etag }),
        ...(bucket.versioning !== undefined &&
          version.versionId !== NULL_VERSION && { 'version-id': version.versionId }),
        sequencer: version.sequencer,
      },
      'request-id': requestId,
      requester: by.kind === 'service' ? by.name : LOCAL_ACCOUNT,
      'source-ip-address': '127.0.0.1',
      reason: EVENT_REASONS[event],
      ...(!created && {
        'deletion-type':
          event === 'ObjectRemoved:DeleteMarkerCreated' ? 'Delete Marker Created' : 'Permanently Deleted',
      }),
    },
  };
}

/** A key as notifications carry it. */
export function eventKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/[!'()*]/g, (character) => '%' + character.charCodeAt(0).toString(16).toUpperCase())
    .replace(/%20/g, '+')
    .replace(/%2F/g, '/');
}
