import {
  DeleteItemCommand,
  DynamoDBClient,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { order, putCategories } from './orders';
import { Pipeline } from './pipeline';
import { DEPLOYED, itLocal, startTarget, type Target } from './target';
import type { JobItem } from '../../src/shared/job';

const PATH = 'EtlE2eOrders-dev/Orders';

const ROLES = {
  trigger: 'Trigger/Handler/Role',
  validate: 'StateMachine/Validate/Role',
  transform: 'StateMachine/Transform/Role',
  enrich: 'StateMachine/Enrich/Role',
  finish: 'StateMachine/Finish/Role',
  workflow: 'StateMachine/Workflow/Role',
  api: 'Api/Handler/Role',
  'quality check': 'Observability/QualityCheck/Role',
} as const;

type Role = keyof typeof ROLES;

/** What calls are made on: a pipeline that has done a job, and its neighbour. */
interface Surroundings {
  readonly orders: Pipeline;
  readonly bare: Pipeline;
  readonly job: JobItem;
}

/** A request with the role's own credentials. */
type Send = (config: object, around: Surroundings) => Promise<unknown>;

const s3 =
  (command: (around: Surroundings) => object): Send =>
  async (config, around) =>
    new S3Client(config).send(command(around) as GetObjectCommand);
const table =
  (command: (around: Surroundings) => object): Send =>
  async (config, around) =>
    new DynamoDBClient(config).send(command(around) as ScanCommand);
const machine =
  (command: (around: Surroundings) => object): Send =>
  async (config, around) =>
    new SFNClient(config).send(command(around) as StartExecutionCommand);

const object = ({ orders }: Surroundings, Key: string) => ({ Bucket: orders.bucket, Key });
const key = ({ job }: Surroundings) => ({ jobId: { S: job.jobId }, fileName: { S: job.fileName } });

let target: Target;
let around: Surroundings;
let before: string[];

beforeAll(async () => {
  if (DEPLOYED) return;
  target = await startTarget('EtlE2eOrders-dev');
  const orders = new Pipeline(target, 'Orders');
  await putCategories(orders);
  around = { orders, bare: new Pipeline(target, 'Bare'), job: await orders.run('raw/a.csv', order(1)) };
  before = await orders.keys('');
});

afterAll(async () => {
  if (DEPLOYED) return;
  await expect(target.stop()).rejects.toThrow('denied, as the policies of the template stand:');
});

describe('a request in the name of a role that no call of the pipeline makes is answered as AWS refuses it', () => {
  const json = { error: 'AccessDeniedException', status: 400 };
  const xml = { error: 'AccessDenied', status: 403 };

  itLocal.each<[Role, string, { error: string; status: number }, Send]>([
    ['validate', 's3:GetObject', xml, s3((all) => new GetObjectCommand(object(all, 'raw/a.csv')))],
    [
      'validate',
      's3:PutObject',
      xml,
      s3((all) => new PutObjectCommand({ ...object(all, 'raw/a.csv'), Body: '' })),
    ],
    ['transform', 's3:GetObject', xml, s3((all) => new GetObjectCommand(object(all, 'raw/a.csv')))],
    [
      'transform',
      's3:PutObject',
      xml,
      s3(
        (all) =>
          new PutObjectCommand({ ...object(all, `staging/${all.job.jobId}/enrich/data.csv`), Body: '' }),
      ),
    ],
    [
      'enrich',
      's3:DeleteObject',
      xml,
      s3((all) => new DeleteObjectCommand(object(all, 'reference/categories.csv'))),
    ],
    [
      'enrich',
      's3:GetObject',
      xml,
      s3(
        (all) =>
          new CopyObjectCommand({
            ...object(all, 'staging/a/enrich/b'),
            CopySource: `${all.orders.bucket}/raw/a.csv`,
          }),
      ),
    ],
    ['finish', 's3:DeleteObject', xml, s3((all) => new DeleteObjectCommand(object(all, 'processed/a.csv')))],
    [
      'finish',
      's3:DeleteObjectVersion',
      xml,
      s3((all) => new DeleteObjectCommand({ ...object(all, 'raw/a.csv'), VersionId: all.job.versionId })),
    ],
    [
      'finish',
      's3:PutObjectTagging',
      xml,
      s3(
        (all) => new PutObjectTaggingCommand({ ...object(all, 'processed/a.csv'), Tagging: { TagSet: [] } }),
      ),
    ],
    ['trigger', 's3:ListBucket', xml, s3((all) => new ListObjectsV2Command({ Bucket: all.orders.bucket }))],
    ['api', 's3:PutObject', xml, s3((all) => new CreateMultipartUploadCommand(object(all, 'raw/b.csv')))],
    [
      'quality check',
      's3:ListBucket',
      xml,
      s3((all) => new ListObjectsV2Command({ Bucket: all.orders.bucket, Prefix: 'raw/' })),
    ],
    [
      'trigger',
      'dynamodb:DeleteItem',
      json,
      table((all) => new DeleteItemCommand({ TableName: all.orders.table, Key: key(all) })),
    ],
    ['api', 'dynamodb:Scan', json, table((all) => new ScanCommand({ TableName: all.orders.table }))],
    [
      'finish',
      'dynamodb:UpdateItem',
      json,
      table((all) => new UpdateItemCommand({ TableName: all.bare.table, Key: key(all) })),
    ],
    [
      'quality check',
      'dynamodb:Query',
      json,
      table(
        (all) =>
          new QueryCommand({
            TableName: all.orders.table,
            KeyConditionExpression: 'jobId = :jobId',
            ExpressionAttributeValues: { ':jobId': { S: all.job.jobId } },
          }),
      ),
    ],
    [
      'api',
      'states:StartExecution',
      json,
      machine((all) => new StartExecutionCommand({ stateMachineArn: all.bare.output('StateMachineArn') })),
    ],
    [
      'trigger',
      'states:StopExecution',
      json,
      machine((all) => new StopExecutionCommand({ executionArn: all.job.executionArn! })),
    ],
    [
      'workflow',
      'lambda:InvokeFunction',
      { error: 'AccessDeniedException', status: 403 },
      async (config, { orders }) =>
        new LambdaClient(config).send(
          new InvokeCommand({ FunctionName: orders.output('TriggerFunctionName') }),
        ),
    ],
  ])('[local] %s: %s', async (role, action, { error, status }, send) => {
    const { endpoint, region } = target.run!;
    const credentials = target.run!.credentialsOf(`${PATH}/${ROLES[role]}`);
    const config = { endpoint, region, credentials, forcePathStyle: true };
    const refusal = await send(config, around).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(refusal).toMatchObject({ name: error, $metadata: { httpStatusCode: status } });
    expect(refusal!.message).toMatch(
      new RegExp(
        `^User: arn:aws:sts::000000000000:assumed-role/\\S+/local is not authorized to perform: ${action} on resource: ` +
          `arn:aws:\\S+ because no identity-based policy allows the ${action} action$`,
      ),
    );
  });

  itLocal.each<[string, object]>([
    ['a key that is there', {}],
    ['a key that is not there', { Key: 'raw/nothing.csv' }],
  ])('[local] HEAD of %s is a 403 without a body', async (_what, change) => {
    const { endpoint, region } = target.run!;
    const credentials = target.run!.credentialsOf(`${PATH}/${ROLES['quality check']}`);
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    const head = client.send(new HeadObjectCommand({ ...object(around, 'raw/a.csv'), ...change }));
    await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  itLocal('[local] and nothing has changed', async () => {
    expect(await around.orders.keys('')).toEqual(before);
    expect(await around.orders.scan()).toEqual([around.job]);
    expect(await around.bare.scan()).toEqual([]);
  });
});
