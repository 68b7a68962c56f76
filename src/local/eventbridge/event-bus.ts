import {
  AwsError,
  type BusEvent,
  type EventSender,
  type FunctionInvoker,
  type Journal,
  type QueueSender,
} from '../services';
import { busMessage } from './bus-message';
import { deliver, type DeliveryServices } from './delivery';
import { matchesPattern } from './event-pattern';
import type { Rule } from './rule';
import type { ExecutionStarter } from './targets';
import { ScaledClock, type Clock } from '../stepfunctions/clock';

/** What EventBridge works with. */
export interface EventBusOptions {
  readonly functions: FunctionInvoker;
  readonly queues: QueueSender;
  readonly journal: Journal;
  /** @default - the machine's clock, with `timeScale` */
  readonly clock?: Clock;
  /** Seconds that one second between two attempts takes. @default 1 */
  readonly timeScale?: number;
}

/** The default event bus: its rules, and the way of events to their targets. */
export class EventBus implements EventSender {
  private readonly rules = new Map<string, Rule>();
  private readonly deliveries = new Set<Promise<void>>();
  private readonly closing = new AbortController();
  private readonly services: DeliveryServices;
  private starter?: ExecutionStarter;

  constructor(options: EventBusOptions) {
    this.services = {
      ...options,
      clock: options.clock ?? new ScaledClock(options.timeScale ?? 1),
      executions: { start: async (request, principal) => this.requireStarter().start(request, principal) },
    };
  }

  /** From now on rules can start executions. State machines need the bus as well, so they are told to it afterwards. */
  startExecutionsWith(starter: ExecutionStarter): void {
    this.starter = starter;
  }

  add(rule: Rule): void {
    this.rules.set(rule.name, rule);
  }

  allRules(): Rule[] {
    return [...this.rules.values()];
  }

  /** The rule of that name, ARN or construct path. */
  rule(id: string): Rule {
    const rule = this.allRules().find(({ name, arn, path }) => [name, arn, path].includes(id));
    if (!rule) {
      throw new AwsError('ResourceNotFoundException', `Rule ${id} does not exist on EventBus default.`);
    }
    return rule;
  }

  /** Takes an event and begins to deliver it to every rule that matches. Resolves before it has arrived. */
  async put(event: BusEvent): Promise<void> {
    const message = busMessage(event, this.services.clock.now());
    for (const rule of this.rules.values()) {
      if (rule.isEnabled && rule.pattern && matchesPattern(rule.pattern, message)) {
        void this.send(rule, message);
      }
    }
  }

  /** Does what a rule's schedule does when its time has come. Resolves when every target has taken the event. */
  async fire(id: string): Promise<void> {
    const rule = this.rule(id);
    if (rule.scheduleExpression === undefined) throw new Error(`the rule ${rule.path} has no schedule`);
    const event = {
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: [rule.arn],
      detail: {},
    };
    await this.send(rule, busMessage(event, this.services.clock.now()));
  }

  /** Resolves when nothing is on its way any longer. */
  async settled(): Promise<void> {
    while (this.deliveries.size > 0) await Promise.all(this.deliveries);
  }

  /** Gives up what waits for its next attempt. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.settled();
  }

  private async send(rule: Rule, message: ReturnType<typeof busMessage>): Promise<void> {
    const deliveries = rule.targets.map(async (target) => {
      const delivery = deliver(this.services, rule, target, message, this.closing.signal)
        // A dead-letter queue that refuses the event as well loses it, as on AWS.
        .catch(() => undefined)
        .finally(() => this.deliveries.delete(delivery));
      this.deliveries.add(delivery);
      return delivery;
    });
    await Promise.all(deliveries);
  }

  private requireStarter(): ExecutionStarter {
    if (!this.starter) {
      throw new AwsError('StateMachineDoesNotExist', 'there are no state machines in this run');
    }
    return this.starter;
  }
}
