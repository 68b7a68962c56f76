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
import { EventDeliveries } from './event-deliveries';
import {
  eventBridgeDetail,
  s3EventRecord,
  s3TestEvent,
  type CreationEvent,
  type RemovalEvent,
} from './event-messages';
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
  readonly deliveries = new EventDeliveries();

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

  /** Sends the test event that S3 sends when notifications are set up. */
  async test(bucket: Bucket, targets: readonly NotificationTarget[]): Promise<void> {
    const payload = JSON.stringify(s3TestEvent(bucket));
    await Promise.all(targets.map(async (target) => this.send(bucket, target, payload)));
  }

  private deliver(
    bucket: Bucket,
    version: ObjectVersion,
    event: CreationEvent | RemovalEvent,
    by: Principal,
  ): void {
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    const { key, versionId } = version;
    const hand = (to: string, send: () => Promise<void>): void =>
      this.deliveries.hand({ bucket: bucket.name, key, versionId, event, to, send });
    for (const target of bucket.notifications.targets) {
      if (!wants(target, event, key)) continue;
      const record = s3EventRecord(bucket, version, event, by, target.id, requestId);
      hand(target.arn, () => this.send(bucket, target, JSON.stringify({ Records: [record] })));
    }
    if (bucket.notifications.eventBridge) {
      const message = eventBridgeDetail(bucket, version, event, by, requestId);
      hand('events', () => this.noted('events', this.receivers.eventBus.put(message)));
    }
  }

  private send(bucket: Bucket, { kind, arn }: NotificationTarget, payload: string): Promise<void> {
    const s3: Principal = { kind: 'service', name: S3, arn: bucket.arn };
    return kind === 'function'
      ? this.noted('lambda', this.receivers.functions.invokeAsync(arn, payload, s3))
      : this.noted('sqs', this.receivers.queues.send(arn, payload, {}, s3));
  }

  /** The write that caused the event has long been answered: a refusal can only be noted. */
  private async noted(service: string, delivery: Promise<void>): Promise<void> {
    try {
      await delivery;
    } catch (problem) {
      const error = problem as Error & Partial<AwsError>;
      this.journal.record({
        kind: 'request',
        service,
        operation: `deliver S3 event: ${error.name}: ${error.message}`,
        principal: S3,
        status: error.statusCode ?? 500,
      });
    }
  }
}
