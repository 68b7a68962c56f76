import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from '../json-operations';
import {
  LOCAL_ACCOUNT,
  LOCAL_REGION,
  NotProvidedError,
  type Authorizer,
  type HttpService,
  type Principal,
} from '../services';
import type { EventBus } from './event-bus';
import { putEvents } from './put-events';
import type { Rule } from './rule';

const BUS_ARN = `arn:aws:events:${LOCAL_REGION}:${LOCAL_ACCOUNT}:event-bus/default`;

/** An operation of the API: the resource that IAM is asked about, and what it answers. */
interface Operation {
  readonly resource: (bus: EventBus, input: any) => string;
  readonly run: (bus: EventBus, input: any) => object | Promise<object>;
}

const ruleArn: Operation['resource'] = (bus, { Name: name, Rule: rule }) => bus.rule(name ?? rule).arn;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  PutEvents: { resource: () => BUS_ARN, run: async (bus, input) => putEvents(bus, input) },
  ListRules: {
    resource: () => BUS_ARN,
    run: (bus, { NamePrefix: prefix = '' }) => ({
      Rules: bus
        .allRules()
        .filter(({ name }) => name.startsWith(prefix))
        .map(description),
    }),
  },
  DescribeRule: { resource: ruleArn, run: (bus, { Name: name }) => description(bus.rule(name)) },
  ListTargetsByRule: {
    resource: ruleArn,
    run: (bus, { Rule: name }) => ({
      Targets: bus.rule(name).targets.map(({ id, arn }) => ({ Id: id, Arn: arn })),
    }),
  },
};

/** The HTTP API of EventBridge (JSON 1.1). */
export class EventBridgeService implements HttpService {
  constructor(
    private readonly bus: EventBus,
    private readonly authorizer: Authorizer,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> {
    await answerJson(request, response, '1.1', async (name, input) => {
      if (!Object.hasOwn(OPERATIONS, name)) {
        throw new NotProvidedError(`the operation ${name} of EventBridge`);
      }
      const operation = OPERATIONS[name];
      this.authorizer.authorize(principal, `events:${name}`, operation.resource(this.bus, input));
      return operation.run(this.bus, input);
    });
  }
}

function description({ name, arn, isEnabled, patternText, scheduleExpression }: Rule): object {
  return {
    Name: name,
    Arn: arn,
    State: isEnabled ? 'ENABLED' : 'DISABLED',
    EventPattern: patternText,
    ScheduleExpression: scheduleExpression,
    EventBusName: 'default',
  };
}
