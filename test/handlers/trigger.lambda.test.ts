import { Account, BUCKET, MACHINE_ARN, PIPELINE } from './account';
import { captureLines } from './standard-output';
import { handler } from '../../src/handlers/trigger.lambda';
import type { JobItem } from '../../src/shared/job';

let account: Account;
beforeAll(async () => {
  account = await Account.start();
});
afterAll(() => account.stop());
afterEach(() => jest.restoreAllMocks());

let output: ReturnType<typeof captureLines>;
beforeEach(() => {
  output = captureLines();
});

function record(
  key: string,
  versionId: string | undefined = 'v1',
  bucket = BUCKET,
  eventName = 'ObjectCreated:Put',
) {
  return {
    eventSource: 'aws:s3',
    eventName,
    s3: { bucket: { name: bucket }, object: { key, size: 42, versionId, sequencer: '00' } },
  };
}

function bridged(key: string, detailType = 'Object Created') {
  return {
    source: 'aws.s3',
    'detail-type': detailType,
    detail: { bucket: { name: BUCKET }, object: { key, size: 7, 'version-id': 'v1' } },
  };
}

async function items(fileName: string): Promise<JobItem[]> {
  const { Items } = (await account.services.dynamodb.call(
    'Scan',
    { TableName: 'jobs' },
    { kind: 'user', name: 'local', arn: '' },
  )) as { Items: Array<Record<string, any>> };
  const ids = Items.filter((item) => item.fileName.S === fileName).map((item) => item.jobId.S as string);
  return Promise.all(ids.map(async (id) => (await account.store.find(id, fileName))!));
}

it('writes the job as PENDING and starts the execution that bears its id', async () => {
  expect(await handler({ Records: [record('raw/new.csv')] })).toEqual({
    started: 1,
    existing: 0,
    ignored: 0,
  });
  const [item] = await items('raw/new.csv');
  expect(item).toMatchObject({
    fileName: 'raw/new.csv',
    status: 'PENDING',
    pipeline: PIPELINE,
    bucket: BUCKET,
    versionId: 'v1',
    sizeBytes: 42,
    rowsRead: null,
    countsComplete: false,
    outputs: [],
    rejects: null,
    executionArn: null,
    attempt: 0,
    statusRank: 0,
    finishedAt: null,
  });
  expect(item.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(item.expiresAt - Math.floor(Date.parse(item.createdAt) / 1000)).toBe(7_776_000);
  const arn = `${MACHINE_ARN.replace('stateMachine', 'execution')}:${item.jobId}`;
  expect(JSON.parse(account.machines.execution(arn).input)).toEqual({
    contract: 1,
    job: { jobId: item.jobId, bucket: BUCKET, key: 'raw/new.csv', versionId: 'v1' },
  });
});

it('makes one item and one execution of an event that comes twenty times at once', async () => {
  const event = { Records: [record('raw/often.csv')] };
  const results = await Promise.all(Array.from({ length: 20 }, () => handler(event)));
  expect(results.reduce((sum, { started }) => sum + started, 0)).toBe(1);
  const all = await items('raw/often.csv');
  expect(all).toHaveLength(1);
  expect(account.executions().filter((name) => name === all[0].jobId)).toHaveLength(1);
});

it('makes a job of its own of every version of an object', async () => {
  await handler({ Records: [record('raw/again.csv', 'v1')] });
  await handler({ Records: [record('raw/again.csv', 'v2')] });
  expect(await items('raw/again.csv')).toHaveLength(2);
});

it('starts nothing for a job that is past PENDING', async () => {
  await handler({ Records: [record('raw/running.csv')] });
  const [{ jobId }] = await items('raw/running.csv');
  await account.services.dynamodb.call(
    'UpdateItem',
    {
      TableName: 'jobs',
      Key: { jobId: { S: jobId }, fileName: { S: 'raw/running.csv' } },
      UpdateExpression: 'SET statusRank = :rank, executionArn = :arn',
      ExpressionAttributeValues: { ':rank': { N: '1' }, ':arn': { S: 'arn:of:the:execution' } },
    },
    { kind: 'user', name: 'local', arn: '' },
  );
  const requests = () =>
    account.services.journal.entries.filter(
      (entry) => entry.kind === 'request' && entry.operation === 'StartExecution',
    ).length;
  const before = requests();
  expect(await handler({ Records: [record('raw/running.csv')] })).toEqual({
    started: 0,
    existing: 1,
    ignored: 0,
  });
  expect(requests()).toBe(before);
});

it('takes an execution of that name that has ended for the one it wanted to start', async () => {
  await handler({ Records: [record('raw/ended.csv')] });
  const [{ jobId }] = await items('raw/ended.csv');
  await account.machines.ended(`${MACHINE_ARN.replace('stateMachine', 'execution')}:${jobId}`);
  expect(await handler({ Records: [record('raw/ended.csv')] })).toEqual({
    started: 0,
    existing: 1,
    ignored: 0,
  });
});

it.each([
  ['a space', 'raw/my+file.csv', 'raw/my file.csv'],
  ['a plus', 'raw/a%2Bb.csv', 'raw/a+b.csv'],
  ['a percent sign', 'raw/100%25.csv', 'raw/100%.csv'],
  ['letters of other scripts', 'raw/%E6%97%A5%E6%9C%AC+%281%29.csv', 'raw/日本 (1).csv'],
])('decodes a notification for a key with %s', async (_what, encoded, key) => {
  await handler({ Records: [record(encoded)] });
  expect(await items(key)).toHaveLength(1);
});

it("takes the key of EventBridge's event as it is", async () => {
  expect(await handler(bridged('raw/a+b%20c.csv'))).toEqual({ started: 1, existing: 0, ignored: 0 });
  expect(await items('raw/a+b%20c.csv')).toMatchObject([{ versionId: 'v1', sizeBytes: 7 }]);
});

it.each([
  ["S3's test event", { Service: 'Amazon S3', Event: 's3:TestEvent' }, "S3's test event"],
  [
    'a deletion',
    { Records: [record('raw/a.csv', 'v1', BUCKET, 'ObjectRemoved:Delete')] },
    'event ObjectRemoved:Delete',
  ],
  ["EventBridge's deletion", bridged('raw/a.csv', 'Object Deleted'), 'event Object Deleted'],
  [
    'a key outside the prefix',
    { Records: [record('processed/a.csv')] },
    'the key is not input of the pipeline',
  ],
  ['a key with another suffix', { Records: [record('raw/a.txt')] }, 'the key is not input of the pipeline'],
  ['a folder', { Records: [record('raw/folder.csv/')] }, 'the key is not input of the pipeline'],
  [
    'another bucket',
    { Records: [record('raw/a.csv', 'v1', 'theirs')] },
    "bucket theirs is not the pipeline's",
  ],
])('ignores %s, and says why', async (_what, event, reason) => {
  expect(await handler(event)).toEqual({ started: 0, existing: 0, ignored: 1 });
  expect(output.log('INFO')).toMatchObject([{ message: 'event ignored', reason }]);
});

it.each([
  ['undefined', undefined],
  ['null, which the next upload overwrites', 'null'],
])('leaves the version empty where it is %s', async (_what, versionId) => {
  const key = `raw/unversioned-${versionId}.csv`;
  const event = record(key);
  await handler({ Records: [{ ...event, s3: { ...event.s3, object: { key, versionId } } }] });
  expect(await items(key)).toMatchObject([{ versionId: '', sizeBytes: 0 }]);
});

it('tries every record before it throws', async () => {
  const event = {
    Records: [record('raw/%zz.csv'), record('raw/good.csv'), { eventName: 'ObjectCreated:Put' }],
  };
  await expect(handler(event)).rejects.toThrow('2 of 3 records could not be handled: URI malformed');
  expect(await items('raw/good.csv')).toHaveLength(1);
});

it('says what a record lacks', async () => {
  await expect(handler({ Records: [{ eventName: 'ObjectCreated:Put' }] })).rejects.toThrow(
    '1 of 1 records could not be handled: the event has no text at s3.bucket.name',
  );
});

it.each([[undefined], ['text'], [{}], [{ source: 'aws.ec2' }], [[]]])(
  'throws on an event that it does not know: %j',
  async (event) => {
    await expect(handler(event)).rejects.toThrow(
      "the event is neither an S3 notification nor EventBridge's 'Object Created'",
    );
  },
);

it('throws where the state machine cannot be started, and starts the job when the event comes again', async () => {
  const arn = process.env.ETL_STATE_MACHINE_ARN;
  process.env.ETL_STATE_MACHINE_ARN = `${arn}-gone`;
  await expect(handler({ Records: [record('raw/late.csv')] })).rejects.toThrow(
    /State Machine Does Not Exist/,
  );
  process.env.ETL_STATE_MACHINE_ARN = arn;
  expect(await handler({ Records: [record('raw/late.csv')] })).toEqual({
    started: 0,
    existing: 1,
    ignored: 0,
  });
  const [{ jobId }] = await items('raw/late.csv');
  expect(account.executions()).toContain(jobId);
});
