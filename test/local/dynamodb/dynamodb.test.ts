import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListTablesCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { AwsError, type Authorizer, type Principal } from '../../../src/local/services';
import { startLocalServices, type LocalServices } from '../local-services';
import { signedFetch } from '../signed-fetch';

const TableName = 'jobs';
const USER: Principal = { kind: 'user', name: 'local', arn: 'arn:aws:iam::000000000000:user/local' };
const JOBS = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: ['jobId', 'fileName', 'status', 'timestamp'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S' as const,
  })),
  KeySchema: [
    { AttributeName: 'jobId', KeyType: 'HASH' as const },
    { AttributeName: 'fileName', KeyType: 'RANGE' as const },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'status-timestamp',
      KeySchema: [
        { AttributeName: 'status', KeyType: 'HASH' as const },
        { AttributeName: 'timestamp', KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'ALL' as const },
    },
  ],
};

let services: LocalServices;
let client: DynamoDBClient;
let db: DynamoDBDocumentClient;
let refused: string[];
const authorizer: Authorizer = {
  authorize: (_, action, resource) => {
    if (refused.includes(action)) throw new AwsError('AccessDeniedException', `${action} on ${resource}`);
  },
};
beforeAll(async () => {
  services = await startLocalServices({ authorizer });
  await services.dynamodb.createTable(JOBS);
  client = new DynamoDBClient({ ...services.clientConfig, maxAttempts: 1 });
  db = DynamoDBDocumentClient.from(client);
});
afterAll(() => services.stop());
beforeEach(() => {
  refused = [];
});

const put = (item: Record<string, unknown>, more: object = {}): Promise<any> =>
  db.send(new PutCommand({ TableName, Item: { fileName: 'f', ...item }, ...more }));
const get = async (jobId: string): Promise<Record<string, unknown> | undefined> =>
  (await db.send(new GetCommand({ TableName, Key: { jobId, fileName: 'f' }, ConsistentRead: true }))).Item;

it('gives back any item', async () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  await fc.assert(
    fc.asyncProperty(value, async (content) => {
      await put({ jobId: 'any', content });
      expect(await get('any')).toEqual({ jobId: 'any', fileName: 'f', content });
    }),
    { numRuns: 40 },
  );
});

describe('a conditional write', () => {
  const once = { ConditionExpression: 'attribute_not_exists(jobId)' };

  it('lets one of many that come at once through', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => put({ jobId: 'race', n }, once)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('tells the item that it found, where asked to', async () => {
    await put({ jobId: 'found', n: 1 });
    const error = {
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    };
    await expect(put({ jobId: 'found' }, once)).rejects.toMatchObject(error);
    const ALL_OLD = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
    const Item = { jobId: { S: 'found' }, fileName: { S: 'f' }, n: { N: '1' } };
    await expect(put({ jobId: 'found' }, { ...once, ...ALL_OLD })).rejects.toMatchObject({ ...error, Item });
    const Key = { jobId: 'found', fileName: 'f' };
    const changed = {
      ConditionExpression: 'n = :two',
      ExpressionAttributeValues: { ':two': 2 },
      ...ALL_OLD,
    };
    await expect(db.send(new DeleteCommand({ TableName, Key, ...changed }))).rejects.toMatchObject({ Item });
    await expect(
      db.send(
        new UpdateCommand({
          TableName,
          Key: { jobId: 'nobody', fileName: 'f' },
          UpdateExpression: 'SET n = :two',
          ...changed,
        }),
      ),
    ).rejects.toMatchObject({ ...error, Item: undefined });
  });

  it('takes a status forward only', async () => {
    await put({ jobId: 'forward', rank: 1 });
    const to = (rank: number): Promise<unknown> =>
      db.send(
        new UpdateCommand({
          TableName,
          Key: { jobId: 'forward', fileName: 'f' },
          UpdateExpression: 'SET #rank = :rank',
          ConditionExpression: '#rank < :rank',
          ExpressionAttributeNames: { '#rank': 'rank' },
          ExpressionAttributeValues: { ':rank': rank },
          ReturnValuesOnConditionCheckFailure: 'NONE',
        }),
      );
    await to(3);
    await expect(to(2)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: undefined });
    expect(await get('forward')).toMatchObject({ rank: 3 });
  });
});

it('refuses reserved words that are not aliased, as DynamoDB does', async () => {
  await expect(
    db.send(
      new UpdateCommand({
        TableName,
        Key: { jobId: 'x', fileName: 'f' },
        UpdateExpression: 'SET status = :s, #t = :s',
        ExpressionAttributeNames: { '#t': 'timestamp' },
        ExpressionAttributeValues: { ':s': 'PENDING' },
      }),
    ),
  ).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status',
  });
});

it('finds items by an index, in its order, page by page', async () => {
  for (const n of [2, 1, 3]) await put({ jobId: `q${n}`, status: 'FAILED', timestamp: `2026-01-0${n}` });
  const query = (more: object): Promise<any> =>
    db.send(
      new QueryCommand({
        TableName,
        IndexName: 'status-timestamp',
        KeyConditionExpression: '#status = :failed',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':failed': 'FAILED' },
        ...more,
      }),
    );
  const page = await query({ Limit: 2 });
  const rest = await query({ ExclusiveStartKey: page.LastEvaluatedKey });
  const ids = [...page.Items, ...rest.Items].map(({ jobId }: { jobId: string }) => jobId);
  expect(ids).toEqual(['q1', 'q2', 'q3']);
  await expect(query({ ConsistentRead: true })).rejects.toMatchObject({ name: 'ValidationException' });
});

it('shows an index that lags as it was, until it has caught up, and the table as it is', async () => {
  const failed = async (): Promise<string[]> => {
    const { Items } = await db.send(
      new QueryCommand({
        TableName,
        IndexName: 'status-timestamp',
        KeyConditionExpression: '#status = :lagging',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':lagging': 'LAGGING' },
      }),
    );
    return Items!.map((item) => item.jobId as string);
  };
  await put({ jobId: 'lag1', status: 'LAGGING', timestamp: '1' });
  await services.dynamodb.freezeIndexes();
  await put({ jobId: 'lag1', status: 'DONE', timestamp: '2' });
  await put({ jobId: 'lag2', status: 'LAGGING', timestamp: '3' });
  expect(await failed()).toEqual(['lag1']);
  expect(await get('lag1')).toMatchObject({ status: 'DONE' });
  await services.dynamodb.freezeIndexes();
  expect(await failed()).toEqual(['lag2']);
  await put({ jobId: 'lag3', status: 'LAGGING', timestamp: '4' });
  await services.dynamodb.thawIndexes();
  expect(await failed()).toEqual(['lag2', 'lag3']);
});

it('never lags in a local index', async () => {
  const KeySchema = [{ AttributeName: 'a', KeyType: 'HASH' as const }];
  const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' as const });
  await services.dynamodb.createTable({
    TableName: 'local-index',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['a', 'b', 'c'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [...KeySchema, range('b')],
    LocalSecondaryIndexes: [
      { IndexName: 'by-c', KeySchema: [...KeySchema, range('c')], Projection: { ProjectionType: 'ALL' } },
    ],
  });
  await services.dynamodb.freezeIndexes();
  await db.send(new PutCommand({ TableName: 'local-index', Item: { a: '1', b: '1', c: '1' } }));
  const { Count } = await db.send(new ScanCommand({ TableName: 'local-index', IndexName: 'by-c' }));
  expect(Count).toBe(1);
  await services.dynamodb.thawIndexes();
  await client.send(new DeleteTableCommand({ TableName: 'local-index' }));
});

it('keeps what has expired until it is told to delete it, as DynamoDB does for days', async () => {
  const now = new Date('2026-01-01T00:00:00Z');
  const epoch = now.getTime() / 1000;
  await services.dynamodb.createTable({ ...JOBS, TableName: 'expiring' });
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: 'expiring',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    }),
  );
  const items = { past: epoch - 1, present: epoch, text: 'soon', never: undefined };
  for (const [jobId, expiresAt] of Object.entries(items)) {
    const Item = { jobId, fileName: 'f', ...(expiresAt !== undefined && { expiresAt }) };
    await db.send(new PutCommand({ TableName: 'expiring', Item }));
  }
  const left = async () =>
    (await db.send(new ScanCommand({ TableName: 'expiring' }))).Items!.map(({ jobId }) => jobId).sort();
  expect(await left()).toHaveLength(4);
  await services.dynamodb.expire(now);
  expect(await left()).toEqual(['never', 'present', 'text']);
  await client.send(new DeleteTableCommand({ TableName: 'expiring' }));
});

describe('an item of 409,600 bytes, names included', () => {
  const names = 'jobId'.length + 'fileName'.length + 'filler'.length;
  const room = 409_600 - names - 'large'.length - 'f'.length;
  const update = (jobId: string, filler: unknown) =>
    db.send(
      new UpdateCommand({
        TableName,
        Key: { jobId, fileName: 'f' },
        UpdateExpression: 'SET filler = :filler',
        ExpressionAttributeValues: { ':filler': filler },
      }),
    );

  it('is the largest that can be put', async () => {
    await put({ jobId: 'large', filler: 'x'.repeat(room) });
    await expect(put({ jobId: 'large', filler: 'x'.repeat(room + 1) })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Item size has exceeded the maximum allowed size',
    });
  });

  it.each<[string, (text: string) => unknown]>([
    ['a text', (text) => text],
    ['a list', (text) => [text]],
    ['a map', (text) => ({ [text.slice(0, 1)]: text })],
    ['a set', (text) => new Set([text])],
  ])('is counted in bytes of UTF-8, not in characters, in %s', async (_, holding) => {
    const filler = holding('é'.repeat(room / 2 + 1));
    const jobId = 'utf-8';
    await expect(put({ jobId, filler })).rejects.toMatchObject({
      message: 'Item size has exceeded the maximum allowed size',
    });
    const tooLarge = { message: 'Item size to update has exceeded the maximum allowed size' };
    await expect(update(jobId, filler)).rejects.toMatchObject(tooLarge);
    expect(await get(jobId)).toBeUndefined();
    await put({ jobId, kept: true });
    await expect(update(jobId, filler)).rejects.toMatchObject(tooLarge);
    expect(await get(jobId)).toMatchObject({ kept: true });
    await db.send(new DeleteCommand({ TableName, Key: { jobId, fileName: 'f' } }));
  });
});

it('writes and reads in batches', async () => {
  const Items = ['b1', 'b2'].map((jobId) => ({ jobId, fileName: 'f' }));
  await db.send(
    new BatchWriteCommand({ RequestItems: { [TableName]: Items.map((Item) => ({ PutRequest: { Item } })) } }),
  );
  const got = await db.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: Items } } }));
  expect(got.Responses![TableName]).toHaveLength(2);
  const scan = await db.send(
    new ScanCommand({
      TableName,
      FilterExpression: 'begins_with(jobId, :b)',
      ExpressionAttributeValues: { ':b': 'b' },
    }),
  );
  expect(scan.Count).toBe(2);
});

describe('a transaction', () => {
  const Key = (jobId: string): Record<string, string> => ({ jobId, fileName: 'f' });
  const write = (...TransactItems: any[]): Promise<unknown> =>
    db.send(new TransactWriteCommand({ TransactItems }));

  it('does all of its actions', async () => {
    await put({ jobId: 't-old', n: 1 });
    await write(
      { Put: { TableName, Item: { ...Key('t-new'), n: 1 } } },
      {
        Update: {
          TableName,
          Key: Key('t-count'),
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
      { Delete: { TableName, Key: Key('t-gone') } },
      { ConditionCheck: { TableName, Key: Key('t-old'), ConditionExpression: 'attribute_exists(jobId)' } },
      {
        ConditionCheck: { TableName, Key: Key('t-none'), ConditionExpression: 'attribute_not_exists(jobId)' },
      },
    );
    expect(await get('t-new')).toMatchObject({ n: 1 });
    expect(await get('t-count')).toMatchObject({ n: 1 });
    expect(await get('t-old')).toMatchObject({ n: 1 });
    expect(await get('t-none')).toBeUndefined();
    const read = await db.send(
      new TransactGetCommand({
        TransactItems: [{ Get: { TableName, Key: Key('t-new') } }, { Get: { TableName, Key: Key('none') } }],
      }),
    );
    expect(read.Responses).toEqual([{ Item: { ...Key('t-new'), n: 1 } }, {}]);
  });

  it('does none of them where one fails, and says which', async () => {
    await put({ jobId: 'u-old', n: 1 });
    await expect(
      write(
        { Put: { TableName, Item: { ...Key('u-old'), n: 2 } } },
        { Put: { TableName, Item: Key('u-new') } },
        { Put: { TableName, Item: Key('u-old'), ConditionExpression: 'attribute_not_exists(jobId)' } },
      ),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, None, ConditionalCheckFailed]',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      ],
    });
    expect(await get('u-old')).toMatchObject({ n: 1 });
    expect(await get('u-new')).toBeUndefined();
    await expect(write({ Put: { TableName, Item: { jobId: 'no sort key' } } })).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'ValidationError' }],
    });
  });

  it('is refused where it is none', async () => {
    await expect(services.dynamodb.call('TransactWriteItems', {}, USER)).rejects.toThrow(
      'TransactItems must have from 1 to 100 actions',
    );
    await expect(
      services.dynamodb.call('TransactWriteItems', { TransactItems: [{ Put: {}, Delete: {} }] }, USER),
    ).rejects.toThrow('TransactItems can only contain one of Check, Put, Update or Delete');
  });
});

describe('a table', () => {
  it('can be made, described and deleted by its API', async () => {
    await client.send(new CreateTableCommand({ ...JOBS, TableName: 'made' }));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'made' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/made',
    });
    expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['jobs', 'made']);
    await client.send(new DeleteTableCommand({ TableName: 'made' }));
    await expect(
      services.dynamodb.call('GetItem', { TableName: 'made', Key: {} }, USER),
    ).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  it('may be named by its ARN', async () => {
    const TableArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;
    await db.send(new PutCommand({ TableName: TableArn, Item: { jobId: 'by-arn', fileName: 'f' } }));
    expect(await get('by-arn')).toBeDefined();
  });

  it('keeps time to live and point-in-time recovery', async () => {
    const ttl = async (): Promise<object> =>
      (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription!;
    const set = (Enabled: boolean): Promise<unknown> =>
      client.send(
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled },
        }),
      );
    expect(await ttl()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await expect(set(false)).rejects.toThrow('TimeToLive is already disabled');
    await set(true);
    expect(await ttl()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
    await expect(set(true)).rejects.toThrow('TimeToLive is already enabled');

    const backups = async (): Promise<unknown> =>
      (await client.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription!
        .PointInTimeRecoveryDescription!.PointInTimeRecoveryStatus;
    expect(await backups()).toBe('DISABLED');
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    expect(await backups()).toBe('ENABLED');
    await expect(client.send(new DescribeTimeToLiveCommand({ TableName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('a role that may not', () => {
  it('is refused, batch and transaction by their tables and actions', async () => {
    refused = [
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:ConditionCheckItem',
    ];
    const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/jobs';
    await expect(put({ jobId: 'x' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `dynamodb:PutItem on ${TABLE}`,
    });
    const call = (operation: string, input: object): Promise<unknown> =>
      services.dynamodb.call(operation, input, USER);
    await expect(call('Query', { TableName, IndexName: 'i' })).rejects.toThrow(
      `dynamodb:Query on ${TABLE}/index/i`,
    );
    await expect(
      client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [] } })),
    ).rejects.toThrow(`dynamodb:BatchWriteItem on ${TABLE}`);
    await expect(call('TransactGetItems', { TransactItems: [{ Get: { TableName } }] })).rejects.toThrow(
      `dynamodb:GetItem on ${TABLE}`,
    );
    await expect(
      call('TransactWriteItems', { TransactItems: [{ ConditionCheck: { TableName } }] }),
    ).rejects.toThrow(`dynamodb:ConditionCheckItem on ${TABLE}`);
  });

  it('breaks the call where the authorizer itself breaks', async () => {
    const broken = jest.spyOn(authorizer, 'authorize').mockImplementation(() => {
      throw new Error('authorizer is broken');
    });
    await expect(services.dynamodb.call('ListTables', {}, USER)).rejects.toThrow('authorizer is broken');
    await expect(client.send(new ListTablesCommand())).rejects.toMatchObject({ name: 'InternalFailure' });
    broken.mockRestore();
  });
});

it('names operations that it does not provide', async () => {
  await expect(client.send(new ExecuteStatementCommand({ Statement: 'SELECT 1' }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: 'the local run does not provide dynamodb:ExecuteStatement',
  });
});

it('refuses bodies that are not JSON, and values of the wrong type', async () => {
  const response = await signedFetch(services.endpoint, services.credentials, '/', {
    service: 'dynamodb',
    method: 'POST',
    body: 'no json',
    headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' },
  });
  expect(await response.json()).toMatchObject({ __type: 'SerializationException' });
  await expect(services.dynamodb.call('GetItem', { TableName: 5 }, USER)).rejects.toMatchObject({
    code: 'SerializationException',
    message: 'NUMBER_VALUE cannot be converted to String',
  });
});
