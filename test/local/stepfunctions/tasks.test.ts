import { Fixture, named, only, ROLE } from './fixture';
import { AwsError } from '../../../src/local/services';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:step';
const task = (resource: string, parameters?: object) => ({
  Type: 'Task',
  Resource: resource,
  Parameters: parameters,
});
const failureOf = async (fixture: Fixture, state: object) => {
  const { status, error, cause } = await fixture.run(only(state));
  return { status, error, cause };
};

describe('arn:aws:states:::lambda:invoke', () => {
  const invoke = (parameters: object) => task('arn:aws:states:::lambda:invoke', parameters);

  it('gives the answer of the function in the shape of the SDK', async () => {
    const fixture = new Fixture();
    fixture.answers = [{ ok: true }];
    await expect(fixture.runState(invoke({ FunctionName: FUNCTION, Payload: { a: 1 } }))).resolves.toEqual({
      ExecutedVersion: '$LATEST',
      Payload: { ok: true },
      StatusCode: 200,
      SdkHttpMetadata: {
        AllHttpHeaders: expect.any(Object),
        HttpHeaders: expect.any(Object),
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: expect.any(String) },
    });
    expect(fixture.invocations).toEqual([
      { arn: FUNCTION, payload: { a: 1 }, isAsync: false, principal: ROLE },
    ]);
  });

  it.each([
    [{ FunctionName: 'step' }, FUNCTION],
    [{ FunctionName: FUNCTION, Qualifier: '$LATEST' }, FUNCTION],
    [{ FunctionName: FUNCTION, Qualifier: 'live' }, `${FUNCTION}:live`],
  ])('%j names the function %s', async (parameters, arn) => {
    const fixture = new Fixture();
    await fixture.runState(invoke(parameters));
    expect(fixture.invocations[0].arn).toBe(arn);
    expect(fixture.invocations[0].payload).toEqual({});
  });

  it('does not wait for an asynchronous invocation', async () => {
    const fixture = new Fixture();
    const result = await fixture.runState(invoke({ FunctionName: FUNCTION, InvocationType: 'Event' }));
    expect(result).toMatchObject({ Payload: '', StatusCode: 202 });
    expect(fixture.invocations[0].isAsync).toBe(true);
  });

  it('hands on an answer that is no JSON as a text', async () => {
    const fixture = new Fixture();
    fixture.answers = ['not json'];
    await expect(
      fixture.runState({ ...invoke({ FunctionName: FUNCTION }), OutputPath: '$.Payload' }),
    ).resolves.toBe('not json');
  });

  it('fails with the class of the error that the function throws, and its error object as cause', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('CustomError', 'no')];
    expect(await failureOf(fixture, invoke({ FunctionName: FUNCTION }))).toEqual({
      status: 'FAILED',
      error: 'CustomError',
      cause: '{"errorType":"CustomError","errorMessage":"no","trace":[]}',
    });
  });

  it.each([
    ['Lambda.TooManyRequestsException', 'Lambda.TooManyRequestsException'],
    ['ResourceNotFoundException', 'Lambda.ResourceNotFoundException'],
    ['AccessDeniedException', 'Lambda.AWSLambdaException'],
  ])('calls the service error %s %s', async (code, error) => {
    const fixture = new Fixture();
    fixture.answers = [new AwsError(code, 'refused', 403)];
    const failure = await failureOf(fixture, invoke({ FunctionName: FUNCTION }));
    expect(failure.error).toBe(error);
    expect(failure.cause).toContain(
      `refused (Service: AWSLambda; Status Code: 403; Error Code: ${code}; Request ID: `,
    );
  });

  it('is States.Runtime where the function has no name', async () => {
    const failure = await failureOf(new Fixture(), invoke({ Payload: {} }));
    expect(failure).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining("The field 'FunctionName' must be a text, got undefined"),
    });
  });
});

describe('a function by its own ARN', () => {
  it('gets the input and gives the result as they are, with events of its own', async () => {
    const fixture = new Fixture();
    fixture.answers = [{ b: 2 }];
    const arn = await fixture.start(only({ Type: 'Task', Resource: FUNCTION }), { a: 1 });
    expect((await fixture.machines.ended(arn)).output).toBe('{"b":2}');
    expect(fixture.eventTypes(arn).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ]);
  });

  it('is Lambda.Unknown where it fails without an error class', async () => {
    const fixture = new Fixture();
    fixture.answers = [named(undefined as unknown as string, 'timed out')];
    const arn = await fixture.start(only({ Type: 'Task', Resource: FUNCTION }));
    const { error, cause } = await fixture.machines.ended(arn);
    expect(error).toBe('Lambda.Unknown');
    expect(cause).toBe(
      'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"timed out","trace":[]}',
    );
    expect(fixture.eventTypes(arn)).toContain('LambdaFunctionFailed');
  });

  it('writes that it timed out', async () => {
    const fixture = new Fixture();
    fixture.answers = [
      () => {
        setImmediate(() => fixture.clock.limits[0].expire());
        return new Promise(() => undefined);
      },
    ];
    const arn = await fixture.start(only({ Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 1 }));
    await fixture.machines.ended(arn);
    expect(fixture.eventTypes(arn)).toContain('LambdaFunctionTimedOut');
  });
});

describe('DynamoDB', () => {
  it.each([
    ['arn:aws:states:::dynamodb:updateItem', 'UpdateItem'],
    ['arn:aws:states:::dynamodb:getItem', 'GetItem'],
    ['arn:aws:states:::aws-sdk:dynamodb:query', 'Query'],
  ])("%s calls %s in the name of the machine's role", async (resource, operation) => {
    const fixture = new Fixture();
    fixture.tableAnswers = [{ Item: { id: { S: 'x' } } }];
    const result = await fixture.runState(task(resource, { TableName: 'jobs' }));
    expect(result.Item).toEqual({ id: { S: 'x' } });
    expect('SdkHttpMetadata' in result).toBe(!resource.includes('aws-sdk'));
    expect(fixture.tableCalls).toEqual([{ operation, input: { TableName: 'jobs' }, principal: ROLE }]);
  });

  it.each([
    ['dynamodb:putItem', 'ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException'],
    ['dynamodb:putItem', 'ValidationException', 'DynamoDB.AmazonDynamoDBException'],
    ['dynamodb:putItem', 'AccessDeniedException', 'DynamoDB.AmazonDynamoDBException'],
    [
      'aws-sdk:dynamodb:putItem',
      'ConditionalCheckFailedException',
      'DynamoDb.ConditionalCheckFailedException',
    ],
    ['aws-sdk:dynamodb:putItem', 'InternalServerError', 'DynamoDb.InternalServerErrorException'],
    ['aws-sdk:dynamodb:putItem', 'ValidationException', 'DynamoDb.DynamoDbException'],
  ])('%s calls %s %s', async (name, code, error) => {
    const fixture = new Fixture();
    fixture.tableAnswers = [new AwsError(code, 'The conditional request failed')];
    const failure = await failureOf(fixture, task(`arn:aws:states:::${name}`, {}));
    expect(failure.error).toBe(error);
    expect(failure.cause).toContain(
      'The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400;',
    );
  });

  it('a defect of the local run is no error of the service: it ends the execution and is named', async () => {
    const fixture = new Fixture();
    fixture.tableAnswers = [new TypeError('boom')];
    const failure = await failureOf(fixture, {
      ...task('arn:aws:states:::dynamodb:putItem', {}),
      Retry: [{ ErrorEquals: ['States.ALL'] }],
    });
    expect(failure).toEqual({ status: 'FAILED', error: 'States.Runtime', cause: 'TypeError: boom' });
    expect(fixture.tableCalls).toHaveLength(1);
  });
});

describe('other services', () => {
  const QUEUE = { QueueUrl: 'http://127.0.0.1:4566/000000000000/jobs' };

  it('sends a message to the queue of the URL', async () => {
    const fixture = new Fixture();
    const attributes = { a: { DataType: 'String', StringValue: 'x' } };
    const result = await fixture.runState(
      task('arn:aws:states:::sqs:sendMessage', {
        ...QUEUE,
        MessageBody: { a: 1 },
        MessageAttributes: attributes,
      }),
    );
    expect(result).toMatchObject({
      MessageId: expect.any(String),
      MD5OfMessageBody: 'bb6cb5c68df4652941caf652a366f2d8',
    });
    expect(fixture.messages).toEqual([
      { queueArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', body: '{"a":1}', attributes: { a: 'x' } },
    ]);
  });

  it.each([
    [new AwsError('QueueDoesNotExist', 'gone'), QUEUE, 'SQS.QueueDoesNotExistException'],
    [new AwsError('AccessDenied', 'no'), QUEUE, 'SQS.AmazonSQSException'],
    [undefined, { QueueUrl: 'jobs' }, 'SQS.AmazonSQSException'],
  ])('%p of %j is %s', async (queueError, queue, error) => {
    const fixture = new Fixture();
    fixture.queueError = queueError;
    const failure = await failureOf(
      fixture,
      task('arn:aws:states:::sqs:sendMessage', { ...queue, MessageBody: 'text' }),
    );
    expect(failure.error).toBe(error);
  });

  it('publishes to a topic as far as the role may', async () => {
    const fixture = new Fixture();
    await expect(
      fixture.runState(task('arn:aws:states:::sns:publish', { TopicArn: 'arn:topic', Message: 'm' })),
    ).resolves.toMatchObject({ MessageId: expect.any(String) });
    expect(fixture.authorized).toContainEqual({
      principal: 'MachineRole',
      action: 'sns:Publish',
      resource: 'arn:topic',
    });
  });

  it('puts events that say which execution they come from', async () => {
    const fixture = new Fixture();
    const entries = [
      { Source: 'orders', DetailType: 'Loaded', Detail: { n: 1 }, Resources: ['r'] },
      { Source: 's', DetailType: 'd', Detail: {} },
    ];
    const arn = await fixture.start(only(task('arn:aws:states:::events:putEvents', { Entries: entries })));
    const { output, stateMachineArn } = await fixture.machines.ended(arn);
    expect(JSON.parse(output!)).toMatchObject({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.any(String) }, {}],
    });
    expect(fixture.events.filter(({ source }) => source !== 'aws.states')[0]).toEqual({
      source: 'orders',
      'detail-type': 'Loaded',
      detail: { n: 1 },
      resources: [arn, stateMachineArn, 'r'],
    });
  });
});

describe('states:startExecution', () => {
  const child = (fixture: Fixture, state: object) => fixture.add(only(state), 'Child').arn;
  const start = (resource: string, stateMachineArn: string, more: object = {}) =>
    task(`arn:aws:states:::states:${resource}`, {
      StateMachineArn: stateMachineArn,
      Input: { a: 1 },
      ...more,
    });

  it('answers as soon as the other execution has begun', async () => {
    const fixture = new Fixture();
    const arn = child(fixture, { Type: 'Pass' });
    const result = await fixture.runState(start('startExecution', arn, { Name: 'n', Input: '{"b":2}' }));
    expect(result).toMatchObject({
      ExecutionArn: 'arn:aws:states:us-east-1:000000000000:execution:Child:n',
      StartDate: fixture.clock.time,
    });
    expect((await fixture.machines.ended(result.ExecutionArn)).output).toBe('{"b":2}');
  });

  it.each([
    ['startExecution.sync', '{"a":1}'],
    ['startExecution.sync:2', { a: 1 }],
  ])('%s waits for the end and gives the output as %j', async (resource, output) => {
    const fixture = new Fixture();
    const result = await fixture.runState(
      start(resource, child(fixture, { Type: 'Pass' }), { Input: { a: 1 } }),
    );
    expect(result).toMatchObject({ Status: 'SUCCEEDED', Output: output, Input: output });
  });

  it('fails with States.TaskFailed when the other execution fails', async () => {
    const fixture = new Fixture();
    const { error, cause } = await failureOf(
      fixture,
      start('startExecution.sync:2', child(fixture, { Type: 'Fail', Error: 'E', Cause: 'why' })),
    );
    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause!)).toMatchObject({ Status: 'FAILED', Error: 'E', Cause: 'why' });
  });

  it('fails where there is no such machine', async () => {
    const failure = await failureOf(
      new Fixture(),
      start('startExecution', 'arn:absent', { Input: undefined }),
    );
    expect(failure.error).toBe('StepFunctions.StateMachineDoesNotExistException');
  });
});
