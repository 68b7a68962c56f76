import { BusFixture, DEAD_LETTERS, FUNCTION, MACHINE, QUEUE } from './bus-fixture';
import { AwsError } from '../../../src/local/services';

const RULE_ARN = 'arn:aws:events:us-east-1:000000000000:rule/rule';
const EVENTS = { kind: 'service', name: 'events.amazonaws.com', arn: RULE_ARN };
const event = {
  version: '0',
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  'detail-type': 'Loaded',
  source: 'orders',
  account: '000000000000',
  time: '2026-01-31T09:00:00Z',
  region: 'us-east-1',
  resources: ['r'],
  detail: { n: 1 },
};
const throttled = () => new AwsError('Lambda.TooManyRequestsException', 'Rate Exceeded.', 429);

describe('delivery', () => {
  it('hands a function the event, in the name of EventBridge and the rule', async () => {
    const fixture = new BusFixture();
    fixture.target({});
    await fixture.put();
    expect(fixture.received).toEqual([{ arn: FUNCTION, input: event, principal: EVENTS }]);
  });

  it('passes an event by that no rule matches, and a rule that is disabled', async () => {
    const fixture = new BusFixture();
    fixture.target({});
    fixture.rule({
      State: 'DISABLED',
      EventPattern: '{"source":["other"]}',
      Targets: [{ Id: 'a', Arn: FUNCTION }],
    });
    await fixture.put('other');
    expect(fixture.received).toEqual([]);
  });

  it('reaches queues and state machines as well, every target of a rule', async () => {
    const fixture = new BusFixture();
    fixture.bus.startExecutionsWith({
      start: async ({ stateMachineArn, input }, principal) =>
        fixture.receive(stateMachineArn, input, principal),
    });
    const targets = [
      { Id: 'a', Arn: QUEUE, InputPath: '$.detail' },
      { Id: 'b', Arn: MACHINE, RoleArn: 'arn:role', Input: '{"constant":true}' },
    ];
    fixture.rule({ EventPattern: { source: ['orders'] }, Targets: targets });
    await fixture.put();
    expect(fixture.messages).toEqual([{ queueArn: QUEUE, body: { n: 1 }, attributes: {} }]);
    expect(fixture.received).toEqual([
      {
        arn: MACHINE,
        input: { constant: true },
        principal: { kind: 'role', name: 'EventsRole', arn: 'arn:role' },
      },
    ]);
  });

  it('keeps the time of an event that has one', async () => {
    const fixture = new BusFixture();
    fixture.target({});
    await fixture.bus.put({
      source: 'orders',
      'detail-type': 'd',
      resources: [],
      detail: {},
      time: '2020-01-01T00:00:00.123Z',
    });
    await fixture.bus.settled();
    expect(fixture.received[0].input.time).toBe('2020-01-01T00:00:00Z');
  });
});

describe('a target that refuses', () => {
  const deadLetter = (fixture: BusFixture) => fixture.messages[0];

  it('is tried again with longer and longer pauses, until it takes the event', async () => {
    const fixture = new BusFixture();
    fixture.target({ DeadLetterConfig: { Arn: DEAD_LETTERS } });
    fixture.refusals = [
      throttled(),
      new AwsError('ServiceException', 'busy', 500),
      new Error('connection lost'),
    ];
    await fixture.put();
    expect(fixture.clock.waits).toEqual([1, 2, 4]);
    expect(fixture.received).toHaveLength(1);
    expect(fixture.messages).toEqual([]);
  });

  it.each([
    ['ResourceNotFoundException', 'NO_RESOURCE'],
    ['AccessDeniedException', 'NO_PERMISSIONS'],
    ['InvalidParameterValueException', 'ERROR_FROM_TARGET'],
  ])('with %s loses the event to its dead-letter queue at once', async (code, errorCode) => {
    const fixture = new BusFixture();
    fixture.target({ DeadLetterConfig: { Arn: DEAD_LETTERS }, InputPath: '$.detail' });
    fixture.refusals = [new AwsError(code, 'refused', 404)];
    await fixture.put();
    expect(deadLetter(fixture)).toEqual({
      queueArn: DEAD_LETTERS,
      body: event,
      attributes: {
        RULE_ARN,
        TARGET_ARN: FUNCTION,
        ERROR_CODE: errorCode,
        ERROR_MESSAGE: 'refused',
        RETRY_ATTEMPTS: '0',
      },
    });
    expect(fixture.clock.waits).toEqual([]);
    expect(fixture.journal).toEqual([
      { kind: 'dead-letter', queueArn: DEAD_LETTERS, from: RULE_ARN, body: expect.any(String) },
    ]);
  });

  it.each([
    [{ MaximumRetryAttempts: 2 }, 'MaximumRetryAttempts', '2'],
    [{ MaximumRetryAttempts: 0 }, 'MaximumRetryAttempts', '0'],
    [{ MaximumEventAgeInSeconds: 60 }, 'MaximumEventAgeInSeconds', '5'],
  ])('is given up after %j', async (RetryPolicy, condition, retries) => {
    const fixture = new BusFixture();
    fixture.target({ DeadLetterConfig: { Arn: DEAD_LETTERS }, RetryPolicy });
    fixture.refusals = Array.from({ length: 20 }, throttled);
    await fixture.put();
    expect(deadLetter(fixture).attributes).toMatchObject({
      ERROR_CODE: 'THROTTLING',
      ERROR_MESSAGE: 'Rate Exceeded.',
      EXHAUSTED_RETRY_CONDITION: condition,
      RETRY_ATTEMPTS: retries,
    });
  });

  it('loses the event where there is no dead-letter queue, or that refuses it too', async () => {
    const fixture = new BusFixture();
    fixture.target({});
    fixture.refusals = [new AwsError('ResourceNotFoundException', 'gone')];
    await fixture.put();
    fixture.target({ DeadLetterConfig: { Arn: DEAD_LETTERS } });
    fixture.refusals = [new AwsError('ResourceNotFoundException', 'gone')];
    fixture.queueRefusal = new AwsError('AccessDenied', 'no');
    await fixture.put();
    expect([fixture.received, fixture.messages]).toEqual([[], []]);
  });

  it('is NO_RESOURCE where it is a state machine and the run has none', async () => {
    const fixture = new BusFixture();
    fixture.target({ Arn: MACHINE, DeadLetterConfig: { Arn: DEAD_LETTERS } });
    await fixture.put();
    expect(deadLetter(fixture).attributes.ERROR_CODE).toBe('NO_RESOURCE');
  });

  it('is not waited for once the run ends', async () => {
    const fixture = new BusFixture();
    fixture.target({ DeadLetterConfig: { Arn: DEAD_LETTERS } });
    fixture.refusals = [throttled()];
    fixture.clock.holds = true;
    await fixture.bus.put({ source: 'orders', 'detail-type': 'd', resources: [], detail: {} });
    await new Promise(setImmediate);
    await fixture.bus.close();
    expect([fixture.received, fixture.messages]).toEqual([[], []]);
  });
});

describe('schedules', () => {
  it.each(['nightly', 'arn:aws:events:us-east-1:000000000000:rule/nightly', 'Orders-dev/Orders/Rule1A2B'])(
    'fires %s when asked to, with the event of a schedule',
    async (id) => {
      const fixture = new BusFixture();
      fixture.rule({
        Name: 'nightly',
        ScheduleExpression: 'cron(0 2 * * ? *)',
        Targets: [{ Id: 'a', Arn: FUNCTION }],
      });
      await fixture.bus.fire(id);
      expect(fixture.received[0].input).toEqual({
        ...event,
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        resources: ['arn:aws:events:us-east-1:000000000000:rule/nightly'],
        detail: {},
      });
    },
  );

  it('cannot fire a rule that has no schedule or is not there', async () => {
    const fixture = new BusFixture();
    fixture.target({});
    await expect(fixture.bus.fire('rule')).rejects.toThrow(
      'the rule Orders-dev/Orders/Rule1A2B has no schedule',
    );
    await expect(fixture.bus.fire('absent')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Rule absent does not exist on EventBus default.',
    });
  });
});
