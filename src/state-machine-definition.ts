import { type JobStatus, STATUS_RANK } from './shared/job';
import { PREFIX } from './shared/layout';
import type { SpecPointer, StageName, StepName } from './shared/step-contract';
import { STEP_CONTRACT_VERSION, STEPS, TRANSIENT_ERROR } from './shared/step-contract';

/** What the definition needs to know of the stack around it. */
export interface DefinitionProps {
  readonly partition: string;
  readonly timeoutSeconds: number;
  readonly tableName: string;
  readonly stepFunctionArns: Readonly<Record<StepName, string>>;
  readonly finishFunctionArn: string;
  readonly spec: SpecPointer;
}

/** A state of the Amazon States Language (https://states-language.net/spec.html), JSONPath. */
type State = Readonly<Record<string, unknown>>;
type States = Readonly<Record<string, State>>;

/** The status that a job has while a step runs. */
const STATUS_OF_STEP: Readonly<Record<StepName, JobStatus>> = {
  validate: 'VALIDATING',
  transform: 'TRANSFORMING',
  enrich: 'ENRICHING',
};

/**
 * Waiting for a free place among the account's concurrent executions, of which new accounts have ten. A batch of files
 * waits in line here for minutes, so this goes on for about 50 of them (jitter makes a wait half as long on average); the
 * execution's own timeout bounds it. It is a rule of its own, since each rule counts its attempts alone. The error is not
 * in the list that AWS suggests.
 */
const THROTTLED_RETRY: State = {
  ErrorEquals: ['Lambda.TooManyRequestsException'],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  MaxAttempts: 100,
  JitterStrategy: 'FULL',
};

/** Errors that pass by themselves: Lambda's and the network's, and what a step calls transient. */
const LAMBDA_RETRY = [
  THROTTLED_RETRY,
  ...retry([
    TRANSIENT_ERROR,
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.ClientExecutionTimeoutException',
  ]),
];

/**
 * Finish may be run again after it died half-way: what it wrote carries its commit id, by which it knows it again. A step
 * that dies is not tried again, since it would mostly die of the same file.
 */
const FINISH_RETRY = [
  ...LAMBDA_RETRY,
  ...retry(['Sandbox.Timedout', 'Runtime.ExitError', 'Lambda.Unknown'], 2),
];

const DYNAMODB_RETRY = retry([
  'DynamoDB.InternalServerErrorException',
  'DynamoDB.InternalServerError',
  'DynamoDB.ProvisionedThroughputExceededException',
  'DynamoDB.RequestLimitExceededException',
  'DynamoDB.RequestLimitExceeded',
  'DynamoDB.SdkClientException',
  'DynamoDB.ThrottlingException',
]);

/**
 * Begin -> HasVersion -> for each step: Set<Status> -> <Step> -> Check<Step> -> Finish -> Succeeded.
 * Everything that goes wrong is caught, recorded by finish with the stage's name, and ends in that stage's Fail state.
 */
export function stateMachineDefinition(props: DefinitionProps): object {
  const states: Record<string, State> = { ...startStates(props) };
  STEPS.forEach((step, index) => {
    const previous = index === 0 ? undefined : STEPS[index - 1];
    const next = index + 1 < STEPS.length ? setStatusState(STEPS[index + 1]) : 'Finish';
    Object.assign(states, stepStates(props, step, previous, next));
  });
  Object.assign(states, finishStates(props), { Succeeded: { Type: 'Succeed' } });
  return {
    Comment: 'Validates, transforms and enriches one CSV file, then publishes it.',
    StartAt: 'Begin',
    TimeoutSeconds: props.timeoutSeconds,
    States: states,
  };
}

function startStates(props: DefinitionProps): States {
  return {
    Begin: { Type: 'Pass', Result: {}, ResultPath: '$.steps', Next: 'HasVersion' },
    HasVersion: {
      Type: 'Choice',
      Choices: [
        {
          And: [
            { Variable: '$.job.versionId', IsPresent: true },
            { Not: { Variable: '$.job.versionId', StringEquals: '' } },
          ],
          Next: setStatusState(STEPS[0]),
        },
      ],
      Default: 'SourceNotVersioned',
    },
    SourceNotVersioned: errorState(
      'source-not-versioned',
      'The source object has no version id: switch versioning on for its bucket, then upload the file again.',
      'RecordStartFailure',
    ),
    ...failureStates(props, 'start'),
  };
}

function stepStates(
  props: DefinitionProps,
  step: StepName,
  previous: StepName | undefined,
  next: string,
): States {
  const name = stateName(step);
  const result = `$.steps.${step}.result`;
  return {
    [setStatusState(step)]: setStatus(props, step),
    [name]: {
      Type: 'Task',
      Resource: `arn:${props.partition}:states:::lambda:invoke`,
      Parameters: {
        FunctionName: props.stepFunctionArns[step],
        Payload: {
          contract: STEP_CONTRACT_VERSION,
          'job.$': '$.job',
          ...(previous === undefined ? SOURCE : { 'data.$': `$.steps.${previous}.result.data` }),
          spec: props.spec,
          'outputPrefix.$': `States.Format('${PREFIX.staging}{}/${step}/', $.job.jobId)`,
        },
      },
      ResultSelector: { 'result.$': '$.Payload', 'startedAt.$': '$$.State.EnteredTime' },
      ResultPath: `$.steps.${step}`,
      Retry: LAMBDA_RETRY,
      Catch: catchAll(`Record${name}Failure`),
      Next: `Check${name}`,
    },
    [`Check${name}`]: {
      Type: 'Choice',
      Choices: [{ And: stepOutputRules(result), Next: next }],
      Default: `${name}ContractViolation`,
    },
    [`${name}ContractViolation`]: errorState(
      'step-contract-violation',
      `The ${step} step returned no data.bucket, data.key or one of the four counts.`,
      `Record${name}Failure`,
    ),
    ...failureStates(props, step),
  };
}

/** Validate reads the source itself, and just the version that the job is about. */
const SOURCE = {
  data: { 'bucket.$': '$.job.bucket', 'key.$': '$.job.key', 'versionId.$': '$.job.versionId' },
};

/** A path that is absent fails the execution unless IsPresent stands before it. */
function stepOutputRules(result: string): State[] {
  const texts = ['bucket', 'key'].flatMap((name) => {
    const Variable = `${result}.data.${name}`;
    return [
      { Variable, IsPresent: true },
      { Variable, IsString: true },
    ];
  });
  const counts = ['rowsRead', 'rowsWritten', 'rowsRejected', 'rowsFiltered'].flatMap((name) => {
    const Variable = `${result}.counts.${name}`;
    return [
      { Variable, IsPresent: true },
      { Variable, IsNumeric: true },
      { Variable, NumericGreaterThanEquals: 0 },
    ];
  });
  return [...texts, ...counts];
}

/** Moves the job forward. An item that is further on already stays as it is, and the step runs all the same. */
function setStatus(props: DefinitionProps, step: StepName): State {
  const status = STATUS_OF_STEP[step];
  const name = stateName(step);
  return {
    Type: 'Task',
    Resource: `arn:${props.partition}:states:::dynamodb:updateItem`,
    Parameters: {
      TableName: props.tableName,
      Key: { jobId: { 'S.$': '$.job.jobId' }, fileName: { 'S.$': '$.job.key' } },
      UpdateExpression:
        'SET #status = :status, #timestamp = :timestamp, statusRank = :rank, attempt = :attempt, executionArn = :executionArn',
      ConditionExpression:
        'attribute_not_exists(jobId) OR ((attempt < :attempt OR (attempt = :attempt AND statusRank < :rank)) AND NOT #status IN (:succeeded, :superseded))',
      ExpressionAttributeNames: { '#status': 'status', '#timestamp': 'timestamp' },
      ExpressionAttributeValues: {
        ':status': { S: status },
        ':timestamp': { 'S.$': '$$.State.EnteredTime' },
        ':rank': { N: String(STATUS_RANK[status]) },
        ':attempt': { 'N.$': "States.Format('{}', $$.Execution.RedriveCount)" },
        ':executionArn': { 'S.$': '$$.Execution.Id' },
        ':succeeded': { S: 'SUCCEEDED' },
        ':superseded': { S: 'SUPERSEDED' },
      },
    },
    ResultPath: null,
    Retry: DYNAMODB_RETRY,
    Catch: [
      { ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], ResultPath: '$.statusKept', Next: name },
      ...catchAll(`Record${name}Failure`),
    ],
    Next: name,
  };
}

function finishStates(props: DefinitionProps): States {
  return {
    Finish: {
      Type: 'Task',
      Resource: `arn:${props.partition}:states:::lambda:invoke`,
      Parameters: { FunctionName: props.finishFunctionArn, Payload: finishInput(props) },
      ResultSelector: { 'status.$': '$.Payload.status' },
      ResultPath: '$.outcome',
      Retry: FINISH_RETRY,
      Catch: catchAll('RecordFinishFailure'),
      Next: 'Succeeded',
    },
    ...failureStates(props, 'finish'),
  };
}

/**
 * Lets finish write down why the job failed, then ends. If even that fails, the execution ends all the same, and the
 * rule on failed executions has finish called once more.
 */
function failureStates(props: DefinitionProps, stage: StageName): States {
  const name = stateName(stage);
  return {
    [`Record${name}Failure`]: {
      Type: 'Task',
      Resource: `arn:${props.partition}:states:::lambda:invoke`,
      Parameters: {
        FunctionName: props.finishFunctionArn,
        Payload: { ...finishInput(props), failure: { step: stage, 'error.$': '$.error' } },
      },
      ResultPath: null,
      Retry: FINISH_RETRY,
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.recordError', Next: `${name}Failed` }],
      Next: `${name}Failed`,
    },
    [`${name}Failed`]: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
  };
}

/** FinishInput of shared/execution-contract.ts. */
function finishInput(props: DefinitionProps): State {
  return {
    contract: STEP_CONTRACT_VERSION,
    'job.$': '$.job',
    spec: props.spec,
    execution: {
      'arn.$': '$$.Execution.Id',
      'name.$': '$$.Execution.Name',
      'redriveCount.$': '$$.Execution.RedriveCount',
      'startedAt.$': '$$.Execution.StartTime',
    },
    'steps.$': '$.steps',
    'enteredAt.$': '$$.State.EnteredTime',
  };
}

function errorState(code: string, cause: string, next: string): State {
  return { Type: 'Pass', Result: { Error: code, Cause: cause }, ResultPath: '$.error', Next: next };
}

function catchAll(next: string): State[] {
  return [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: next }];
}

/** Waits 1, 2, 4, 8, 16 seconds, each by chance shorter, so that many jobs do not come back at the same moment. */
function retry(errors: readonly string[], attempts = 5): State[] {
  return [
    {
      ErrorEquals: errors,
      IntervalSeconds: 1,
      BackoffRate: 2,
      MaxAttempts: attempts,
      MaxDelaySeconds: 30,
      JitterStrategy: 'FULL',
    },
  ];
}

function setStatusState(step: StepName): string {
  const status = STATUS_OF_STEP[step];
  return `Set${status[0]}${status.slice(1).toLowerCase()}`;
}

function stateName(stage: StageName): string {
  return stage[0].toUpperCase() + stage.slice(1);
}
