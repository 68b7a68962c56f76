import { randomBytes } from 'node:crypto';
import type { Statement } from '../iam/policy';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../services';
import type { Message } from './message';

/** Settings of a queue, by the API's names. */
export interface QueueSettings {
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly receiveWaitSeconds: number;
  /** Kept and told; nothing expires in a run on a laptop. */
  readonly retentionSeconds: number;
  readonly maximumMessageBytes: number;
  readonly redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | undefined;
  /** Statements of the queue's policy. */
  readonly policy: readonly Statement[];
  /** Attributes that change nothing by themselves, as they were given: encryption, the policy's text and the like. */
  readonly other: Readonly<Record<string, string>>;
}

/** A standard queue. */
export class Queue {
  readonly arn: string;
  readonly createdAt = Date.now();
  private readonly stored: Message[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    readonly name: string,
    public settings: QueueSettings,
  ) {
    this.arn = `arn:aws:sqs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
  }

  /** Every message, visible or not, oldest first. */
  get messages(): readonly Message[] {
    return this.stored;
  }

  add(message: Message): void {
    this.stored.push(message);
    this.announce(message);
  }

  /**
   * Up to `max` messages; where there is none, waits for one up to so many seconds.
   *
   * @param toDeadLetters takes each message that has been received too often
   */
  async receive(
    max: number,
    waitSeconds: number,
    visibilitySeconds: number,
    toDeadLetters: (message: Message, targetArn: string) => void,
  ): Promise<Message[]> {
    const deadline = Date.now() + waitSeconds * 1000;
    for (;;) {
      const taken = this.take(max, visibilitySeconds, toDeadLetters);
      const left = deadline - Date.now();
      if (taken.length > 0 || left <= 0) return taken;
      await this.somethingVisible(left);
    }
  }

  /** Whether the handle was the message's latest; a message that is gone already is as good as deleted. */
  delete(receiptHandle: string): void {
    const at = this.stored.findIndex((message) => message.receiptHandle === receiptHandle);
    if (at >= 0) this.stored.splice(at, 1);
  }

  /** False where no message in flight has the handle. */
  changeVisibility(receiptHandle: string, seconds: number): boolean {
    const message = this.stored.find((candidate) => candidate.receiptHandle === receiptHandle);
    if (!message) return false;
    message.visibleAt = Date.now() + seconds * 1000;
    this.announce(message);
    return true;
  }

  purge(): void {
    this.stored.length = 0;
  }

  /** Numbers of messages that can be received, are in flight, and are delayed. */
  counts(): { visible: number; inFlight: number; delayed: number } {
    const now = Date.now();
    const visible = this.stored.filter((message) => message.visibleAt <= now).length;
    const inFlight = this.stored.filter(
      (message) => message.visibleAt > now && message.receiveCount > 0,
    ).length;
    return { visible, inFlight, delayed: this.stored.length - visible - inFlight };
  }

  /** Lets waiting receivers go. */
  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.wake();
  }

  private take(
    max: number,
    visibilitySeconds: number,
    toDeadLetters: (message: Message, targetArn: string) => void,
  ): Message[] {
    const now = Date.now();
    const { redrive } = this.settings;
    const taken: Message[] = [];
    for (const message of [...this.stored]) {
      if (taken.length >= max) break;
      if (message.visibleAt > now) continue;
      if (redrive && message.receiveCount >= redrive.maxReceiveCount) {
        this.stored.splice(this.stored.indexOf(message), 1);
        toDeadLetters(message, redrive.deadLetterTargetArn);
        continue;
      }
      message.receiveCount++;
      message.firstReceivedAt ??= now;
      message.receiptHandle = randomBytes(48).toString('base64');
      message.visibleAt = now + visibilitySeconds * 1000;
      this.announce(message);
      taken.push(message);
    }
    return taken;
  }

  /** Wakes receivers when the message can be received. */
  private announce(message: Message): void {
    const delay = message.visibleAt - Date.now();
    if (delay <= 0) this.wake();
    else this.after(delay, () => this.wake());
  }

  private somethingVisible(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.waiting.delete(done);
        clearTimeout(timer);
        this.timers.delete(timer);
        resolve();
      };
      const timer = this.after(withinMs, done);
      this.waiting.add(done);
    });
  }

  private wake(): void {
    for (const receiver of [...this.waiting]) receiver();
  }

  private after(ms: number, action: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      action();
    }, ms);
    timer.unref();
    this.timers.add(timer);
    return timer;
  }
}
