import { definitionErrors } from './synthesis';
import { stateMachineDefinition } from '../src/state-machine-definition';

const SPEC = { bucket: 'assets', key: 'spec.json', sha256: 'abc' };

const definition = stateMachineDefinition({
  partition: 'aws',
  timeoutSeconds: 60,
  tableName: 'jobs',
  stepFunctionArns: { validate: 'arn:v', transform: 'arn:t', enrich: 'arn:e' },
  finishFunctionArn: 'arn:f',
  spec: SPEC,
}) as { StartAt: string; TimeoutSeconds: number; States: Record<string, any> };

const { States } = definition;

/** States from `name` on, along Next, and Default of choices where `fails` is set. */
function wayFrom(name: string): string[] {
  const way = [name];
  for (let state = States[name]; state.Next ?? state.Choices?.[0].Next; state = States[way.at(-1)!]) {
    way.push(state.Next ?? state.Choices[0].Next);
  }
  return way;
}

describe('the definition', () => {
  it('is valid Amazon States Language', () => {
    expect(definitionErrors(definition)).toEqual([]);
  });

  it('goes through the steps in order and ends in the one Succeed state', () => {
    expect(wayFrom(definition.StartAt)).toEqual([
      'Begin',
      'HasVersion',
      'SetValidating',
      'Validate',
      'CheckValidate',
      'SetTransforming',
      'Transform',
      'CheckTransform',
      'SetEnriching',
      'Enrich',
      'CheckEnrich',
      'Finish',
      'Succeeded',
    ]);
    expect(Object.values(States).filter((state) => state.Type === 'Succeed')).toHaveLength(1);
  });

  it('stops at its timeout', () => expect(definition.TimeoutSeconds).toBe(60));

  it('ends a job without a version id before its first step', () => {
    expect(States.HasVersion.Default).toBe('SourceNotVersioned');
    expect(States.SourceNotVersioned.Result.Error).toBe('source-not-versioned');
    expect(wayFrom('SourceNotVersioned')).toEqual([
      'SourceNotVersioned',
      'RecordStartFailure',
      'StartFailed',
    ]);
  });

  it.each(['Validate', 'Transform', 'Enrich', 'Finish'])(
    '%s has a Catch that records, and a Fail of its own',
    (name) => {
      const catchers = States[name].Catch;
      expect(catchers).toEqual([
        { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: `Record${name}Failure` },
      ]);
      expect(wayFrom(`Record${name}Failure`)).toEqual([`Record${name}Failure`, `${name}Failed`]);
      expect(States[`${name}Failed`]).toEqual({
        Type: 'Fail',
        ErrorPath: '$.error.Error',
        CausePath: '$.error.Cause',
      });
      expect(States[`Record${name}Failure`].Parameters.Payload.failure).toEqual({
        step: name.toLowerCase(),
        'error.$': '$.error',
      });
    },
  );

  it('ends in the Fail state even where the failure cannot be recorded, without losing the error', () => {
    for (const name of ['Start', 'Validate', 'Transform', 'Enrich', 'Finish']) {
      expect(States[`Record${name}Failure`].Catch).toEqual([
        { ErrorEquals: ['States.ALL'], ResultPath: '$.recordError', Next: `${name}Failed` },
      ]);
    }
  });

  const tasks = Object.entries(States).filter(([, state]) => state.Resource?.endsWith('lambda:invoke'));
  const callsFinish = (name: string) => /^(Finish|Record.*Failure)$/.test(name);

  it('waits for a free place among the concurrent executions as long as a batch of files may take', () => {
    expect(tasks).toHaveLength(9);
    for (const [, { Retry }] of tasks) {
      expect(Retry[0]).toEqual({
        ErrorEquals: ['Lambda.TooManyRequestsException'],
        IntervalSeconds: 2,
        BackoffRate: 2,
        MaxDelaySeconds: 60,
        MaxAttempts: 100,
        JitterStrategy: 'FULL',
      });
    }
  });

  it('retries what passes by itself, and nothing else of a step', () => {
    for (const [name, { Retry }] of tasks) {
      expect(Retry).toHaveLength(callsFinish(name) ? 3 : 2);
      expect(Retry[1]).toMatchObject({
        ErrorEquals: [
          'TransientError',
          'Lambda.ServiceException',
          'Lambda.AWSLambdaException',
          'Lambda.SdkClientException',
          'Lambda.ClientExecutionTimeoutException',
        ],
        MaxAttempts: 5,
      });
    }
  });

  it('calls finish again twice after it died, since it knows what it wrote before', () => {
    const finishing = tasks.filter(([name]) => callsFinish(name));
    expect(finishing).toHaveLength(6);
    for (const [, { Retry }] of finishing) {
      expect(Retry[2]).toMatchObject({
        ErrorEquals: ['Sandbox.Timedout', 'Runtime.ExitError', 'Lambda.Unknown'],
        MaxAttempts: 2,
      });
    }
  });
});

describe('a step', () => {
  it('gets the source at first, then what the step before wrote', () => {
    expect(States.Validate.Parameters.Payload).toEqual({
      contract: 1,
      'job.$': '$.job',
      data: { 'bucket.$': '$.job.bucket', 'key.$': '$.job.key', 'versionId.$': '$.job.versionId' },
      spec: SPEC,
      'outputPrefix.$': "States.Format('staging/{}/validate/', $.job.jobId)",
    });
    expect(States.Transform.Parameters.Payload).toMatchObject({
      'data.$': '$.steps.validate.result.data',
      'outputPrefix.$': "States.Format('staging/{}/transform/', $.job.jobId)",
    });
    expect(States.Enrich.Parameters.Payload).toMatchObject({ 'data.$': '$.steps.transform.result.data' });
  });

  it('keeps its result and the time when it began', () => {
    expect(States.Begin).toMatchObject({ Type: 'Pass', Result: {}, ResultPath: '$.steps' });
    expect(States.Enrich).toMatchObject({
      ResultSelector: { 'result.$': '$.Payload', 'startedAt.$': '$$.State.EnteredTime' },
      ResultPath: '$.steps.enrich',
    });
  });

  it('fails the job where it returns something else than its contract says', () => {
    const rules = States.CheckTransform.Choices[0].And as { Variable: string }[];
    expect([...new Set(rules.map((rule) => rule.Variable))]).toEqual([
      '$.steps.transform.result.data.bucket',
      '$.steps.transform.result.data.key',
      '$.steps.transform.result.counts.rowsRead',
      '$.steps.transform.result.counts.rowsWritten',
      '$.steps.transform.result.counts.rowsRejected',
      '$.steps.transform.result.counts.rowsFiltered',
    ]);
    expect(States.CheckTransform.Default).toBe('TransformContractViolation');
    expect(States.TransformContractViolation).toMatchObject({
      Type: 'Pass',
      Result: { Error: 'step-contract-violation' },
      ResultPath: '$.error',
      Next: 'RecordTransformFailure',
    });
  });

  it('is never asked about a path that may be absent before IsPresent', () => {
    const seen = new Set<string>();
    for (const rule of States.CheckEnrich.Choices[0].And) {
      if (!seen.has(rule.Variable)) expect(rule).toEqual({ Variable: rule.Variable, IsPresent: true });
      seen.add(rule.Variable);
    }
  });
});

describe('a status', () => {
  it.each([
    ['SetValidating', 'VALIDATING', '1', 'Validate'],
    ['SetTransforming', 'TRANSFORMING', '2', 'Transform'],
    ['SetEnriching', 'ENRICHING', '3', 'Enrich'],
  ])('%s moves the job to %s before its step', (name, status, rank, step) => {
    const { Parameters, Next } = States[name];
    expect(Next).toBe(step);
    expect(Parameters.Key).toEqual({
      jobId: { 'S.$': '$.job.jobId' },
      fileName: { 'S.$': '$.job.key' },
    });
    expect(Parameters.ExpressionAttributeValues).toMatchObject({
      ':status': { S: status },
      ':rank': { N: rank },
    });
  });

  it('never goes back, and SUCCEEDED and SUPERSEDED stay for ever', () => {
    expect(States.SetEnriching.Parameters.ConditionExpression).toBe(
      'attribute_not_exists(jobId) OR ((attempt < :attempt OR (attempt = :attempt AND statusRank < :rank)) ' +
        'AND NOT #status IN (:succeeded, :superseded))',
    );
  });

  it('that is further on already stays, the step runs, and the state keeps the job', () => {
    expect(States.SetValidating.ResultPath).toBeNull();
    expect(States.SetValidating.Catch).toEqual([
      {
        ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
        ResultPath: '$.statusKept',
        Next: 'Validate',
      },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'RecordValidateFailure' },
    ]);
  });
});

it('finish gets the same input to publish and to record, but for the failure', () => {
  const { failure, ...recorded } = States.RecordFinishFailure.Parameters.Payload;
  expect(failure.step).toBe('finish');
  expect(recorded).toEqual(States.Finish.Parameters.Payload);
  expect(recorded).toEqual({
    contract: 1,
    'job.$': '$.job',
    spec: SPEC,
    execution: {
      'arn.$': '$$.Execution.Id',
      'name.$': '$$.Execution.Name',
      'redriveCount.$': '$$.Execution.RedriveCount',
      'startedAt.$': '$$.Execution.StartTime',
    },
    'steps.$': '$.steps',
    'enteredAt.$': '$$.State.EnteredTime',
  });
});
