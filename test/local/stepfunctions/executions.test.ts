import { Fixture, named, only, until, USER } from './fixture';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:step';
const work = { Type: 'Task', Resource: FUNCTION };
const never = () => new Promise(() => undefined);
const statuses = (fixture: Fixture) =>
  fixture.events.map(({ detail }) => (detail as { status: string }).status);

describe('starting', () => {
  const start = (fixture: Fixture, stateMachineArn: string, name?: string, input = '{"a":1}') =>
    fixture.machines.start({ stateMachineArn, name, input }, USER);

  it('answers the running execution to the same name and input', async () => {
    const fixture = new Fixture();
    fixture.answers = [never];
    const { arn } = fixture.add(only(work));
    const first = await start(fixture, arn, 'job');
    await expect(start(fixture, arn, 'job')).resolves.toEqual(first);
    expect(fixture.machines.executionsOf(arn)).toHaveLength(1);
    await fixture.machines.close();
  });

  it('is ExecutionAlreadyExists with other input, and once the execution has ended', async () => {
    const fixture = new Fixture();
    const { arn } = fixture.add(only({ Type: 'Pass' }));
    const { executionArn } = await start(fixture, arn, 'job');
    const refusal = {
      code: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${executionArn}'`,
    };
    await expect(start(fixture, arn, 'job', '{}')).rejects.toMatchObject(refusal);
    await fixture.machines.ended(executionArn);
    await expect(start(fixture, arn, 'job')).rejects.toMatchObject(refusal);
  });

  it('is free again for a name whose execution has been forgotten', async () => {
    const fixture = new Fixture();
    fixture.answers = [never];
    const { arn } = fixture.add(only(work));
    const { executionArn } = await start(fixture, arn, 'job');
    expect(() => fixture.machines.forget(executionArn)).toThrow(`${executionArn} is running`);
    await fixture.machines.stop(executionArn, {});
    fixture.machines.forget(executionArn);
    expect(() => fixture.machines.execution(executionArn)).toThrow('Execution Does Not Exist');
    await expect(start(fixture, arn, 'job', '{}')).resolves.toMatchObject({ executionArn });
    await fixture.machines.close();
  });

  it('takes a name of 80 characters of those that logs can carry, and input of 262,144', async () => {
    const fixture = new Fixture();
    const { arn } = fixture.add(only({ Type: 'Pass', Result: 1 }));
    const name = '0aA_-'.repeat(16);
    const input = JSON.stringify('x'.repeat(262_142));
    const { executionArn } = await start(fixture, arn, name, input);
    expect(executionArn.endsWith(`:${name}`)).toBe(true);
  });

  it('makes a name where none is given', async () => {
    const fixture = new Fixture();
    const { arn } = fixture.add(only({ Type: 'Pass' }));
    const { executionArn } = await start(fixture, arn);
    expect(executionArn).toMatch(/:execution:Machine:[0-9a-f-]{36}$/);
  });

  it.each([
    ['a name with a space', 'a b', '{}', 'InvalidName', "Invalid Name: 'a b'"],
    ['a name of 81 characters', 'a'.repeat(81), '{}', 'InvalidName', 'Invalid Name'],
    ['an empty name', '', '{}', 'InvalidName', "Invalid Name: ''"],
    ['input that is not JSON', 'job', '{', 'InvalidExecutionInput', 'Invalid State Machine Execution Input'],
    [
      'input beyond the quota',
      'job',
      JSON.stringify('x'.repeat(262_143)),
      'ValidationException',
      'less than or equal to 262144',
    ],
  ])('refuses %s', async (_, name, input, code, message) => {
    const fixture = new Fixture();
    const { arn } = fixture.add(only({ Type: 'Pass' }));
    await expect(start(fixture, arn, name, input)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('asks whether the caller may', async () => {
    const fixture = new Fixture();
    const { arn } = fixture.add(only({ Type: 'Pass' }));
    await start(fixture, arn);
    expect(fixture.authorized).toEqual([
      { principal: 'local', action: 'states:StartExecution', resource: arn },
    ]);
  });

  it('is StateMachineDoesNotExist for an ARN that nothing has', async () => {
    await expect(start(new Fixture(), 'arn:absent')).rejects.toMatchObject({
      code: 'StateMachineDoesNotExist',
    });
    expect(() => new Fixture().machines.execution('arn:absent')).toThrow(
      "Execution Does Not Exist: 'arn:absent'",
    );
  });
});

describe('history and events', () => {
  it('writes the events of AWS, each with the one before it', async () => {
    const fixture = new Fixture();
    fixture.answers = [{ b: 2 }];
    const arn = await fixture.start(
      only({
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: FUNCTION },
        OutputPath: '$.Payload',
      }),
    );
    await fixture.machines.ended(arn);
    const { events } = fixture.machines.execution(arn).history;
    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 1, 'TaskStateEntered'],
      [3, 2, 'TaskScheduled'],
      [4, 3, 'TaskStarted'],
      [5, 4, 'TaskSucceeded'],
      [6, 5, 'TaskStateExited'],
      [7, 6, 'ExecutionSucceeded'],
    ]);
    expect(events[2].taskScheduledEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      parameters: `{"FunctionName":"${FUNCTION}"}`,
    });
  });

  it('lets the events of branches follow each other by branch', async () => {
    const fixture = new Fixture();
    const branch = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
    const arn = await fixture.start(only({ Type: 'Parallel', Branches: [branch('A'), branch('B')] }));
    await fixture.machines.ended(arn);
    const { events } = fixture.machines.execution(arn).history;
    const entered = events.filter(({ type }) => type === 'PassStateEntered');
    expect(entered.map(({ previousEventId }) => previousEventId)).toEqual([3, 3]);
    const exited = events.filter(({ type }) => type === 'PassStateExited');
    expect(exited.map(({ previousEventId }) => previousEventId)).toEqual(entered.map(({ id }) => id));
  });

  it('tells EventBridge of every status, with what AWS puts into the event', async () => {
    const fixture = new Fixture();
    const { arn } = fixture.add(only({ Type: 'Fail', Error: 'TestError', Cause: 'why' }), 'Orders');
    const { executionArn } = await fixture.machines.start(
      { stateMachineArn: arn, name: 'job', input: '{"a":1}' },
      USER,
    );
    await fixture.machines.ended(executionArn);
    expect(statuses(fixture)).toEqual(['RUNNING', 'FAILED']);
    expect(fixture.events[1]).toEqual({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      resources: ['arn:aws:states:us-east-1:000000000000:execution:Orders:job'],
      detail: {
        executionArn,
        stateMachineArn: arn,
        name: 'job',
        status: 'FAILED',
        startDate: fixture.clock.time,
        stopDate: fixture.clock.time,
        input: '{"a":1}',
        inputDetails: { included: true },
        output: null,
        outputDetails: null,
        error: 'TestError',
        cause: 'why',
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: 'REDRIVABLE',
        redriveStatusReason: null,
      },
    });
  });

  it('leaves input and output out of an event that they would make too large', async () => {
    const fixture = new Fixture();
    await fixture.run(only({ Type: 'Pass' }), 'x'.repeat(200_000));
    await fixture.run(
      only({ Type: 'Pass', Parameters: { 'a.$': '$' }, ResultPath: '$' }),
      'x'.repeat(260_000),
    );
    expect(fixture.events.map(({ detail }) => detail)).toMatchObject([
      { status: 'RUNNING', inputDetails: { included: true } },
      {
        status: 'SUCCEEDED',
        inputDetails: { included: false },
        input: null,
        outputDetails: { included: true },
      },
      { status: 'RUNNING', inputDetails: { included: false } },
      { status: 'SUCCEEDED', outputDetails: { included: false }, output: null },
    ]);
  });

  it('notes executions and states in the journal', async () => {
    const fixture = new Fixture();
    const arn = await fixture.start(only({ Type: 'Pass' }), { a: 1 });
    await fixture.machines.ended(arn);
    expect(fixture.journal).toEqual([
      { kind: 'execution-started', executionArn: arn, input: '{"a":1}' },
      { kind: 'state-entered', executionArn: arn, state: 'Only', input: '{"a":1}' },
      { kind: 'state-exited', executionArn: arn, state: 'Only', output: '{"a":1}' },
      { kind: 'execution-ended', executionArn: arn, status: 'SUCCEEDED', output: '{"a":1}' },
    ]);
  });

  it('gives the context object of AWS', async () => {
    const fixture = new Fixture();
    const context = await fixture.runState({ Type: 'Pass', Parameters: { 'c.$': '$$' } }, { a: 1 });
    const name = context.c.Execution.Name as string;
    expect(context.c).toEqual({
      Execution: {
        Id: `arn:aws:states:us-east-1:000000000000:execution:Machine:${name}`,
        Input: { a: 1 },
        Name: name,
        RoleArn: 'arn:aws:iam::000000000000:role/MachineRole',
        StartTime: '2026-01-31T09:00:00.000Z',
        RedriveCount: 0,
      },
      State: { EnteredTime: '2026-01-31T09:00:00.000Z', Name: 'Only', RetryCount: 0 },
      StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine', Name: 'Machine' },
    });
  });
});

describe('stopping', () => {
  it('ends what runs as ABORTED, with the error and cause that were given, past every Catch', async () => {
    const fixture = new Fixture();
    fixture.answers = [never];
    const state = { ...work, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] };
    const arn = await fixture.start(only(state));
    await until(() => fixture.invocations.length === 1);
    await fixture.machines.stop(arn, { error: 'Enough', cause: 'asked to' });
    expect(fixture.machines.execution(arn)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'asked to',
    });
    expect(statuses(fixture)).toEqual(['RUNNING', 'ABORTED']);
  });

  it('leaves an execution as it is that has ended', async () => {
    const fixture = new Fixture();
    const arn = await fixture.start(only({ Type: 'Pass' }));
    const { stopDate } = await fixture.machines.ended(arn);
    await expect(fixture.machines.stop(arn, {})).resolves.toEqual(stopDate);
    expect(fixture.machines.execution(arn).status).toBe('SUCCEEDED');
  });

  it('stops a back-off, a machine that only passes things on, and all branches', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('E')];
    fixture.clock.holds = true;
    const loop = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };
    const arns = [
      await fixture.start(only({ ...work, Retry: [{ ErrorEquals: ['E'] }] })),
      await fixture.start(loop),
      await fixture.start(
        only({
          Type: 'Parallel',
          Branches: [{ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 9, End: true } } }],
        }),
      ),
    ];
    await until(() => fixture.clock.waits.length === 2);
    await fixture.machines.close();
    expect(arns.map((arn) => fixture.machines.execution(arn).status)).toEqual([
      'ABORTED',
      'ABORTED',
      'ABORTED',
    ]);
  });
});

describe('redrive', () => {
  it('goes on from the state that was not left, with its input, and counts', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('E'), named('E'), (input: { n: number }) => ({ n: input.n + 1 })];
    const definition = {
      StartAt: 'First',
      States: {
        First: { Type: 'Pass', Result: { n: 1 }, Next: 'Work' },
        Work: { ...work, Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Next: 'Last' },
        Last: {
          Type: 'Pass',
          Parameters: {
            'n.$': '$.n',
            'count.$': '$$.Execution.RedriveCount',
            'at.$': '$$.Execution.RedriveTime',
          },
          End: true,
        },
      },
    };
    const arn = await fixture.start(definition);
    await fixture.machines.ended(arn);
    fixture.clock.time += 1000;
    const redriveDate = fixture.machines.redrive(arn);
    const { status, output } = await fixture.machines.ended(arn);
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output!)).toEqual({ n: 2, count: 1, at: redriveDate.toISOString() });
    const types = fixture.eventTypes(arn);
    expect(types.slice(types.indexOf('ExecutionFailed'))).toEqual([
      'ExecutionFailed',
      'ExecutionRedriven',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(statuses(fixture)).toEqual(['RUNNING', 'FAILED', 'RUNNING', 'SUCCEEDED']);
  });

  it('runs only the branches and iterations again that did not succeed', async () => {
    const fixture = new Fixture();
    fixture.answers = [(item: unknown) => (item === 2 && fixture.invocations.length < 3 ? named('E') : item)];
    const map = {
      Type: 'Map',
      MaxConcurrency: 1,
      Iterator: { StartAt: 'W', States: { W: { ...work, End: true } } },
    };
    const arn = await fixture.start(only(map), [1, 2]);
    await fixture.machines.ended(arn);
    fixture.machines.redrive(arn);
    expect((await fixture.machines.ended(arn)).output).toBe('[1,2]');
    expect(fixture.invocations.map(({ payload }) => payload)).toEqual([1, 2, 2]);
  });

  it('runs all of them again where together they were too large', async () => {
    const fixture = new Fixture();
    fixture.answers = [() => 'x'.repeat(fixture.invocations.length > 2 ? 1 : 200_000)];
    const map = { Type: 'Map', Iterator: { StartAt: 'W', States: { W: { ...work, End: true } } } };
    const arn = await fixture.start(only(map), [1, 2]);
    expect((await fixture.machines.ended(arn)).error).toBe('States.DataLimitExceeded');
    fixture.machines.redrive(arn);
    expect((await fixture.machines.ended(arn)).output).toBe('["x","x"]');
  });

  it('enters a Fail state again and fails again: what was caught is not tried again', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('E')];
    const definition = {
      StartAt: 'Work',
      States: {
        Work: { ...work, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }], End: true },
        Failed: { Type: 'Fail', ErrorPath: '$.Error' },
      },
    };
    const arn = await fixture.start(definition);
    await fixture.machines.ended(arn);
    fixture.machines.redrive(arn);
    expect(await fixture.machines.ended(arn)).toMatchObject({ status: 'FAILED', error: 'E' });
    expect(fixture.invocations).toHaveLength(1);
    expect(fixture.eventTypes(arn).slice(-3)).toEqual([
      'ExecutionRedriven',
      'FailStateEntered',
      'ExecutionFailed',
    ]);
  });

  it('begins the time limits of a timed-out execution anew', async () => {
    const fixture = new Fixture();
    fixture.answers = [never, {}];
    const arn = await fixture.start({ ...only(work), TimeoutSeconds: 60 });
    await until(() => fixture.invocations.length === 1);
    fixture.clock.limits[0].expire();
    expect((await fixture.machines.ended(arn)).status).toBe('TIMED_OUT');
    fixture.machines.redrive(arn);
    expect((await fixture.machines.ended(arn)).status).toBe('SUCCEEDED');
    expect(fixture.clock.limits.map(({ seconds }) => seconds)).toEqual([60, 60]);
  });

  it('is refused for an execution that runs or has succeeded', async () => {
    const fixture = new Fixture();
    const arn = await fixture.start(only({ Type: 'Pass' }));
    expect(() => fixture.machines.redrive(arn)).toThrow('Execution is RUNNING and cannot be redriven');
    await fixture.machines.ended(arn);
    expect(() => fixture.machines.redrive(arn)).toThrow('Execution is SUCCEEDED and cannot be redriven');
  });

  it('is refused where the history has no room left', async () => {
    const fixture = new Fixture();
    const arn = await fixture.start(only({ Type: 'Fail' }));
    await fixture.machines.ended(arn);
    const { events } = fixture.machines.execution(arn).history;
    events.push(...Array(24_999).fill(events[0]));
    expect(() => fixture.machines.redrive(arn)).toThrow('Execution history event limit exceeded');
  });
});
