import { readNotifications } from '../../../src/local/s3/notification-configuration';
import { S3Resources } from '../../../src/local/s3/s3-resources';
import type { TemplateResource } from '../../../src/local/services';
import { startLocalServices, type LocalServices } from '../local-services';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';
let services: LocalServices;
let resources: S3Resources;
beforeAll(async () => {
  services = await startLocalServices();
  resources = new S3Resources(services.s3);
});
afterAll(() => services.stop());

function resource(type: string, logicalId: string, properties: Record<string, unknown>): TemplateResource {
  return { type, logicalId, properties, metadata: {}, stackName: 'Stack', path: `Stack/${logicalId}` };
}

it('makes a bucket with its name, versioning and lifecycle', async () => {
  const lifecycle = { Rules: [{ Prefix: 'raw/', ExpirationInDays: 30, Status: 'Enabled' }] };
  const provided = await resources.provide(
    resource('AWS::S3::Bucket', 'Named', {
      BucketName: 'orders-dev',
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: lifecycle,
      PublicAccessBlockConfiguration: {},
      BucketEncryption: {},
      Tags: [],
    }),
  );
  expect(provided).toEqual({
    ref: 'orders-dev',
    attributes: {
      Arn: 'arn:aws:s3:::orders-dev',
      DomainName: 'orders-dev.s3.amazonaws.com',
      DualStackDomainName: 'orders-dev.s3.dualstack.us-east-1.amazonaws.com',
      RegionalDomainName: 'orders-dev.s3.us-east-1.amazonaws.com',
      WebsiteURL: 'http://orders-dev.s3-website-us-east-1.amazonaws.com',
    },
  });
  expect(services.s3.bucket('orders-dev')).toMatchObject({ versioning: 'Enabled', lifecycle });
});

it('makes up a name where the template has none', async () => {
  const { ref } = await resources.provide(resource('AWS::S3::Bucket', 'Unnamed', {}));
  expect(ref).toMatch(/^stack-unnamed-[0-9a-f]{12}$/);
  expect(services.s3.hasBucket(ref)).toBe(true);
});

it("reads CloudFormation's own form of notifications", async () => {
  const { ref } = await resources.provide(
    resource('AWS::S3::Bucket', 'Notifying', {
      NotificationConfiguration: {
        EventBridgeConfiguration: { EventBridgeEnabled: true },
        LambdaConfigurations: [
          {
            Event: 's3:ObjectCreated:*',
            Function: FUNCTION,
            Filter: { S3Key: { Rules: [{ Name: 'suffix', Value: '.csv' }] } },
          },
        ],
        QueueConfigurations: [{ Event: 's3:ObjectRemoved:*', Queue: 'arn:aws:sqs:us-east-1:000000000000:q' }],
      },
    }),
  );
  expect(services.s3.bucket(ref).notifications).toEqual({
    eventBridge: true,
    targets: [
      {
        id: 'function-f',
        kind: 'function',
        arn: FUNCTION,
        events: ['s3:ObjectCreated:*'],
        prefix: '',
        suffix: '.csv',
      },
      expect.objectContaining({ id: 'queue-q', kind: 'queue' }),
    ],
  });
  const off = await resources.provide(
    resource('AWS::S3::Bucket', 'BusOff', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: 'false' } },
    }),
  );
  expect(services.s3.bucket(off.ref).notifications.eventBridge).toBe(false);
});

it('keeps the policy of a bucket', async () => {
  const PolicyDocument = { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }] };
  services.s3.createBucket('with-policy');
  await resources.provide(
    resource('AWS::S3::BucketPolicy', 'Policy', { Bucket: 'with-policy', PolicyDocument }),
  );
  expect(services.s3.bucket('with-policy').policy).toMatchObject([{ effect: 'Deny' }]);
});

describe("CDK's notifications", () => {
  const notify = (name: string, Managed: unknown, NotificationConfiguration: object): Promise<unknown> =>
    resources.provide(
      resource('Custom::S3BucketNotifications', 'Notifications', {
        ServiceToken: 'x',
        BucketName: name,
        Managed,
        NotificationConfiguration,
        SkipDestinationValidation: false,
      }),
    );
  const created = (prefix: string): object => ({
    LambdaFunctionConfigurations: [
      {
        Id: prefix,
        Events: ['s3:ObjectCreated:*'],
        LambdaFunctionArn: FUNCTION,
        Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: prefix }] } },
      },
    ],
  });

  it('replace those of a bucket of the app', async () => {
    services.s3.createBucket('managed');
    await notify('managed', true, { ...created('a/'), EventBridgeConfiguration: {} });
    await notify('managed', 'true', created('b/'));
    expect(services.s3.bucket('managed').notifications).toMatchObject({
      eventBridge: false,
      targets: [{ id: 'b/' }],
    });
  });

  it('send the test event of S3 to queues, and invoke no function for it', async () => {
    services.s3.createBucket('tested');
    const queue = services.sqs.createQueue('tested');
    await notify('tested', true, {
      ...created('a/'),
      QueueConfigurations: [
        {
          Events: ['s3:ObjectRemoved:*'],
          QueueArn: queue.arn,
        },
      ],
    });
    expect(queue.messages.map(({ body }) => JSON.parse(body))).toEqual([
      {
        Service: 'Amazon S3',
        Event: 's3:TestEvent',
        Time: expect.any(String),
        Bucket: 'tested',
        RequestId: expect.any(String),
        HostId: expect.any(String),
      },
    ]);
    expect(services.invocations).toEqual([]);
    await services.s3.sendTestEvent('tested');
    expect(services.invocations.map(({ payload }) => JSON.parse(payload).Event)).toEqual(['s3:TestEvent']);
  });

  it('add to those of a bucket from elsewhere', async () => {
    services.s3.createBucket('imported');
    await notify('imported', false, { ...created('a/'), EventBridgeConfiguration: {} });
    await notify('imported', 'false', created('b/'));
    expect(services.s3.bucket('imported').notifications).toMatchObject({
      eventBridge: true,
      targets: [{ id: 'a/' }, { id: 'b/' }],
    });
    await expect(notify('imported', false, created('a/x/'))).rejects.toThrow("'a/' and 'a/x/' overlap");
  });
});

describe('what the run does not provide is an error that names it', () => {
  it('for properties of a bucket', async () => {
    await expect(
      resources.provide(resource('AWS::S3::Bucket', 'Locked', { ObjectLockEnabled: true })),
    ).rejects.toThrow(
      'the local run does not provide the property ObjectLockEnabled of AWS::S3::Bucket, used at Stack/Locked',
    );
  });

  it.each<[object, string]>([
    [{ TopicConfigurations: [{}] }, 'notifications to an SNS topic (here)'],
    [{ OtherConfigurations: [] }, 'OtherConfigurations in the notifications of here'],
    [
      { LambdaFunctionConfigurations: [{ Events: ['s3:ObjectRestore:*'], LambdaFunctionArn: FUNCTION }] },
      'the event s3:ObjectRestore:* in the notifications of here',
    ],
  ])('for %j', (configuration, message) => {
    expect(() => readNotifications(configuration, 'here')).toThrow(
      `the local run does not provide ${message}`,
    );
  });

  it("for members of CloudFormation's form", async () => {
    const bad = { NotificationConfiguration: { TopicConfigurations: [] } };
    await expect(resources.provide(resource('AWS::S3::Bucket', 'Topic', bad))).rejects.toThrow(
      'the local run does not provide TopicConfigurations in the notifications of Stack/Topic',
    );
  });
});

it('refuses notifications that overlap, as S3 does', () => {
  const target = (Id: string, prefix: string, suffix: string, event: string): any => ({
    Id,
    Events: [event],
    LambdaFunctionArn: FUNCTION,
    Filter: {
      Key: {
        FilterRules: [
          { Name: 'prefix', Value: prefix },
          { Name: 'suffix', Value: suffix },
        ],
      },
    },
  });
  const read = (...targets: object[]): unknown =>
    readNotifications({ LambdaFunctionConfigurations: targets as never }, 'here');
  const all = 's3:ObjectCreated:*';
  expect(() =>
    read(target('a', 'raw/', '.csv', all), target('b', 'raw/x/', '', 's3:ObjectCreated:Put')),
  ).toThrow(
    "notifications of here: 'a' and 'b' overlap, and S3 refuses configurations whose prefixes and suffixes overlap for the same event",
  );
  expect(() => read(target('a', 'raw/', '', all), target('b', 'other/', '', all))).not.toThrow();
  expect(() => read(target('a', 'raw/', '.csv', all), target('b', 'raw/', '.txt', all))).not.toThrow();
  expect(() => read(target('a', '', '', all), target('b', '', '', 's3:ObjectRemoved:*'))).not.toThrow();
});
