import { randomBytes } from 'node:crypto';
import {
  type AwsError,
  type EventSender,
  type FunctionInvoker,
  type Journal,
  type Principal,
  type QueueSender,
} from '../services';
import type { Bucket } from './bucket';
import { eventBridgeDetail, s3EventRecord, type CreationEvent, type RemovalEvent } from './event-messages';
import { wants, type NotificationTarget } from './notification-configuration';
import type { DeleteMarker, ObjectVersion, StoredObject } from './object-version';

/** Who events of buckets are delivered to. */
export interface EventReceivers {
  readonly functions: FunctionInvoker;
  readonly queues: QueueSender;
  readonly eventBus: EventSender;
}

const S3 = 's3.amazonaws.com';

/** Tells functions, queues and the event bus what happened in a bucket, as far as it is configured to. */
export class ObjectEvents {
  private readonly pending = new Set<Promise<void>>();

  constructor(
    private readonly receivers: EventReceivers,
    private readonly journal: Journal,
  ) {}

  created(bucket: Bucket, object: StoredObject, event: CreationEvent, by: Principal): void {
    this.journal.record({
      kind: 'object-created',
      bucket: bucket.name,
      key: object.key,
      versionId: object.versionId,
      sizeBytes: object.size,
    });
    this.deliver(bucket, object, event, by);
  }

  removed(bucket: Bucket, version: StoredObject | DeleteMarker, event: RemovalEvent, by: Principal): void {
    this.deliver(bucket, version, event, by);
  }

  /** Resolves when everything that was under way has been handed over. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  private deliver(
    bucket: Bucket,
    version: ObjectVersion,
    event: CreationEvent | RemovalEvent,
    by: Principal,
  ): void {
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    for (const target of bucket.notifications.targets) {
      if (!wants(target, event, version.key)) continue;
      const record = s3EventRecord(bucket, version, event, by, target.id, requestId);
      this.track(
        target.kind === 'function' ? 'lambda' : 'sqs',
        this.send(target, JSON.stringify({ Records: [record] }), {
          kind: 'service',
          name: S3,
          arn: bucket.arn,
        }),
      );
    }
    if (bucket.notifications.eventBridge) {
      const message = eventBridgeDetail(bucket, version, event, by, requestId);
      this.track('events', this.receivers.eventBus.put(message));
    }
  }

  private send(target: NotificationTarget, payload: string, s3: Principal): Promise<void> {
    return target.kind === 'function'
      ? this.receivers.functions.invokeAsync(target.arn, payload, s3)
      : this.receivers.queues.send(target.arn, payload, {}, s3);
  }

  /** The write that caused the event has long been answered: a refusal can only be noted. */
  private track(service: string, delivery: Promise<void>): void {
    const noted = delivery
      .catch((error: Error & Partial<AwsError>) => {
        this.journal.record({
          kind: 'request',
          service,
          operation: `deliver S3 event: ${error.name}: ${error.message}`,
          principal: S3,
          status: error.statusCode ?? 500,
        });
      })
      .finally(() => this.pending.delete(noted));
    this.pending.add(noted);
  }
}
