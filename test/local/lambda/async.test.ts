import { CALLER, Functions } from './functions';
import { AwsError, type JournalEntry } from '../../../src/local/services';

let functions: Functions;
beforeEach(() => (functions = new Functions()));
afterEach(() => functions.stop());

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:dead';
const FAILS = `exports.handler = async () => { throw new RangeError('no '.repeat(1000)) }`;

function configure(name: string, properties: object): void {
  functions.provide('AWS::Lambda::EventInvokeConfig', `${name}Config`, {
    FunctionName: name,
    Qualifier: '$LATEST',
    ...properties,
  });
}

const ended = (name: string, times = 1) => {
  let left = times;
  return (entry: JournalEntry): boolean =>
    entry.kind === 'invocation-ended' && entry.functionName === name && --left === 0;
};

describe('an asynchronous invocation', () => {
  it('is accepted at once, and runs', async () => {
    functions.make('runs', 'exports.handler = async (e) => e');
    await functions.service.invokeAsync(
      'arn:aws:lambda:us-east-1:000000000000:function:runs:live',
      '{}',
      CALLER,
    );
    await functions.journal.waitFor(ended('runs'));
    expect(functions.sent).toEqual([]);
  });

  it('is judged by the version or alias that it names', async () => {
    functions.make('judged', 'exports.handler = async () => 1');
    await functions.service.invoke('judged', '{}', CALLER);
    await functions.service.invoke('judged:live', '{}', CALLER);
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:judged';
    expect(functions.judged).toEqual([`lambda:InvokeFunction ${arn}`, `lambda:InvokeFunction ${arn}:live`]);
    functions.denial = new AwsError('AccessDeniedException', 'no', 403);
    await expect(functions.service.invokeAsync('judged', '{}', CALLER)).rejects.toThrow('no');
  });

  it('is lost where the dead-letter queue and the destination refuse it, and only metrics tell', async () => {
    functions.make('lost', FAILS, { DeadLetterConfig: { TargetArn: QUEUE } });
    configure('lost', { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: QUEUE } } });
    functions.queueRefusal = new AwsError('AccessDeniedException', 'no');
    await functions.service.invokeAsync('lost', '{}', CALLER);
    const lost = await functions.journal.waitFor(
      (entry) => entry.kind === 'metric' && entry.name === 'DestinationDeliveryFailures',
    );
    expect(lost).toMatchObject({ namespace: 'AWS/Lambda', value: 1, dimensions: { FunctionName: 'lost' } });
    expect(functions.journal.entries).toContainEqual(expect.objectContaining({ name: 'DeadLetterErrors' }));
  });

  it('is tried three times under one request id, then goes to the dead-letter queue', async () => {
    functions.make('fails', FAILS, { DeadLetterConfig: { TargetArn: QUEUE } });
    await functions.service.invokeAsync('fails', '{"a":1}', CALLER);
    await functions.journal.waitFor(({ kind }) => kind === 'dead-letter');
    const started = functions.journal.entries.flatMap((entry) =>
      entry.kind === 'invocation-started' ? [entry.requestId] : [],
    );
    expect(started).toHaveLength(3);
    expect(new Set(started).size).toBe(1);
    expect(functions.sent).toEqual([
      {
        queueArn: QUEUE,
        body: '{"a":1}',
        attributes: {
          RequestID: started[0],
          ErrorCode: '200',
          ErrorMessage: 'no '.repeat(1000).slice(0, 1024),
        },
      },
    ]);
  });

  it('is tried as often as the function says', async () => {
    functions.make('fails', FAILS, { DeadLetterConfig: { TargetArn: QUEUE } });
    configure('fails', { MaximumRetryAttempts: 0 });
    await functions.service.invokeAsync('fails', '{}', CALLER);
    await functions.journal.waitFor(({ kind }) => kind === 'dead-letter');
    expect(functions.journal.entries.filter(({ kind }) => kind === 'invocation-started')).toHaveLength(1);
  });

  it('succeeds when a later attempt does', async () => {
    functions.make(
      'recovers',
      `let n = 0; exports.handler = async () => { if (++n === 1) throw new Error('once') }`,
      {
        DeadLetterConfig: { TargetArn: QUEUE },
      },
    );
    await functions.service.invokeAsync('recovers', '{}', CALLER);
    await functions.journal.waitFor(ended('recovers', 2));
    expect(functions.sent).toEqual([]);
  });

  it('waits for its turn while ten others run', async () => {
    functions.make('slow', 'exports.handler = async () => new Promise((r) => setTimeout(r, 200))');
    functions.make('later', 'exports.handler = async () => 1');
    const running = Array.from({ length: 10 }, () => functions.call('slow'));
    await functions.service.invokeAsync('later', '{}', CALLER);
    await functions.journal.waitFor(ended('later'));
    await Promise.all(running);
    const kinds = functions.journal.entries.map(
      (entry) => `${entry.kind} ${'functionName' in entry ? entry.functionName : ''}`,
    );
    expect(kinds.indexOf('invocation-started later')).toBeGreaterThan(kinds.indexOf('invocation-ended slow'));
  });

  it('waits where nothing may run, while a synchronous invocation is throttled', async () => {
    functions.make('held', 'exports.handler = async () => 1');
    functions.service.limitExecutions(0);
    await functions.service.invokeAsync('held', '{}', CALLER);
    await expect(functions.call('held')).rejects.toMatchObject({
      code: 'Lambda.TooManyRequestsException',
      details: { Reason: 'ConcurrentInvocationLimitExceeded' },
    });
    expect(functions.journal.entries).toEqual([]);
    functions.service.limitExecutions(10);
    await functions.journal.waitFor(ended('held'));
  });

  it('is given up when the run ends', async () => {
    const patient = new Functions(3600);
    patient.make('fails', FAILS);
    await patient.service.invokeAsync('fails', '{}', CALLER);
    await patient.journal.waitFor(ended('fails'));
    await patient.stop();
    expect(patient.journal.entries.filter(({ kind }) => kind === 'invocation-started')).toHaveLength(1);
  });

  it('is not tried again when the end of the run has killed it', async () => {
    functions.make('endless', 'exports.handler = () => new Promise((r) => setTimeout(r, 60000))', {
      DeadLetterConfig: { TargetArn: QUEUE },
    });
    await functions.service.invokeAsync('endless', '{}', CALLER);
    await functions.journal.waitFor(({ kind }) => kind === 'invocation-started');
    await functions.service.stop();
    await functions.journal.waitFor(ended('endless'));
    expect(functions.sent).toEqual([]);
  });

  it('starts no process when the run has ended', async () => {
    functions.make('late', 'exports.handler = async () => 1');
    const call = functions.call('late');
    await functions.service.stop();
    expect((await call).payload.errorMessage).toBe('the local run has ended');
  });
});

describe('a destination', () => {
  const envelope = (condition: string) => ({
    version: '1.0',
    timestamp: expect.any(String),
    requestContext: {
      requestId: expect.any(String),
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:source:$LATEST',
      condition,
      approximateInvokeCount: 1,
    },
    requestPayload: { a: 1 },
  });

  it('of a failure gets the request and the error', async () => {
    functions.make('source', FAILS);
    configure('source', {
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    });
    await functions.service.invokeAsync('source', '{"a":1}', CALLER);
    await functions.journal.waitFor(ended('source'));
    while (functions.sent.length === 0) await new Promise(setImmediate);
    expect(JSON.parse(functions.sent[0]!.body)).toMatchObject({
      ...envelope('RetriesExhausted'),
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'RangeError' },
    });
  });

  it('of a success may be another function', async () => {
    functions.make('source', 'exports.handler = async () => 5');
    functions.make('target', 'exports.handler = async (e) => console.log(JSON.stringify(e))');
    configure('source', {
      DestinationConfig: {
        OnSuccess: { Destination: 'arn:aws:lambda:us-east-1:000000000000:function:target' },
      },
    });
    await functions.service.invokeAsync('source', '{"a":1}', CALLER);
    await functions.journal.waitFor(ended('target'));
    expect(JSON.parse(functions.lines('target')[0]!.split('\t')[3]!)).toMatchObject({
      ...envelope('Success'),
      responsePayload: 5,
    });
  });

  it('may be the event bus', async () => {
    functions.make('source', 'exports.handler = async () => 5');
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/default';
    configure('source', { DestinationConfig: { OnSuccess: { Destination: bus } } });
    await functions.service.invokeAsync('source', '{"a":1}', CALLER);
    while (functions.events.length === 0) await new Promise(setImmediate);
    expect(functions.events[0]).toMatchObject({
      source: 'lambda',
      'detail-type': 'Lambda Function Invocation Result - Success',
    });
    expect(functions.judged).toContain(`events:PutEvents ${bus}`);
  });

  it('of another kind is refused', () => {
    functions.make('source', FAILS);
    expect(() =>
      configure('source', { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:us-east-1:0:t' } } }),
    ).toThrow(
      'the local run does not provide the asynchronous destination arn:aws:sns:us-east-1:0:t, used at Stack/sourceConfig',
    );
  });
});
