import type { Source } from '../jobs/job-starter';
import { isRecord, valueAt } from '../message';
import { decodeEventKey } from '../object-key';

/** What became of one record of an event: an object that was created, or something to pass over, and why. */
export type SourceEvent = { readonly source: Source } | { readonly ignored: string };

/**
 * The records of an event, each still to be read: one that cannot be read must not keep the others from being handled.
 * Takes S3's own notifications (its test event among them) and EventBridge's `Object Created`.
 *
 * @throws Error where the event is neither, so that it ends in the dead-letter queue and not in silence.
 */
export function recordsOf(event: unknown): Array<() => SourceEvent> {
  if (isRecord(event)) {
    if (event.Event === 's3:TestEvent') return [() => ({ ignored: "S3's test event" })];
    if (Array.isArray(event.Records)) return event.Records.map((record) => () => fromNotification(record));
    if (event.source === 'aws.s3') return [() => fromEventBridge(event)];
  }
  throw new Error("the event is neither an S3 notification nor EventBridge's 'Object Created'");
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function fromNotification(record: unknown): SourceEvent {
  const eventName = valueAt(record, 'eventName');
  if (typeof eventName !== 'string' || !eventName.startsWith('ObjectCreated:')) {
    return { ignored: `event ${String(eventName)}` };
  }
  return {
    source: {
      bucket: text(record, 's3.bucket.name'),
      key: decodeEventKey(text(record, 's3.object.key')),
      versionId: versionOf(valueAt(record, 's3.object.versionId')),
      sizeBytes: sizeOf(valueAt(record, 's3.object.size')),
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html: the key stands there as it is. */
function fromEventBridge(event: Readonly<Record<string, unknown>>): SourceEvent {
  const detailType = event['detail-type'];
  if (detailType !== 'Object Created') return { ignored: `event ${String(detailType)}` };
  return {
    source: {
      bucket: text(event, 'detail.bucket.name'),
      key: text(event, 'detail.object.key'),
      versionId: versionOf(valueAt(event, 'detail.object.version-id')),
      sizeBytes: sizeOf(valueAt(event, 'detail.object.size')),
    },
  };
}

function text(event: unknown, path: string): string {
  const value = valueAt(event, path);
  if (typeof value === 'string') return value;
  throw new Error(`the event has no text at ${path}`);
}

/**
 * The version id, or empty where there is none that would stay: an unversioned bucket gives none, and one whose
 * versioning is suspended gives `null`, which the next upload overwrites.
 */
export function versionOf(versionId: unknown): string {
  return typeof versionId === 'string' && versionId !== 'null' ? versionId : '';
}

/** The size is there for people; an event without it is an event all the same. */
function sizeOf(size: unknown): number {
  return typeof size === 'number' ? size : 0;
}
