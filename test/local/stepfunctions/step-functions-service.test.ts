import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { StateMachines, StepFunctionsService } from '../../../src/local/stepfunctions';
import { startLocalServices, type LocalServices } from '../local-services';
import { only, ROLE } from './fixture';

const LOGGING = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: true },
};
const asked: string[] = [];
let services: LocalServices;
let machines: StateMachines;
let sfn: SFNClient;

beforeAll(async () => {
  services = await startLocalServices();
  const authorizer = {
    authorize: (_: unknown, action: string, resource: string) => {
      asked.push(`${action} ${resource.split(':').at(-1)}`);
    },
  };
  machines = new StateMachines({
    functions: { invoke: async (_, payload) => ({ payload }), invokeAsync: async () => undefined },
    tables: services.dynamodb,
    queues: services.sqs,
    events: { put: async () => Promise.reject(new Error('nobody listens')) },
    authorizer,
    journal: services.journal,
    timeScale: 0,
  });
  services.gateway.register('states', new StepFunctionsService(machines, authorizer, services.faults));
  sfn = new SFNClient(services.clientConfig);
  await services.dynamodb.createTable({
    TableName: 'jobs',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  services.sqs.createQueue('callbacks');
});

afterAll(async () => {
  sfn.destroy();
  await machines.close();
  await services.stop();
});

const add = (name: string, definition: object) =>
  machines.add({ name, role: ROLE, definitionText: JSON.stringify(definition), ...LOGGING }).arn;

async function start(name: string, definition: object, input: object = {}): Promise<string> {
  const started = await sfn.send(
    new StartExecutionCommand({
      stateMachineArn: add(name, definition),
      name: 'job',
      input: JSON.stringify(input),
    }),
  );
  return started.executionArn!;
}

describe('with the SDK', () => {
  it('starts, describes and lists an execution', async () => {
    const executionArn = await start('passes', only({ Type: 'Pass' }), { a: 1 });
    await machines.ended(executionArn);
    const description = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(description).toMatchObject({
      executionArn,
      name: 'job',
      status: 'SUCCEEDED',
      input: '{"a":1}',
      output: '{"a":1}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      startDate: expect.any(Date),
      stopDate: expect.any(Date),
    });
    const { stateMachineArn } = description;
    const list = (more: object) => sfn.send(new ListExecutionsCommand({ stateMachineArn, ...more }));
    expect((await list({ statusFilter: 'SUCCEEDED' })).executions).toMatchObject([
      { executionArn, status: 'SUCCEEDED' },
    ]);
    expect((await list({ statusFilter: 'RUNNING' })).executions).toEqual([]);
    expect((await list({ redriveFilter: 'REDRIVEN' })).executions).toEqual([]);
    expect((await list({ redriveFilter: 'NOT_REDRIVEN' })).executions).toHaveLength(1);
    expect(asked).toContain('states:DescribeExecution job');
    expect(asked).toContain('states:StartExecution passes');
  });

  it('pages the history, in both directions, with and without data', async () => {
    const executionArn = await start('pages', only({ Type: 'Pass' }), { secret: 1 });
    await machines.ended(executionArn);
    const types: string[] = [];
    for await (const { events } of paginateGetExecutionHistory(
      { client: sfn, pageSize: 3 },
      { executionArn },
    )) {
      types.push(...events!.map(({ type }) => type!));
    }
    expect(types).toEqual(['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
    const reversed = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, includeExecutionData: false }),
    );
    expect(reversed.events!.map(({ type }) => type)).toEqual([...types].reverse());
    expect(reversed.events![3].timestamp).toBeInstanceOf(Date);
    expect(reversed.events![2].stateEnteredEventDetails).toEqual({ name: 'Only' });
    expect(JSON.stringify(reversed.events)).not.toContain('secret');
    const wrong = sfn.send(new GetExecutionHistoryCommand({ executionArn, nextToken: 'x' }));
    await expect(wrong).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('stops and redrives an execution', async () => {
    const waiting = only({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'f' },
    });
    const executionArn = await start('stops', waiting);
    await sfn.send(new StopExecutionCommand({ executionArn, error: 'E', cause: 'C' }));
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn }))).resolves.toMatchObject({
      status: 'ABORTED',
      error: 'E',
      cause: 'C',
      redriveStatus: 'REDRIVABLE',
    });
    const { redriveDate } = await sfn.send(new RedriveExecutionCommand({ executionArn }));
    expect(redriveDate).toBeInstanceOf(Date);
    await expect(sfn.send(new RedriveExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
    });
    await sfn.send(new StopExecutionCommand({ executionArn }));
  });

  it('describes state machines', async () => {
    const stateMachineArn = add('described', only({ Type: 'Pass' }));
    const description = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(description).toMatchObject({
      name: 'described',
      type: 'STANDARD',
      status: 'ACTIVE',
      roleArn: ROLE.arn,
      tracingConfiguration: { enabled: true },
    });
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    const ofExecution = await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(ofExecution.definition).toBe(description.definition);
    const { stateMachines } = await sfn.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toContainEqual(expect.objectContaining({ stateMachineArn, type: 'STANDARD' }));
  });

  it('names an operation that is not provided', async () => {
    await expect(sfn.send(new ListActivitiesCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the local run does not provide the operation ListActivities of Step Functions',
    });
  });

  it('answers errors by their names', async () => {
    const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:x:y';
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      $metadata: { httpStatusCode: 400 },
    });
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:absent';
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });

  it('takes reports for tasks that wait', async () => {
    const definition = only({
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: {
        QueueUrl: services.sqs.queueUrl('callbacks'),
        MessageBody: { 'token.$': '$$.Task.Token' },
      },
      Retry: [{ ErrorEquals: ['Again'] }],
    });
    const sqs = new SQSClient(services.clientConfig);
    const receive = async () => {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: services.sqs.queueUrl('callbacks'), WaitTimeSeconds: 10 }),
      );
      return JSON.parse(Messages![0].Body!).token as string;
    };
    const executionArn = await start('callbacks', definition);
    await sfn.send(
      new SendTaskFailureCommand({ taskToken: await receive(), error: 'Again', cause: 'once more' }),
    );
    const taskToken = await receive();
    await sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
    await expect(sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{' }))).rejects.toMatchObject({
      name: 'InvalidOutput',
    });
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{"ok":true}' }));
    expect((await machines.ended(executionArn)).output).toBe('{"ok":true}');
    await expect(sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
    sqs.destroy();
  });
});

it('updates a real table by condition, and lets Catch see a condition that fails', async () => {
  const update = (next: object) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:updateItem',
    Parameters: {
      TableName: 'jobs',
      Key: { id: { 'S.$': '$.id' } },
      ConditionExpression: 'attribute_not_exists(id)',
      UpdateExpression: 'SET attempt = :a',
      ExpressionAttributeValues: { ':a': { 'N.$': "States.Format('{}', $$.Execution.RedriveCount)" } },
    },
    ResultPath: null,
    ...next,
  });
  const executionArn = await start(
    'updates',
    {
      StartAt: 'First',
      States: {
        First: update({ Next: 'Second' }),
        Second: update({
          Catch: [
            {
              ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
              ResultPath: '$.error',
              Next: 'Late',
            },
          ],
          End: true,
        }),
        Late: { Type: 'Pass', OutputPath: '$.error.Error', End: true },
      },
    },
    { id: 'job' },
  );
  const { output } = await machines.ended(executionArn);
  expect(output).toBe('"DynamoDB.ConditionalCheckFailedException"');
  const client = new DynamoDBClient(services.clientConfig);
  const { Item } = await client.send(new GetItemCommand({ TableName: 'jobs', Key: { id: { S: 'job' } } }));
  expect(Item).toEqual({ id: { S: 'job' }, attempt: { N: '0' } });
  client.destroy();
});
