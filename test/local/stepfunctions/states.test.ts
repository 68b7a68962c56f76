import { Fixture, named, only, until } from './fixture';
import { AwsError } from '../../../src/local/services';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:step';
const work = (more: object = { End: true }) => ({ Type: 'Task', Resource: FUNCTION, ...more });

describe('Wait', () => {
  it.each<[object, unknown, number]>([
    [{ Seconds: 10 }, {}, 10],
    [{ SecondsPath: '$.s' }, { s: 3 }, 3],
    [{ Timestamp: '2026-01-31T09:01:00Z' }, {}, 60],
    [{ TimestampPath: '$.t' }, { t: '2026-01-31T09:00:00.500Z' }, 0.5],
    [{ TimestampPath: '$.t' }, { t: '2020-01-01T00:00:00Z' }, 0],
  ])('%j waits for %j: %p seconds', async (fields, input, seconds) => {
    const fixture = new Fixture();
    await expect(fixture.runState({ Type: 'Wait', ...fields }, input)).resolves.toEqual(input);
    expect(fixture.clock.waits).toEqual([seconds]);
  });

  it.each([
    [
      { SecondsPath: '$.s' },
      { s: -1 },
      'The SecondsPath parameter does not reference a positive integer: $.s == -1',
    ],
    [{ TimestampPath: '$.s' }, { s: 'soon' }, '$.s == "soon"'],
  ])('%j of %j is States.ParameterPathFailure', async (fields, input, cause) => {
    const ended = await new Fixture().run(only({ Type: 'Wait', ...fields }), input);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.ParameterPathFailure' });
    expect(ended.cause).toContain(cause);
  });
});

describe('Succeed and Fail', () => {
  it('Succeed gives what its paths leave', async () => {
    await expect(
      new Fixture().runState({ Type: 'Succeed', InputPath: '$.a', OutputPath: '$.b' }, { a: { b: 1 } }),
    ).resolves.toBe(1);
  });

  it.each<[object, string | undefined, string | undefined]>([
    [{ Error: 'E', Cause: 'why' }, 'E', 'why'],
    [{}, undefined, undefined],
    [
      { ErrorPath: '$.error.Error', CausePath: "States.Format('{} at {}', $.error.Cause, $$.State.Name)" },
      'too-many',
      '3 at Only',
    ],
  ])('Fail %j ends with error %p and cause %p', async (fields, error, cause) => {
    const input = { error: { Error: 'too-many', Cause: '3' } };
    const ended = await new Fixture().run(only({ Type: 'Fail', ...fields }), input);
    expect(ended).toMatchObject({ status: 'FAILED' });
    expect([ended.error, ended.cause]).toEqual([error, cause]);
  });

  it('an ErrorPath to what is no text is States.Runtime', async () => {
    const ended = await new Fixture().run(only({ Type: 'Fail', ErrorPath: '$.n' }), { n: 1 });
    expect(ended.error).toBe('States.Runtime');
    expect(ended.cause).toContain("The ErrorPath '$.n' must point at a text, got 1");
  });
});

describe('Parallel', () => {
  const branch = (state: object, name: string) => ({
    StartAt: name,
    States: { [name]: { ...state, End: true } },
  });

  it('gives every branch its input and their outputs as a list in order', async () => {
    const fixture = new Fixture();
    const state = {
      Type: 'Parallel',
      Parameters: { 'x.$': '$.a' },
      Branches: [branch({ Type: 'Pass', Result: 1 }, 'One'), branch({ Type: 'Pass' }, 'Two')],
      ResultSelector: { 'both.$': '$' },
      ResultPath: '$.r',
    };
    await expect(fixture.runState(state, { a: 5 })).resolves.toEqual({ a: 5, r: { both: [1, { x: 5 }] } });
  });

  it('stops the other branches when one fails, and can be caught', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('Bad')];
    fixture.clock.holds = true;
    const definition = {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [branch({ Type: 'Wait', Seconds: 100 }, 'Waits'), branch(work({}), 'Fails')],
          Catch: [{ ErrorEquals: ['Bad'], ResultPath: '$.e', Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', InputPath: '$.e.Error', End: true },
      },
    };
    const arn = await fixture.start(definition);
    const { output } = await fixture.machines.ended(arn);
    expect(output).toBe('"Bad"');
    expect(fixture.eventTypes(arn)).toContain('ParallelStateFailed');
    expect(fixture.eventTypes(arn)).not.toContain('WaitStateExited');
  });

  it('is retried as a whole', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('Bad'), 1];
    const state = {
      Type: 'Parallel',
      Branches: [branch(work({}), 'Flaky'), branch({ Type: 'Pass' }, 'Passes')],
      Retry: [{ ErrorEquals: ['States.TaskFailed'] }],
    };
    await expect(fixture.runState(state)).resolves.toEqual([1, {}]);
  });
});

describe('Map', () => {
  const map = (fields: object, processor: object = work()) => ({
    Type: 'Map',
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'Work', States: { Work: processor } },
    ...fields,
  });

  it('runs once for each item, with what ItemSelector makes of it', async () => {
    const fixture = new Fixture();
    const state = map(
      {
        ItemsPath: '$.items',
        ItemSelector: { 'index.$': '$$.Map.Item.Index', 'value.$': '$$.Map.Item.Value', 'all.$': '$.count' },
        ResultPath: '$.results',
      },
      { Type: 'Pass', End: true },
    );
    await expect(fixture.runState(state, { items: ['a', 'b'], count: 2 })).resolves.toEqual({
      items: ['a', 'b'],
      count: 2,
      results: [
        { index: 0, value: 'a', all: 2 },
        { index: 1, value: 'b', all: 2 },
      ],
    });
  });

  it('takes its own input as the list, and the older names Iterator and Parameters', async () => {
    const state = {
      Type: 'Map',
      Iterator: {
        StartAt: 'P',
        States: { P: { Type: 'Pass', Parameters: { 'n.$': '$.v', 'i.$': '$$.Map.Item.Index' }, End: true } },
      },
      Parameters: { 'v.$': '$$.Map.Item.Value' },
    };
    await expect(new Fixture().runState(state, [7, 8])).resolves.toEqual([
      { n: 7, i: 0 },
      { n: 8, i: 1 },
    ]);
  });

  it('gives an empty list for no items', async () => {
    await expect(new Fixture().runState(map({}), [])).resolves.toEqual([]);
  });

  it.each([
    [{ MaxConcurrency: 2 }, 2],
    [{ MaxConcurrencyPath: '$[0]' }, 3],
    [{}, 40],
  ])('runs with %j at most %p iterations at once', async (fields, most) => {
    const fixture = new Fixture();
    let running = 0;
    let highest = 0;
    fixture.answers = [
      async () => {
        highest = Math.max(highest, ++running);
        for (let i = 0; i < 5; i++) await new Promise(setImmediate);
        running--;
      },
    ];
    await fixture.run(only(map(fields)), Array(45).fill(3));
    expect(highest).toBe(most);
  });

  it('fails with the error of the first iteration that fails, and stops the others', async () => {
    const fixture = new Fixture();
    fixture.answers = [
      (item: unknown) => (item === 1 ? named('Bad', 'item 1') : new Promise(() => undefined)),
    ];
    const arn = await fixture.start(only(map({})), [0, 1]);
    const ended = await fixture.machines.ended(arn);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'Bad' });
    const types = fixture.eventTypes(arn);
    expect(types).toEqual(
      expect.arrayContaining([
        'MapStateStarted',
        'MapIterationFailed',
        'MapIterationAborted',
        'MapStateFailed',
      ]),
    );
  });

  it('goes on while fewer fail than are tolerated, and leaves their results out', async () => {
    const fixture = new Fixture();
    fixture.answers = [(item: unknown) => (item === 1 ? named('Bad') : item)];
    await expect(fixture.runState(map({ ToleratedFailureCount: 1 }), [0, 1, 2])).resolves.toEqual([0, 2]);
    await expect(
      fixture.runState(map({ ToleratedFailurePercentagePath: '$[3]' }), [0, 1, 2, 25]),
    ).resolves.toEqual([0, 2, 25]);
  });

  it.each([
    [{ ToleratedFailureCountPath: '$[1]' }],
    [{ ToleratedFailurePercentage: 50, ToleratedFailureCount: 3 }],
  ])('fails with States.ExceedToleratedFailureThreshold beyond %j', async (fields) => {
    const fixture = new Fixture();
    fixture.answers = [named('Bad')];
    const { error, cause } = await fixture.run(only(map(fields)), [0, 1, 2]);
    expect(error).toBe('States.ExceedToleratedFailureThreshold');
    expect(cause).toBe('The specified tolerated failure threshold was exceeded');
  });

  it.each([
    [
      { ItemsPath: '$.items' },
      { items: 5 },
      'States.Runtime',
      'Reference path "$.items" must point to array.',
    ],
    [{}, {}, 'States.Runtime', 'Reference path "$" must point to array.'],
    [
      { ItemsPath: '$.items', MaxConcurrencyPath: '$.n' },
      { items: [], n: 'x' },
      'States.ParameterPathFailure',
      'MaxConcurrencyPath',
    ],
    [
      { ItemsPath: '$.items', ItemSelector: { 'x.$': '$.absent' } },
      { items: [1] },
      'States.Runtime',
      "'$.absent' specified for the field 'x.$'",
    ],
  ])('%j of %j fails with %s', async (fields, input, error, cause) => {
    const ended = await new Fixture().run(only(map(fields)), input);
    expect(ended).toMatchObject({ status: 'FAILED', error });
    expect(ended.cause).toContain(cause);
  });
});

describe('a task that waits for its token', () => {
  const waiting = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: {
      QueueUrl: 'http://127.0.0.1:4566/000000000000/callbacks',
      MessageBody: { 'token.$': '$$.Task.Token' },
    },
    HeartbeatSeconds: 60,
  };
  const started = async (fixture: Fixture) => {
    const arn = await fixture.start(only(waiting));
    await until(() => fixture.eventTypes(arn).includes('TaskSubmitted'));
    return { arn, token: JSON.parse(fixture.messages[0].body).token as string };
  };

  it('ends with what is reported', async () => {
    const fixture = new Fixture();
    const { arn, token } = await started(fixture);
    fixture.machines.tokens.succeed(token, { approved: true });
    expect((await fixture.machines.ended(arn)).output).toBe('{"approved":true}');
    expect(() => fixture.machines.tokens.heartbeat(token)).toThrow(AwsError);
  });

  it('is States.HeartbeatTimeout when no heartbeat comes in time, and each one begins the time anew', async () => {
    const fixture = new Fixture();
    const { arn, token } = await started(fixture);
    fixture.machines.tokens.heartbeat(token);
    expect(fixture.clock.limits.map(({ seconds, isCancelled }) => [seconds, isCancelled])).toEqual([
      [60, true],
      [60, false],
    ]);
    fixture.clock.limits[1].expire();
    const { status, error } = await fixture.machines.ended(arn);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
  });
});
