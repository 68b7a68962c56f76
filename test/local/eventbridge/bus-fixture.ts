import { EventBus, RuleProvider } from '../../../src/local/eventbridge';
import type { JournalEntry, Principal } from '../../../src/local/services';
import { TestClock } from '../stepfunctions/fixture';

export const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:finish';
export const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:events';
export const DEAD_LETTERS = 'arn:aws:sqs:us-east-1:000000000000:dead-letters';
export const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Orders';

/** A bus whose targets note what they get, or refuse it. */
export class BusFixture {
  readonly clock = new TestClock();
  readonly journal: JournalEntry[] = [];
  readonly received: { arn: string; input: any; principal: Principal }[] = [];
  readonly messages: { queueArn: string; body: any; attributes: Readonly<Record<string, string>> }[] = [];
  /** What functions throw, one after the other; then they take the event. */
  refusals: Error[] = [];
  queueRefusal?: Error;

  readonly bus = new EventBus({
    functions: {
      invoke: async () => Promise.reject(new Error('events are asynchronous')),
      invokeAsync: async (arn, payload, principal) => this.receive(arn, payload, principal),
    },
    queues: {
      send: async (queueArn, body, attributes) => {
        if (this.queueRefusal) throw this.queueRefusal;
        this.messages.push({ queueArn, body: JSON.parse(body), attributes });
      },
    },
    journal: { record: (entry) => this.journal.push(entry) },
    clock: this.clock,
  });
  readonly provider = new RuleProvider(this.bus, {
    principal: (arn) => ({ kind: 'role', name: 'EventsRole', arn }),
  });

  receive(arn: string, input: string, principal: Principal): void {
    const refusal = this.refusals.shift();
    if (refusal) throw refusal;
    this.received.push({ arn, input: JSON.parse(input), principal });
  }

  rule(properties: object, logicalId = 'Rule1A2B') {
    return this.provider.provide({
      logicalId,
      type: 'AWS::Events::Rule',
      properties,
      metadata: {},
      stackName: 'Orders-dev',
      path: `Orders-dev/Orders/${logicalId}`,
    });
  }

  /** A rule for everything of one source. */
  target(target: object, source = 'orders') {
    return this.rule({
      Name: 'rule',
      EventPattern: { source: [source] },
      Targets: [{ Id: 'Target0', Arn: FUNCTION, ...target }],
    });
  }

  /** Puts an event and waits until it is where it goes. */
  async put(source = 'orders', detail: object = { n: 1 }): Promise<void> {
    await this.bus.put({ source, 'detail-type': 'Loaded', resources: ['r'], detail });
    await this.bus.settled();
  }
}
