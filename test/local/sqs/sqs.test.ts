import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import {
  AwsError,
  type Authorizer,
  type Principal,
  type TemplateResource,
} from '../../../src/local/services';
import { QueueResources } from '../../../src/local/sqs/queue-resources';
import { startLocalServices, type LocalServices } from '../local-services';
import { signedFetch } from '../signed-fetch';

const LAMBDA: Principal = {
  kind: 'service',
  name: 'lambda.amazonaws.com',
  arn: 'arn:aws:iam::000000000000:root',
};
let services: LocalServices;
let sqs: SQSClient;
let refused: string[] = [];
const authorizer: Authorizer = {
  authorize: (_, action, resource) => {
    if (refused.includes(action)) throw new AwsError('AccessDeniedException', `${action} on ${resource}`);
  },
};
beforeAll(async () => {
  services = await startLocalServices({ authorizer });
  sqs = new SQSClient({ ...services.clientConfig, maxAttempts: 1 });
});
afterAll(() => services.stop());

let number = 0;
/** A queue that no other test uses. */
function queue(attributes: Record<string, string> = {}): { url: string; arn: string } {
  const { name, arn } = services.sqs.createQueue(`queue-${number++}`, attributes);
  return { url: services.sqs.queueUrl(name), arn };
}
const send = (QueueUrl: string, MessageBody: string, more: object = {}): Promise<any> =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const receive = async (QueueUrl: string, more: object = {}): Promise<Message[]> =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...more }))).Messages ?? [];
const attributesOf = async (QueueUrl: string): Promise<Record<string, string>> =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes!;

it('brings messages with their attributes, in the digests that the SDK verifies', async () => {
  const { url } = queue();
  const MessageAttributes = {
    text: { DataType: 'String', StringValue: 'käse 😀' },
    count: { DataType: 'Number', StringValue: '7' },
    bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
  };
  const sent = await send(url, 'hello', { MessageAttributes });
  expect(sent).toMatchObject({
    MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
    MessageId: expect.any(String),
  });
  const [message] = await receive(url, {
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'hello',
    MessageAttributes,
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    Attributes: {
      ApproximateReceiveCount: '1',
      SenderId: 'local',
      SentTimestamp: expect.stringMatching(/^\d{13}$/),
      ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
    },
  });
});

it('brings only the attributes that are asked for', async () => {
  const { url } = queue();
  const value = { DataType: 'String', StringValue: 'x' };
  await send(url, 'x', { MessageAttributes: { 'a.one': value, 'a.two': value, other: value } });
  const names = async (more: object): Promise<string[]> => {
    const [message] = await receive(url, { VisibilityTimeout: 0, ...more });
    return Object.keys(message.MessageAttributes ?? {});
  };
  expect(await names({})).toEqual([]);
  expect(await names({ MessageAttributeNames: ['other', 'none'] })).toEqual(['other']);
  expect(await names({ MessageAttributeNames: ['a.*'] })).toEqual(['a.one', 'a.two']);
  const [message] = await receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
  expect(message.Attributes).toEqual({ ApproximateReceiveCount: '4' });
});

it('hides a message in flight until it is deleted or given back', async () => {
  const { url } = queue();
  await send(url, 'once');
  const [message] = await receive(url, { MaxNumberOfMessages: 10 });
  expect(await receive(url)).toEqual([]);
  expect(await attributesOf(url)).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '1',
  });
  const { ReceiptHandle } = message;
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
  const [again] = await receive(url);
  expect(again.ReceiptHandle).not.toBe(ReceiptHandle);
  await expect(
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 })),
  ).rejects.toMatchObject({ name: 'MessageNotInflight' });
  await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: again.ReceiptHandle }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: again.ReceiptHandle }));
  expect(await attributesOf(url)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '0' });
});

describe('a receiver that waits', () => {
  it('gets the message as soon as it is sent', async () => {
    const { url, arn } = queue({ ReceiveMessageWaitTimeSeconds: '20' });
    const received = receive(url);
    await services.journal.waitFor((entry) => entry.kind === 'request');
    await services.sqs.send(arn, 'late', { code: '500' }, LAMBDA);
    expect(await received).toMatchObject([{ Body: 'late' }]);
  });

  it('gets a message that becomes visible again', async () => {
    const { url } = queue();
    await send(url, 'again');
    await receive(url, { VisibilityTimeout: 1 });
    expect(await receive(url, { WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'again' }]);
  });

  it('gets a delayed message when its time has come', async () => {
    const { url } = queue({ DelaySeconds: '1' });
    await send(url, 'delayed');
    expect(await attributesOf(url)).toMatchObject({ ApproximateNumberOfMessagesDelayed: '1' });
    expect(await receive(url)).toEqual([]);
    expect(await receive(url, { WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'delayed' }]);
  });

  it('goes with nothing when its time is over', async () => {
    const { url } = queue();
    expect(await receive(url, { WaitTimeSeconds: 1 })).toEqual([]);
  });

  it('does not hold up the end of the run', async () => {
    const local = await startLocalServices();
    local.sqs.createQueue('waiting');
    const client = new SQSClient({ ...local.clientConfig, maxAttempts: 1 });
    const QueueUrl = local.sqs.queueUrl('waiting');
    const received = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await expect(Promise.all([received, local.stop()])).rejects.toThrow();
  });
});

it('moves what is received too often to the dead-letter queue', async () => {
  const dead = queue();
  const { url } = queue({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 }),
    VisibilityTimeout: '0',
  });
  await send(url, 'poison');
  await receive(url);
  await receive(url);
  expect(await receive(url)).toEqual([]);
  expect(await receive(dead.url)).toMatchObject([{ Body: 'poison' }]);
  expect(JSON.parse((await attributesOf(url)).RedrivePolicy)).toEqual({
    deadLetterTargetArn: dead.arn,
    maxReceiveCount: 2,
  });
});

describe('a batch', () => {
  it('tells each result by itself', async () => {
    const { url } = queue();
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'good', MessageBody: 'x' },
          { Id: 'bad', MessageBody: '' },
        ],
      }),
    );
    expect(sent.Successful).toMatchObject([
      { Id: 'good', MD5OfMessageBody: '9dd4e461268c8034f5c8564e155c67a6' },
    ]);
    expect(sent.Failed).toEqual([
      {
        Id: 'bad',
        SenderFault: true,
        Code: 'MissingParameter',
        Message: 'The request must contain the parameter MessageBody.',
      },
    ]);
    const [{ ReceiptHandle }] = await receive(url);
    const visible = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: [{ Id: '1', ReceiptHandle, VisibilityTimeout: 60 }],
      }),
    );
    expect(visible.Successful).toEqual([{ Id: '1' }]);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: '1', ReceiptHandle },
          { Id: '2', ReceiptHandle: '' },
        ],
      }),
    );
    expect(deleted).toMatchObject({
      Successful: [{ Id: '1' }],
      Failed: [{ Id: '2', Code: 'MissingParameter' }],
    });
  });

  it.each([
    [[], 'EmptyBatchRequest'],
    [
      [
        { Id: 'a', MessageBody: 'x' },
        { Id: 'a', MessageBody: 'x' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    [
      Array.from({ length: 11 }, (_, n) => ({ Id: `${n}`, MessageBody: 'x' })),
      'TooManyEntriesInBatchRequest',
    ],
  ])('of %j entries is refused', async (Entries, name) => {
    const { url } = queue();
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))).rejects.toMatchObject({
      name,
    });
  });
});

it('finds, lists, changes and purges queues', async () => {
  const { url, arn } = queue({ SqsManagedSseEnabled: 'true' });
  const QueueName = url.split('/').at(-1)!;
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl).toBe(url);
  expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: QueueName }))).QueueUrls).toEqual([url]);
  expect((await sqs.send(new ListQueuesCommand())).QueueUrls!.length).toBeGreaterThan(1);
  await sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl: url,
      Attributes: { VisibilityTimeout: '7', RedrivePolicy: '' },
    }),
  );
  expect(await attributesOf(url)).toMatchObject({
    VisibilityTimeout: '7',
    SqsManagedSseEnabled: 'true',
    QueueArn: arn,
  });
  const one = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['DelaySeconds'] }),
  );
  expect(one.Attributes).toEqual({ DelaySeconds: '0' });
  await send(url, 'x');
  await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
  expect(await receive(url)).toEqual([]);
});

describe('what SQS would refuse', () => {
  it('is refused by its codes', async () => {
    const { url } = queue({ MaximumMessageSize: '1024' });
    await expect(send(`${url}-none`, 'x')).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
    await expect(
      send(url, 'x'.repeat(1000), {
        MessageAttributes: { long: { DataType: 'String', StringValue: 'x'.repeat(30) } },
      }),
    ).rejects.toThrow('Message must be shorter than 1024 bytes.');
    await expect(receive(url, { MaxNumberOfMessages: 11 })).rejects.toThrow(
      'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10.',
    );
    await expect(
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: 'long' } })),
    ).rejects.toThrow("Invalid value for the parameter VisibilityTimeout: 'long'");
    await expect(
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy: '{}' } })),
    ).rejects.toThrow('Value {} for parameter RedrivePolicy is invalid');
  });

  it('is named where the run does not provide it', async () => {
    const { url } = queue();
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'x' }))).rejects.toMatchObject({
      name: 'UnsupportedOperation',
      message: 'the local run does not provide sqs:CreateQueue',
    });
    await expect(
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { FifoQueue: 'true' } })),
    ).rejects.toThrow('the local run does not provide the queue attribute FifoQueue');
    expect(() => services.sqs.createQueue('orders.fifo')).toThrow(
      'the local run provides standard queues only',
    );
    services.sqs.createQueue('taken');
    expect(() => services.sqs.createQueue('taken')).toThrow("a queue named 'taken' exists already");
  });

  it('has a policy that cannot be judged', async () => {
    const { url } = queue();
    const set = (Policy: string): Promise<unknown> =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
    const Statement = { Effect: 'Allow', NotPrincipal: '*', Action: '*', Resource: '*' };
    await expect(set(JSON.stringify({ Statement }))).rejects.toThrow(
      'the local run does not provide the policy element NotPrincipal',
    );
    await expect(set('{')).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
    await expect(set('')).resolves.toBeDefined();
  });

  it('is what the sender may not do', async () => {
    const { url, arn } = queue();
    refused = ['sqs:SendMessage'];
    await expect(send(url, 'x')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `sqs:SendMessage on ${arn}`,
    });
    await expect(services.sqs.send(arn, 'x', {}, LAMBDA)).rejects.toThrow(`sqs:SendMessage on ${arn}`);
    refused = [];
  });

  it('is a batch whose service breaks', async () => {
    const { url } = queue();
    const broken = jest.spyOn(services.sqs.queue(url.split('/').at(-1)!), 'add').mockImplementation(() => {
      throw new Error('broken');
    });
    const Entries = [{ Id: '1', MessageBody: 'x' }];
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))).rejects.toMatchObject({
      name: 'InternalFailure',
    });
    broken.mockRestore();
  });

  it('is a body that is not JSON', async () => {
    const response = await signedFetch(services.endpoint, services.credentials, '/', {
      service: 'sqs',
      method: 'POST',
      body: '{',
      headers: { 'x-amz-target': 'AmazonSQS.SendMessage' },
    });
    expect(await response.json()).toMatchObject({ __type: 'SerializationException' });
  });
});

describe('queues of the template', () => {
  const resource = (type: string, properties: Record<string, unknown>): TemplateResource => ({
    type,
    properties,
    logicalId: 'Dlq',
    metadata: {},
    stackName: 'Stack',
    path: 'Stack/Dlq',
  });

  it('are made with their attributes, and keep their policies', async () => {
    const resources = new QueueResources(services.sqs);
    const dead = queue();
    const { ref, attributes } = resources.provide(
      resource('AWS::SQS::Queue', {
        MessageRetentionPeriod: 1209600,
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: dead.arn, maxReceiveCount: 3 },
      }),
    );
    expect(ref).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\/Stack-Dlq-[0-9a-f]{12}$/);
    expect(attributes).toEqual({
      Arn: expect.stringMatching(/^arn:aws:sqs:us-east-1:000000000000:Stack-Dlq-/),
      QueueName: expect.stringMatching(/^Stack-Dlq-/),
      QueueUrl: ref,
    });
    const PolicyDocument = { Statement: [] };
    resources.provide(resource('AWS::SQS::QueuePolicy', { Queues: [ref], PolicyDocument }));
    expect(await attributesOf(ref)).toMatchObject({
      MessageRetentionPeriod: '1209600',
      Policy: JSON.stringify(PolicyDocument),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 }),
    });
    expect(
      resources.provide(resource('AWS::SQS::Queue', { QueueName: 'named-dev' })).attributes.QueueName,
    ).toBe('named-dev');
    expect(() => resources.provide(resource('AWS::SQS::Queue', { FifoQueue: true }))).toThrow(
      'the local run does not provide the property FifoQueue of AWS::SQS::Queue, used at Stack/Dlq',
    );
  });
});
