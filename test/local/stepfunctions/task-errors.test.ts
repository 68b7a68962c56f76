import { Fixture, named, only } from './fixture';
import { AwsError } from '../../../src/local/services';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:step';
const invoke = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: FUNCTION, 'Payload.$': '$' },
  ...more,
});
const throttled = new AwsError('Lambda.TooManyRequestsException', 'Rate exceeded', 429);

describe('Retry', () => {
  it('waits longer before each attempt, until an attempt succeeds', async () => {
    const fixture = new Fixture();
    fixture.answers = [throttled, throttled, throttled, { done: true }];
    const state = invoke({
      Retry: [
        {
          ErrorEquals: ['Lambda.TooManyRequestsException'],
          IntervalSeconds: 2,
          BackoffRate: 3,
          MaxDelaySeconds: 10,
        },
      ],
      OutputPath: '$.Payload',
    });
    await expect(fixture.runState(state)).resolves.toEqual({ done: true });
    expect(fixture.clock.waits).toEqual([2, 6, 10]);
  });

  it('counts retries in the context object', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('Flaky'), named('Flaky'), {}];
    await fixture.runState(
      invoke({
        Parameters: { FunctionName: FUNCTION, Payload: { 'attempt.$': '$$.State.RetryCount' } },
        Retry: [{ ErrorEquals: ['States.ALL'] }],
      }),
    );
    expect(fixture.invocations.map(({ payload }) => payload.attempt)).toEqual([0, 1, 2]);
    expect(fixture.clock.waits).toEqual([1, 2]);
  });

  it('counts each retrier by itself and leaves the rest to Catch', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('A'), named('B'), named('A'), named('B')];
    const { status, error } = await fixture.run(
      only(
        invoke({
          Retry: [
            { ErrorEquals: ['A'], MaxAttempts: 2 },
            { ErrorEquals: ['B'], MaxAttempts: 1 },
          ],
        }),
      ),
    );
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'B' });
    expect(fixture.invocations).toHaveLength(4);
  });

  it('never tries again where MaxAttempts is 0', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('A')];
    const state = invoke({
      Retry: [{ ErrorEquals: ['A'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
    });
    await fixture.run(only(state));
    expect(fixture.invocations).toHaveLength(1);
  });

  it('waits a random part of the time with full jitter', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('A'), {}];
    await fixture.runState(
      invoke({ Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 100, JitterStrategy: 'FULL' }] }),
    );
    expect(fixture.clock.waits[0]).toBeGreaterThanOrEqual(0);
    expect(fixture.clock.waits[0]).toBeLessThan(100);
  });
});

describe('Catch', () => {
  const caught = async (fixture: Fixture, catchers: object[], input: object = { kept: 1 }) => {
    const definition = {
      StartAt: 'Work',
      States: {
        Work: invoke({ Catch: catchers, Next: 'Done' }),
        Done: { Type: 'Succeed' },
        Caught: { Type: 'Pass', End: true },
      },
    };
    return fixture.run(definition, input);
  };

  it("keeps the input and puts the error where ResultPath says, with the function's error object as cause", async () => {
    const fixture = new Fixture();
    fixture.answers = [named('too-many-rejects', '3 of 4 records')];
    const { output } = await caught(fixture, [
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Caught' },
    ]);
    const cause = JSON.stringify({
      errorType: 'too-many-rejects',
      errorMessage: '3 of 4 records',
      trace: [],
    });
    expect(JSON.parse(output!)).toEqual({ kept: 1, error: { Error: 'too-many-rejects', Cause: cause } });
  });

  it.each([
    [undefined, { Error: 'A', Cause: expect.any(String) }],
    [null, { kept: 1 }],
  ])('hands on what ResultPath %p says', async (resultPath, expected) => {
    const fixture = new Fixture();
    fixture.answers = [named('A')];
    const { output } = await caught(fixture, [
      { ErrorEquals: ['A'], ResultPath: resultPath, Next: 'Caught' },
    ]);
    expect(JSON.parse(output!)).toEqual(expected);
  });

  it('fails where its ResultPath cannot be applied to the input', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('A')];
    const catchers = [{ ErrorEquals: ['A'], ResultPath: '$.kept.error', Next: 'Caught' }];
    const { status, error } = await caught(fixture, catchers);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.ResultPathMatchFailure' });
  });

  it('takes the first entry that matches', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('B')];
    const { status } = await caught(fixture, [
      { ErrorEquals: ['A'], Next: 'Done' },
      { ErrorEquals: ['States.TaskFailed'], Next: 'Caught' },
    ]);
    expect(status).toBe('SUCCEEDED');
  });

  it('fails the execution with the error that no entry matches', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('B', 'why')];
    const { status, error, cause } = await caught(fixture, [{ ErrorEquals: ['A'], Next: 'Caught' }]);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'B' });
    expect(JSON.parse(cause!).errorMessage).toBe('why');
  });

  it('cannot see a path that finds nothing: States.ALL does not match States.Runtime', async () => {
    const fixture = new Fixture();
    const state = invoke({
      Parameters: { FunctionName: FUNCTION, 'Payload.$': '$.absent' },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }],
    });
    const { status, error, cause } = await fixture.run(only(state), { there: 1 });
    expect({ status, error, cause }).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'Only' (entered at the event id #2). The JSONPath '$.absent' specified for the field 'Payload.$' could not be found in the input '{\"there\":1}'",
    });
  });

  it('cannot see a result beyond the quota', async () => {
    const fixture = new Fixture();
    fixture.answers = [{ text: 'x'.repeat(262_144) }];
    const { status, error, cause } = await caught(fixture, [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }]);
    expect({ status, error, cause }).toEqual({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause:
        "The state/task 'Work' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });
});

describe('a limit of time', () => {
  it('ends the task as States.Timeout, which States.TaskFailed does not match', async () => {
    const fixture = new Fixture();
    fixture.answers = [
      () => {
        setImmediate(() => fixture.clock.limits[0].expire());
        return new Promise(() => undefined);
      },
    ];
    const state = invoke({
      TimeoutSeconds: 30,
      Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Only' }],
    });
    const arn = await fixture.start(only(state));
    const { status, error } = await fixture.machines.ended(arn);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(fixture.clock.limits[0].seconds).toBe(30);
    expect(fixture.eventTypes(arn)).toContain('TaskTimedOut');
  });

  it('is lifted when the task has answered', async () => {
    const fixture = new Fixture();
    await fixture.runState(invoke({ TimeoutSecondsPath: '$.limit' }), { limit: 5 });
    expect(fixture.clock.limits).toEqual([{ seconds: 5, expire: expect.any(Function), isCancelled: true }]);
  });

  it('must be a whole number above 0 where a path gives it', async () => {
    const fixture = new Fixture();
    const { error, cause } = await fixture.run(only(invoke({ TimeoutSecondsPath: '$.limit' })), {
      limit: '5',
    });
    expect(error).toBe('States.ParameterPathFailure');
    expect(cause).toContain(
      'The TimeoutSecondsPath parameter does not reference a positive integer: $.limit == "5"',
    );
  });

  it('ends the whole execution as TIMED_OUT', async () => {
    const fixture = new Fixture();
    fixture.answers = [
      () => {
        fixture.clock.limits[0].expire();
        return new Promise(() => undefined);
      },
    ];
    const arn = await fixture.start({ ...only(invoke()), TimeoutSeconds: 900 });
    const { status, error } = await fixture.machines.ended(arn);
    expect({ status, error }).toEqual({ status: 'TIMED_OUT', error: undefined });
    expect(fixture.eventTypes(arn).at(-1)).toBe('ExecutionTimedOut');
  });
});
