import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { eventKey } from '../../../src/local/s3/event-messages';
import { AwsError } from '../../../src/local/services';
import { startLocalServices, type LocalServices } from '../local-services';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:trigger';
let services: LocalServices;
let s3: S3Client;
beforeAll(async () => {
  services = await startLocalServices();
  s3 = new S3Client({ ...services.clientConfig, maxAttempts: 1 });
});
afterAll(() => services.stop());
beforeEach(() => {
  services.invocations.length = 0;
  services.busEvents.length = 0;
});

interface Record {
  eventName: string;
  s3: {
    configurationId: string;
    bucket: { name: string };
    object: { key: string; versionId?: string; size: number; eTag: string; sequencer: string };
  };
}

async function records(): Promise<Record[]> {
  await services.s3.settled();
  return services.invocations.flatMap(
    ({ payload }) => (JSON.parse(payload) as { Records: Record[] }).Records,
  );
}

const toFunction = (prefix: string, suffix: string, event = 's3:ObjectCreated:*'): object => ({
  Id: `to-${event}`,
  Events: [event],
  LambdaFunctionArn: FUNCTION,
  Filter: {
    Key: {
      FilterRules: [
        { Name: 'prefix', Value: prefix },
        { Name: 'Suffix', Value: suffix },
      ],
    },
  },
});

describe('a notification to a function', () => {
  beforeAll(() => {
    services.s3.createBucket('notifies', {
      versioning: 'Enabled',
      notifications: {
        LambdaFunctionConfigurations: [
          toFunction('raw/', '.csv') as never,
          toFunction('raw/', '.csv', 's3:ObjectRemoved:*') as never,
        ],
      },
    });
  });

  it('tells key, version, size and ETag as S3 does', async () => {
    const { VersionId, ETag } = await s3.send(
      new PutObjectCommand({ Bucket: 'notifies', Key: 'raw/a b+c (1)é.csv', Body: 'abc' }),
    );
    expect(await records()).toEqual([
      expect.objectContaining({
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventName: 'ObjectCreated:Put',
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'to-s3:ObjectCreated:*',
          bucket: {
            name: 'notifies',
            ownerIdentity: { principalId: '000000000000' },
            arn: 'arn:aws:s3:::notifies',
          },
          object: {
            key: 'raw/a+b%2Bc+%281%29%C3%A9.csv',
            size: 3,
            eTag: ETag!.replace(/"/g, ''),
            versionId: VersionId,
            sequencer: expect.stringMatching(/^[0-9A-F]{16,22}$/),
          },
        },
      }),
    ]);
    expect(services.invocations[0].functionArn).toBe(FUNCTION);
  });

  it('comes for copies and multipart uploads, for other keys not', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'notifies', Key: 'other/a.csv', Body: 'x' }));
    await s3.send(new PutObjectCommand({ Bucket: 'notifies', Key: 'raw/a.txt', Body: 'x' }));
    await s3.send(
      new CopyObjectCommand({ Bucket: 'notifies', Key: 'raw/copy.csv', CopySource: 'notifies/raw/a.txt' }),
    );
    const part = { Bucket: 'notifies', Key: 'raw/parts.csv' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(part));
    const { ETag } = await s3.send(new UploadPartCommand({ ...part, UploadId, PartNumber: 1, Body: 'x' }));
    await s3.send(
      new CompleteMultipartUploadCommand({
        ...part,
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
      }),
    );
    expect((await records()).map(({ eventName }) => eventName)).toEqual([
      'ObjectCreated:Copy',
      'ObjectCreated:CompleteMultipartUpload',
    ]);
  });

  it('grows its sequencer with every event of a key, padded with zeros on the right', async () => {
    services.s3.createBucket('sequences', {
      notifications: { LambdaFunctionConfigurations: [toFunction('', '') as never] },
    });
    for (let n = 0; n < 5; n++) {
      await s3.send(new PutObjectCommand({ Bucket: 'sequences', Key: 'raw/seq.csv', Body: String(n) }));
    }
    const sequencers = (await records()).map((record) => record.s3.object.sequencer as string);
    const padded = sequencers.map((sequencer) => sequencer.padEnd(22, '0'));
    expect(padded).toEqual([...padded].sort());
    expect(new Set(padded).size).toBe(5);
    // The first one's count is zero, and zeros at the end are left away.
    expect(sequencers[0].length).toBeLessThan(sequencers[1].length);
  });

  it('has a sequencer that says nothing of other keys', async () => {
    for (const key of ['raw/c.csv', 'raw/b.csv', 'raw/a.csv']) {
      await s3.send(new PutObjectCommand({ Bucket: 'notifies', Key: key, Body: 'x' }));
    }
    const sequencers = (await records()).map((record) => record.s3.object.sequencer as string);
    expect([...sequencers].sort()).not.toEqual(sequencers);
  });

  it('may come late, in another order and more than once', async () => {
    const { deliveries } = services.s3;
    deliveries.hold();
    deliveries.hold();
    for (const key of ['raw/1.csv', 'raw/2.csv']) {
      await s3.send(new PutObjectCommand({ Bucket: 'notifies', Key: key, Body: 'x' }));
    }
    expect(services.invocations).toEqual([]);
    expect(deliveries.waiting).toMatchObject([
      { bucket: 'notifies', key: 'raw/1.csv', event: 'ObjectCreated:Put', to: FUNCTION },
      { bucket: 'notifies', key: 'raw/2.csv', event: 'ObjectCreated:Put', to: FUNCTION },
    ]);
    deliveries.release(([first, second]) => [second, first, second]);
    expect((await records()).map((record) => record.s3.object.key)).toEqual([
      'raw/2.csv',
      'raw/1.csv',
      'raw/2.csv',
    ]);
    expect(deliveries.waiting).toEqual([]);
    deliveries.release((held) => held);
    expect(services.invocations).toHaveLength(3);
  });

  it('comes for deletes where asked for', async () => {
    const { VersionId } = await s3.send(
      new PutObjectCommand({ Bucket: 'notifies', Key: 'raw/d.csv', Body: 'x' }),
    );
    await s3.send(new DeleteObjectCommand({ Bucket: 'notifies', Key: 'raw/d.csv' }));
    await s3.send(new DeleteObjectCommand({ Bucket: 'notifies', Key: 'raw/d.csv', VersionId }));
    await s3.send(new DeleteObjectCommand({ Bucket: 'notifies', Key: 'raw/d.csv', VersionId }));
    expect((await records()).map(({ eventName }) => eventName)).toEqual([
      'ObjectCreated:Put',
      'ObjectRemoved:DeleteMarkerCreated',
      'ObjectRemoved:Delete',
    ]);
  });

  it('has no version id where the bucket never was versioned', async () => {
    services.s3.createBucket('unversioned', {
      notifications: {
        LambdaFunctionConfigurations: [
          { Events: ['s3:*'.replace('*', 'ObjectCreated:Put')], LambdaFunctionArn: FUNCTION },
        ],
      },
    });
    await s3.send(new PutObjectCommand({ Bucket: 'unversioned', Key: 'k', Body: 'x' }));
    await s3.send(
      new CopyObjectCommand({ Bucket: 'unversioned', Key: 'copied', CopySource: 'unversioned/k' }),
    );
    const [record, ...more] = await records();
    expect(more).toEqual([]);
    expect(record.s3.object).not.toHaveProperty('versionId');
    expect(record.s3.configurationId).toBe('function-trigger');
  });

  it('carries any key in a form that decodes to it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (key) => {
        expect(decodeURIComponent(eventKey(key).replace(/\+/g, ' '))).toBe(key);
      }),
    );
  });
});

it('notifies queues', async () => {
  const queue = services.sqs.createQueue('told');
  services.s3.createBucket('to-queue', {
    notifications: { QueueConfigurations: [{ Events: ['s3:ObjectRemoved:Delete'], QueueArn: queue.arn }] },
  });
  await s3.send(new PutObjectCommand({ Bucket: 'to-queue', Key: 'k', Body: 'x' }));
  await s3.send(new DeleteObjectCommand({ Bucket: 'to-queue', Key: 'k' }));
  await services.s3.settled();
  expect(
    queue.messages.map(({ body }) => (JSON.parse(body) as { Records: Record[] }).Records[0].eventName),
  ).toEqual(['ObjectRemoved:Delete']);
});

it('sends every event to the bus where the bucket has that on, with the plain key', async () => {
  services.s3.createBucket('to-bus', {
    versioning: 'Enabled',
    notifications: { EventBridgeConfiguration: {} },
  });
  const { VersionId, ETag } = await s3.send(
    new PutObjectCommand({ Bucket: 'to-bus', Key: 'raw/a b+é.csv', Body: 'abc' }),
  );
  await s3.send(new DeleteObjectCommand({ Bucket: 'to-bus', Key: 'raw/a b+é.csv' }));
  await s3.send(new DeleteObjectCommand({ Bucket: 'to-bus', Key: 'raw/a b+é.csv', VersionId }));
  await services.s3.settled();
  const [created, marked, deleted] = services.busEvents;
  expect(created).toEqual({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    resources: ['arn:aws:s3:::to-bus'],
    time: expect.stringMatching(/:\d\dZ$/),
    detail: {
      version: '0',
      bucket: { name: 'to-bus' },
      object: {
        key: 'raw/a b+é.csv',
        size: 3,
        etag: ETag!.replace(/"/g, ''),
        'version-id': VersionId,
        sequencer: expect.any(String),
      },
      'request-id': expect.any(String),
      requester: '000000000000',
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  });
  expect(marked).toMatchObject({
    'detail-type': 'Object Deleted',
    detail: { 'deletion-type': 'Delete Marker Created' },
  });
  expect(deleted).toMatchObject({
    'detail-type': 'Object Deleted',
    detail: { 'deletion-type': 'Permanently Deleted' },
  });
});

it('notes a delivery that was refused, since the writer has gone', async () => {
  const refusing = await startLocalServices({
    functions: {
      invokeAsync: () => Promise.reject(new AwsError('ResourceNotFoundException', 'no such function', 404)),
    },
    eventBus: { put: () => Promise.reject(new Error('bus is gone')) },
  });
  refusing.s3.createBucket('notifies', {
    notifications: {
      EventBridgeConfiguration: {},
      LambdaFunctionConfigurations: [{ Events: ['s3:ObjectCreated:*'], LambdaFunctionArn: FUNCTION }],
    },
  });
  await new S3Client(refusing.clientConfig).send(
    new PutObjectCommand({ Bucket: 'notifies', Key: 'k', Body: 'x' }),
  );
  await refusing.s3.settled();
  expect(refusing.journal.entries).toEqual(
    expect.arrayContaining([
      {
        kind: 'request',
        service: 'lambda',
        operation: 'deliver S3 event: ResourceNotFoundException: no such function',
        principal: 's3.amazonaws.com',
        status: 404,
      },
      expect.objectContaining({
        service: 'events',
        operation: 'deliver S3 event: Error: bus is gone',
        status: 500,
      }),
    ]),
  );
  await refusing.stop();
});

it('puts files of assets without an event', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'asset-')), 'spec.json');
  writeFileSync(path, '{}');
  services.s3.createBucket('assets', { notifications: { EventBridgeConfiguration: {} } });
  await services.s3.putFile('assets', 'spec.json', path, 'application/json');
  const got = await s3.send(new GetObjectCommand({ Bucket: 'assets', Key: 'spec.json' }));
  expect(got).toMatchObject({ ContentType: 'application/json', ETag: '"99914b932bd37a50b983c5e7c90ae93b"' });
  expect(await got.Body!.transformToString()).toBe('{}');
  await services.s3.settled();
  expect(services.busEvents).toEqual([]);
});

it('asks for the rights that tags, ACLs and versions take, and tells policies of them', async () => {
  const asked: string[] = [];
  const strict = await startLocalServices({
    authorizer: {
      authorize: (_, action, resource, conditions) => {
        asked.push(`${action} ${resource.split(':::')[1]} ${JSON.stringify(conditions)}`);
      },
    },
  });
  strict.s3.createBucket('strict', { versioning: 'Enabled' });
  const client = new S3Client({ ...strict.clientConfig, maxAttempts: 1 });
  const Bucket = 'strict';
  const { VersionId } = await client.send(
    new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', Tagging: 'a=b', ACL: 'bucket-owner-full-control' }),
  );
  const acl = '{"s3:x-amz-acl":"bucket-owner-full-control"}';
  expect(asked.splice(0)).toEqual([
    `s3:PutObject strict/k ${acl}`,
    's3:PutObjectTagging strict/k {}',
    's3:PutObjectAcl strict/k {}',
  ]);
  await client.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: 'strict/k' }));
  expect(asked.splice(0)).toEqual([
    's3:PutObject strict/c {}',
    's3:GetObject strict/k {}',
    's3:GetObjectTagging strict/k {}',
    's3:PutObjectTagging strict/c {}',
  ]);
  await client.send(
    new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `strict/k?versionId=${VersionId}` }),
  );
  const version = `{"s3:VersionId":"${VersionId}"}`;
  expect(asked.splice(0)).toEqual([
    's3:PutObject strict/c {}',
    `s3:GetObjectVersion strict/k ${version}`,
    `s3:GetObjectVersionTagging strict/k ${version}`,
    's3:PutObjectTagging strict/c {}',
  ]);
  const bare = { Bucket, Key: 'd', CopySource: 'strict/k', TaggingDirective: 'REPLACE' } as const;
  await client.send(new CopyObjectCommand(bare));
  expect(asked.splice(0)).toEqual(['s3:PutObject strict/d {}', 's3:GetObject strict/k {}']);
  await strict.stop();
});

describe('a role without s3:ListBucket', () => {
  it('gets 403 instead of 404 for what is not there', async () => {
    const asked: string[] = [];
    const strict = await startLocalServices({
      authorizer: {
        authorize: (_, action, resource) => {
          asked.push(`${action} ${resource}`);
          if (action === 's3:ListBucket') throw new AwsError('AccessDenied', 'not allowed to list', 403);
        },
      },
    });
    strict.s3.createBucket('strict', { versioning: 'Enabled' });
    const client = new S3Client({ ...strict.clientConfig, maxAttempts: 1 });
    const Bucket = 'strict';
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'not allowed to list',
    });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    const { ETag, VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    asked.length = 0;
    await client.send(new HeadObjectCommand({ Bucket, Key: 'k', VersionId }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'y', IfMatch: ETag, Tagging: 'a=b' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
    expect(asked).toEqual([
      's3:GetObjectVersion arn:aws:s3:::strict/k',
      's3:PutObject arn:aws:s3:::strict/k',
      's3:GetObject arn:aws:s3:::strict/k',
      's3:PutObjectTagging arn:aws:s3:::strict/k',
      's3:DeleteObjectVersion arn:aws:s3:::strict/k',
    ]);
    await strict.stop();
  });
});
