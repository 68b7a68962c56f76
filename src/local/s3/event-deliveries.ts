import type { CreationEvent, RemovalEvent } from './event-messages';

/** One event on its way to one receiver. */
export interface EventDelivery {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly event: CreationEvent | RemovalEvent;
  /** ARN of the function or queue, or `events` for the event bus. */
  readonly to: string;
  /** Hands it over; again and again where asked to. */
  send(): Promise<void>;
}

/**
 * The way of events from buckets to their receivers. S3 promises each event at least once, some time, in any order:
 * here they arrive at once and in order, unless they are held back.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
export class EventDeliveries {
  private readonly pending = new Set<Promise<void>>();
  private held: EventDelivery[] | undefined;

  /** Events that have been held back so far. */
  get waiting(): readonly EventDelivery[] {
    return this.held ?? [];
  }

  hand(delivery: EventDelivery): void {
    if (this.held) this.held.push(delivery);
    else this.send(delivery);
  }

  /** Holds back every event from now on. */
  hold(): void {
    this.held ??= [];
  }

  /** Delivers what was held back, as arranged: in another order, several times, or not at all. Later events pass again. */
  release(arrange: (held: readonly EventDelivery[]) => readonly EventDelivery[]): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const delivery of arrange(held)) this.send(delivery);
  }

  /** Resolves when everything that is under way has been handed over. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  private send(delivery: EventDelivery): void {
    const sent = delivery.send().finally(() => this.pending.delete(sent));
    this.pending.add(sent);
  }
}
