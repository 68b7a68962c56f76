import { request as httpRequest } from 'node:http';
import { ListTablesCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startLocalServices, type LocalServices } from './local-services';
import { presign, signedFetch } from './signed-fetch';
import { AccessKeyRegistry } from '../../src/local/access-keys';
import { Gateway } from '../../src/local/gateway';
import { RunJournal } from '../../src/local/journal';
import { readJson } from '../../src/local/json-protocol';
import { AwsError, type HttpService, type JournalEntry } from '../../src/local/services';

let services: LocalServices;
beforeAll(async () => {
  services = await startLocalServices();
});
afterAll(() => services.stop());

function lastRequest(): JournalEntry | undefined {
  return services.journal.entries.filter((entry) => entry.kind === 'request').at(-1);
}

/** The entry is recorded when the connection is done with the answer, which the client may see first. */
function requestOf(operation: string): Promise<JournalEntry> {
  return services.journal.waitFor((entry) => entry.kind === 'request' && entry.operation === operation);
}

it('finds the service by what the clients send, and notes who called', async () => {
  await new DynamoDBClient(services.clientConfig).send(new ListTablesCommand());
  await expect(requestOf('ListTables')).resolves.toEqual({
    kind: 'request',
    service: 'dynamodb',
    operation: 'ListTables',
    principal: 'local',
    status: 200,
  });
  services.sqs.createQueue('routed');
  await new SQSClient(services.clientConfig).send(new GetQueueUrlCommand({ QueueName: 'routed' }));
  await expect(requestOf('GetQueueUrl')).resolves.toMatchObject({ service: 'sqs', status: 200 });
  services.s3.createBucket('routed');
  await new S3Client(services.clientConfig).send(new ListObjectsV2Command({ Bucket: 'routed' }));
  await expect(requestOf('ListObjectsV2')).resolves.toMatchObject({ service: 's3', status: 200 });
});

it('refuses services that are not registered, by name', async () => {
  const states = new SFNClient({ ...services.clientConfig, maxAttempts: 1 });
  await expect(states.send(new ListExecutionsCommand({ stateMachineArn: 'arn:x' }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: 'the local run does not provide states',
  });
  const lambda = new LambdaClient({ ...services.clientConfig, maxAttempts: 1 });
  await expect(lambda.send(new InvokeCommand({ FunctionName: 'f' }))).rejects.toThrow(
    'the local run does not provide lambda',
  );
  await expect(requestOf('Invoke')).resolves.toMatchObject({ service: 'lambda', status: 400 });
});

it("tells a role's call from the user's", async () => {
  const role = services.keys.issue({
    kind: 'role',
    name: 'TriggerRole',
    arn: 'arn:aws:iam::000000000000:role/T',
  });
  const s3 = new S3Client({ ...services.clientConfig, credentials: role });
  services.s3.createBucket('by-role');
  await s3.send(new PutObjectCommand({ Bucket: 'by-role', Key: 'k', Body: 'x' }));
  await expect(requestOf('PutObject')).resolves.toMatchObject({ principal: 'TriggerRole' });
});

it('hands over the body unread, also to services whose body it has to hash', async () => {
  const seen: unknown[] = [];
  const echo: HttpService = {
    handle: async (request, response) => {
      seen.push(await readJson(request), request.method, request.url);
      response.end('{}');
    },
  };
  services.gateway.register('events', echo);
  const send = (body: string): Promise<Response> =>
    signedFetch(services.endpoint, services.credentials, '/', {
      service: 'events',
      method: 'POST',
      body,
      headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
    });
  expect((await send('{"a":1}')).status).toBe(200);
  expect(seen).toEqual([{ a: 1 }, 'POST', '/']);
  expect((await send('')).status).toBe(200);
  expect(seen.slice(3)).toEqual([{}, 'POST', '/']);
});

it('refuses a body of a JSON protocol that no API would take', async () => {
  const response = await signedFetch(services.endpoint, services.credentials, '/', {
    service: 'dynamodb',
    method: 'POST',
    body: new Uint8Array(16 * 1024 * 1024 + 1),
    headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' },
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ __type: 'RequestEntityTooLargeException' });
});

it('answers 500 with the reason when a service breaks', async () => {
  services.gateway.register('events', { handle: () => Promise.reject(new Error('broken inside')) });
  const send = (): Promise<Response> =>
    signedFetch(services.endpoint, services.credentials, '/', {
      service: 'events',
      method: 'POST',
      body: '{}',
      headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
    });
  const response = await send();
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({
    __type: 'InternalFailure',
    message: expect.stringContaining('broken inside'),
  });
  services.gateway.register('events', {
    handle: (_, answer) => {
      answer.write('half');
      return Promise.reject(new AwsError('Late', 'too late'));
    },
  });
  await expect(send().then((cut) => cut.text())).rejects.toThrow();
});

describe('a request with a bad signature', () => {
  it('is refused in the words of S3', async () => {
    const unsigned = await fetch(`${services.endpoint}/routed/key`);
    expect(unsigned.status).toBe(403);
    expect(await unsigned.text()).toContain('<Code>AccessDenied</Code>');

    const stranger = new AccessKeyRegistry().issue({ kind: 'user', name: 'x', arn: 'x' });
    const unknown = await signedFetch(services.endpoint, stranger, '/routed');
    expect(unknown.status).toBe(403);
    expect(await unknown.text()).toContain('<Code>InvalidAccessKeyId</Code>');

    const wrong = { ...services.credentials, secretAccessKey: 'wrong' };
    const mismatch = await signedFetch(services.endpoint, wrong, '/routed');
    expect(await mismatch.text()).toContain('<Code>SignatureDoesNotMatch</Code>');

    const late = await signedFetch(services.endpoint, services.credentials, '/routed', {
      signingDate: new Date(Date.now() - 20 * 60_000),
    });
    expect(await late.text()).toContain('<Code>RequestTimeTooSkewed</Code>');
    expect(lastRequest()).toMatchObject({ principal: 'unknown', status: 403 });
  });

  it('is refused in the words of the JSON protocols', async () => {
    const wrong = { ...services.credentials, secretAccessKey: 'wrong' };
    const client = new DynamoDBClient({ ...services.clientConfig, credentials: wrong, maxAttempts: 1 });
    await expect(client.send(new ListTablesCommand())).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });

    const unsigned = await fetch(services.endpoint, {
      method: 'POST',
      body: '{}',
      headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
    });
    expect(unsigned.status).toBe(400);
    expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
});

it('holds the body to the checksum that a presigned URL carries', async () => {
  services.s3.createBucket('checksums');
  // What the SDK signs unless it is told otherwise: the checksum of an empty body.
  const query = { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-sdk-checksum-algorithm': 'CRC32' };
  const options = { method: 'PUT', query };
  const url = await presign(services.endpoint, services.credentials, '/checksums/new', options);
  const refused = await fetch(url, { method: 'PUT', body: 'filled' });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('<Code>BadDigest</Code>');
  expect((await fetch(url, { method: 'PUT', body: '' })).status).toBe(200);
});

it('serves presigned URLs until they expire', async () => {
  services.s3.createBucket('presigned');
  const s3 = new S3Client(services.clientConfig);
  await s3.send(new PutObjectCommand({ Bucket: 'presigned', Key: 'a b', Body: 'hello' }));
  const url = await presign(services.endpoint, services.credentials, '/presigned/a%20b');
  expect(await (await fetch(url)).text()).toBe('hello');

  const put = await presign(services.endpoint, services.credentials, '/presigned/new', { method: 'PUT' });
  expect((await fetch(put, { method: 'PUT', body: 'by url' })).status).toBe(200);
  expect(services.s3.bucket('presigned').current('new')).toMatchObject({ size: 6 });

  const expired = await presign(services.endpoint, services.credentials, '/presigned/a%20b', {
    signingDate: new Date(Date.now() - 120_000),
  });
  const refused = await fetch(expired);
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('Request has expired');
});

it('takes the bucket from the host name too', async () => {
  services.s3.createBucket('by-host');
  const s3 = new S3Client(services.clientConfig);
  await s3.send(new PutObjectCommand({ Bucket: 'by-host', Key: 'k', Body: 'x' }));
  const port = new URL(services.endpoint).port;
  const url = new URL(await presign(`http://by-host.localhost:${port}`, services.credentials, '/k'));
  const body = await new Promise<string>((resolve, reject) => {
    httpRequest(
      { host: '127.0.0.1', port, path: url.pathname + url.search, headers: { host: url.host } },
      (answer) => {
        answer.setEncoding('utf8').on('data', resolve);
      },
    )
      .on('error', reject)
      .end();
  });
  expect(body).toBe('x');
});

it('names what was asked for in the journal, also where no operation is like it', async () => {
  await signedFetch(services.endpoint, services.credentials, '/routed', { method: 'PATCH' });
  await expect(requestOf('PATCH /routed')).resolves.toMatchObject({ status: 501 });
  await signedFetch(services.endpoint, services.credentials, '/routed/%E0%A4%A', { method: 'GET' });
  await expect(requestOf('GET /routed/%E0%A4%A')).resolves.toMatchObject({ status: 400 });
});

it('refuses the query protocol of SQS by name', async () => {
  const response = await signedFetch(services.endpoint, services.credentials, '/', {
    service: 'sqs',
    method: 'POST',
    body: 'Action=ListQueues',
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('speaks the JSON protocol of SQS, not the query protocol');
});

it('has no endpoint before it listens, and says so when its port is taken', async () => {
  const gateway = new Gateway(new AccessKeyRegistry(), new RunJournal());
  expect(() => gateway.endpoint).toThrow('the gateway does not listen yet');
  expect(services.gateway.endpoint).toBe(services.endpoint);
  await expect(gateway.listen(Number(new URL(services.endpoint).port))).rejects.toThrow('EADDRINUSE');
});
