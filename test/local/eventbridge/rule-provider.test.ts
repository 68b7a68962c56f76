import { BusFixture, FUNCTION } from './bus-fixture';

const PATTERN = { source: ['aws.s3'] };
const target = { Id: 'Target0', Arn: FUNCTION };

it('gives a rule its name and ARN, and makes up the name that lacks', () => {
  const fixture = new BusFixture();
  expect(
    fixture.rule({ Name: 'mine', EventPattern: PATTERN, State: 'ENABLED', EventBusName: 'default' }),
  ).toEqual({
    ref: 'mine',
    attributes: { Arn: 'arn:aws:events:us-east-1:000000000000:rule/mine' },
  });
  expect(fixture.rule({ EventPattern: JSON.stringify(PATTERN) }).ref).toMatch(
    /^Orders-dev-Rule1A2B-[0-9a-f]{12}$/,
  );
  expect(fixture.bus.allRules()).toHaveLength(2);
});

it('tries an event for a day, 185 times, where the template says nothing', () => {
  const fixture = new BusFixture();
  fixture.rule({ Name: 'mine', EventPattern: PATTERN, Targets: [target] });
  expect(fixture.bus.rule('mine').targets).toMatchObject([
    { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
  ]);
});

it.each<[object, string]>([
  [
    { EventPattern: PATTERN, RoleArn: 'arn' },
    'the local run does not provide the property RoleArn of AWS::Events::Rule, used at Orders-dev/Orders/Rule1A2B',
  ],
  [{}, 'the rule Orders-dev/Orders/Rule1A2B has neither EventPattern nor ScheduleExpression'],
  [
    { EventPattern: PATTERN, EventBusName: 'own' },
    "the local run does not provide the event bus 'own' of the rule Orders-dev/Orders/Rule1A2B",
  ],
  [{ EventPattern: PATTERN, State: 'ON' }, "the rule Orders-dev/Orders/Rule1A2B has the unknown State 'ON'"],
  [{ EventPattern: '{' }, 'the rule Orders-dev/Orders/Rule1A2B: Expected property name'],
  [
    { EventPattern: { a: [] } },
    'the rule Orders-dev/Orders/Rule1A2B: the event pattern.a must be a list that is not empty',
  ],
  [
    { EventPattern: { a: [{ near: 'b' }] } },
    "the local run does not provide the operator 'near' of the event pattern.a, used by the rule Orders-dev/Orders/Rule1A2B",
  ],
  [
    { ScheduleExpression: 'daily' },
    "the rule Orders-dev/Orders/Rule1A2B: the schedule expression 'daily' is neither rate(...) nor cron(...)",
  ],
  [
    { EventPattern: PATTERN, Targets: [{ Id: 'T', Arn: 'arn:aws:sns:us-east-1:000000000000:topic' }] },
    "the local run does not provide the Arn 'arn:aws:sns:us-east-1:000000000000:topic' of the target 'T' of the rule Orders-dev/Orders/Rule1A2B",
  ],
  [
    { EventPattern: PATTERN, Targets: [{ ...target, Arn: 'arn:aws:sqs:us-east-1:000000000000:q.fifo' }] },
    "q.fifo' of the target",
  ],
  [
    { EventPattern: PATTERN, Targets: [{ ...target, EcsParameters: {} }] },
    "the local run does not provide the property 'EcsParameters' of the target 'Target0' of the rule",
  ],
  [
    { EventPattern: PATTERN, Targets: [{ ...target, InputPath: 'detail' }] },
    "the target 'Target0' of the rule Orders-dev/Orders/Rule1A2B: 'detail' lacks '$'",
  ],
])('refuses %j', (properties, message) => {
  expect(() => new BusFixture().rule(properties)).toThrow(message);
});
