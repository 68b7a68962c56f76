import { DynamoDBClient, ListTablesCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { startLocalServices, type LocalServices } from '../local-services';

const Bucket = 'faults';
let services: LocalServices;
let once: S3Client;
let patient: S3Client;
let tables: DynamoDBClient;
beforeAll(async () => {
  services = await startLocalServices();
  services.s3.createBucket(Bucket, { versioning: 'Enabled' });
  once = new S3Client({ ...services.clientConfig, maxAttempts: 1 });
  patient = new S3Client(services.clientConfig);
  tables = new DynamoDBClient({ ...services.clientConfig, maxAttempts: 1 });
});
afterAll(async () => {
  for (const client of [once, patient, tables]) client.destroy();
  await services.stop();
});

const put = (Key: string, client = once, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }));
const history = (key: string) => services.s3.bucket(Bucket).history(key);

it('answers an error to as many calls as were asked for, and carries none of them out', async () => {
  const calls = { service: 's3', operation: 'PutObject', on: /^faults\/refused$/, times: 2 } as const;
  services.faults.answer(calls, { code: 'ConditionalRequestConflict', status: 409 });
  await put('another');
  for (let n = 0; n < 2; n++) {
    await expect(put('refused')).rejects.toMatchObject({
      name: 'ConditionalRequestConflict',
      $metadata: { httpStatusCode: 409 },
    });
  }
  expect(history('refused')).toEqual([]);
  await put('refused');
  expect(history('refused')).toHaveLength(1);
});

it('strikes calls of DynamoDB by their table, or all of an operation', async () => {
  const error = { code: 'ThrottlingException', status: 400 };
  services.faults.answer({ service: 'dynamodb', operation: 'GetItem', on: /^jobs$/ }, error);
  services.faults.answer({ service: 'dynamodb', operation: 'ListTables' }, error);
  const get = (TableName: string) => tables.send(new GetItemCommand({ TableName, Key: { id: { S: '1' } } }));
  await expect(get('others')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(get('jobs')).rejects.toMatchObject({ name: 'ThrottlingException' });
  await expect(tables.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
});

it('loses the answer to a write that was carried out: the second try of the SDK gets 412', async () => {
  services.faults.loseAnswer({ service: 's3', operation: 'PutObject', on: /lost/ });
  await expect(put('lost', patient, { IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { attempts: 2 },
  });
  expect(history('lost')).toHaveLength(1);
});

it('loses the answer of DynamoDB', async () => {
  services.faults.loseAnswer({ service: 'dynamodb', operation: 'ListTables' });
  await expect(tables.send(new ListTablesCommand({}))).rejects.toThrow('socket hang up');
});

it('lets something happen right before a call', async () => {
  services.faults.before({ service: 's3', operation: 'PutObject', on: /raced/ }, () => put('raced'));
  await expect(put('raced', once, { IfNoneMatch: '*' })).rejects.toMatchObject({
    $metadata: { httpStatusCode: 412 },
  });
});

describe('an error inside an answer of status 200', () => {
  it('fails a completion, which the SDK tells as 503', async () => {
    const Key = 'parts';
    const { UploadId } = await once.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const { ETag } = await once.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'x' }),
    );
    const complete = () =>
      once.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key,
          UploadId,
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
        }),
      );
    services.faults.failInside200({ operation: 'CompleteMultipartUpload' }, 'InternalError');
    await expect(complete()).rejects.toMatchObject({ name: 'InternalError', $metadata: { attempts: 1 } });
    expect(history(Key)).toEqual([]);
    await complete();
    expect(history(Key)).toHaveLength(1);
    const answers = services.journal.entries.filter(
      (entry) => entry.kind === 'request' && entry.operation === 'CompleteMultipartUpload',
    );
    expect(answers).toMatchObject([{ status: 200 }, { status: 200 }]);
  });

  it('fails a copy', async () => {
    await put('source');
    services.faults.failInside200({ operation: 'CopyObject', on: /copy/ }, 'SlowDown');
    const copy = new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/source` });
    await expect(once.send(copy)).rejects.toMatchObject({ name: 'SlowDown' });
    await once.send(copy);
    expect(history('copy')).toHaveLength(1);
  });
});
