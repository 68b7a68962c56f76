import fc from 'fast-check';
import type { JobEnding } from '../../../src/handlers/jobs/job-ending';
import { JobStore } from '../../../src/handlers/jobs/job-store';
import { type JobItem, type JobStatus, STATUS_RANK } from '../../../src/shared/job';
import { Account, BUCKET, PIPELINE, TABLE } from '../account';
import { FaultProxy } from '../fault-proxy';

let account: Account;
let store: JobStore;
beforeAll(async () => {
  account = await Account.start();
  store = account.store;
});
afterAll(() => account.stop());

let count = 0;
/** A job that is stored in a status. */
async function stored(status: JobStatus, attempt = 0): Promise<JobItem> {
  const item = itemOf(`job-${count++}`, status, attempt);
  expect(await store.create(item)).toBe(true);
  return item;
}

function itemOf(jobId: string, status: JobStatus, attempt = 0): JobItem {
  return {
    jobId,
    fileName: 'raw/a.csv',
    status,
    timestamp: '2026-01-31T09:00:00.000Z',
    pipeline: PIPELINE,
    bucket: BUCKET,
    versionId: 'v1',
    sizeBytes: 10,
    rowsRead: null,
    rowsWritten: null,
    rowsRejected: null,
    rowsFiltered: null,
    countsComplete: false,
    outputs: [],
    rejects: null,
    durationsMs: {},
    executionArn: null,
    specSha256: '',
    attempt,
    statusRank: STATUS_RANK[status],
    createdAt: '2026-01-31T09:00:00.000Z',
    finishedAt: null,
    expiresAt: 1,
  };
}

function ending(jobId: string, members: Partial<JobEnding> = {}): JobEnding {
  return {
    job: { jobId, bucket: BUCKET, key: 'raw/a.csv', versionId: 'v1' },
    status: 'SUCCEEDED',
    rowsRead: 3,
    rowsWritten: 2,
    rowsRejected: 1,
    rowsFiltered: 0,
    countsComplete: true,
    outputs: ['processed/a.csv'],
    rejects: 'failed/a.rejects.csv',
    durationsMs: { validate: 5 },
    executionArn: 'arn:execution',
    attempt: 0,
    finishedAt: '2026-01-31T09:00:09.000Z',
    expiresAt: 99,
    specSha256: 'abc',
    otherwise: { pipeline: 'other', sizeBytes: 0, createdAt: '2026-01-31T08:00:00.000Z' },
    ...members,
  };
}

const FAILURE = { step: 'validate', errorCode: 'empty-file', errorMessage: 'the file has no bytes' };
const failed = (jobId: string, attempt = 0) =>
  ending(jobId, { status: 'FAILED', attempt, failure: FAILURE, outputs: [], rejects: null });

it('creates a job once', async () => {
  const item = await stored('PENDING');
  expect(await store.create({ ...item, sizeBytes: 99 })).toBe(false);
  expect(await store.find(item.jobId, item.fileName)).toEqual(item);
  expect(await store.findById(item.jobId)).toEqual(item);
});

it('finds nothing where there is no job', async () => {
  expect(await store.find('none', 'raw/a.csv')).toBeUndefined();
  expect(await store.findById('none')).toBeUndefined();
});

it('writes how a job ended, and leaves what trigger knew better', async () => {
  const item = await stored('ENRICHING');
  expect(await store.end(ending(item.jobId))).toBe(true);
  expect(await store.findById(item.jobId)).toEqual({
    ...item,
    status: 'SUCCEEDED',
    statusRank: 4,
    timestamp: '2026-01-31T09:00:09.000Z',
    finishedAt: '2026-01-31T09:00:09.000Z',
    rowsRead: 3,
    rowsWritten: 2,
    rowsRejected: 1,
    rowsFiltered: 0,
    countsComplete: true,
    outputs: ['processed/a.csv'],
    rejects: 'failed/a.rejects.csv',
    durationsMs: { validate: 5 },
    executionArn: 'arn:execution',
    specSha256: 'abc',
    expiresAt: 99,
  });
});

it('writes a whole item where the execution was started by hand', async () => {
  expect(await store.end({ ...failed('by-hand'), specSha256: undefined })).toBe(true);
  expect(await store.findById('by-hand')).toMatchObject({
    pipeline: 'other',
    bucket: BUCKET,
    versionId: 'v1',
    createdAt: '2026-01-31T08:00:00.000Z',
    specSha256: '',
    ...FAILURE,
  });
});

it.each<[JobStatus, number, 'SUCCEEDED' | 'FAILED' | 'SUPERSEDED', number, boolean]>([
  ['PENDING', 0, 'FAILED', 0, true],
  ['VALIDATING', 0, 'FAILED', 0, true],
  ['VALIDATING', 1, 'SUCCEEDED', 0, false],
  ['ENRICHING', 0, 'SUPERSEDED', 0, true],
  ['SUCCEEDED', 0, 'FAILED', 0, false],
  ['SUCCEEDED', 0, 'FAILED', 1, false],
  ['SUPERSEDED', 0, 'SUCCEEDED', 0, false],
  ['SUPERSEDED', 0, 'SUCCEEDED', 5, false],
  ['FAILED', 0, 'SUCCEEDED', 0, false],
  ['FAILED', 0, 'FAILED', 0, false],
  ['FAILED', 0, 'SUCCEEDED', 1, true],
  ['FAILED', 2, 'SUCCEEDED', 1, false],
])(
  '%s of attempt %i, then %s of attempt %i: written is %s',
  async (status, attempt, next, nextAttempt, written) => {
    const item = await stored(status, attempt);
    const end =
      next === 'FAILED'
        ? failed(item.jobId, nextAttempt)
        : ending(item.jobId, { status: next, attempt: nextAttempt });
    expect(await store.end(end)).toBe(written);
    const after = await store.findById(item.jobId);
    if (written) expect(after).toMatchObject({ status: next, attempt: nextAttempt, statusRank: 4 });
    else expect(after).toEqual(item);
  },
);

it('holds, whatever comes in whatever order, that no write goes back and nothing final is left', async () => {
  const statuses = fc.constantFrom('SUCCEEDED' as const, 'FAILED' as const, 'SUPERSEDED' as const);
  const endings = fc.array(fc.record({ status: statuses, attempt: fc.nat(3) }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(endings, async (writes) => {
      const { jobId } = await stored('ENRICHING');
      let expected: { status: JobStatus; attempt: number } = { status: 'ENRICHING', attempt: 0 };
      for (const { status, attempt } of writes) {
        const counts =
          (expected.status === 'ENRICHING' && attempt >= expected.attempt) ||
          (expected.status === 'FAILED' && attempt > expected.attempt);
        if (counts) expected = { status, attempt };
        const end = status === 'FAILED' ? failed(jobId, attempt) : ending(jobId, { status, attempt });
        expect(await store.end(end)).toBe(counts);
      }
      expect(await store.findById(jobId)).toMatchObject(expected);
    }),
    { numRuns: 25 },
  );
});

it('takes the failure off an item that a redrive turned into a success', async () => {
  const item = await stored('VALIDATING');
  await store.end(failed(item.jobId));
  expect(await store.findById(item.jobId)).toMatchObject(FAILURE);
  await store.end(ending(item.jobId, { attempt: 1 }));
  const after = await store.findById(item.jobId);
  for (const name of Object.keys(FAILURE)) expect(after).not.toHaveProperty(name);
});

it('lets one of many endings that come at once count', async () => {
  const item = await stored('ENRICHING');
  const results = await Promise.all(Array.from({ length: 10 }, () => store.end(ending(item.jobId))));
  expect(results.filter(Boolean)).toHaveLength(1);
});

it('counts a replay once for each state of the item that was read', async () => {
  const first = await stored('SUCCEEDED');
  expect(await Promise.all([store.countReplay(first), store.countReplay(first)])).toEqual(
    expect.arrayContaining([true, false]),
  );
  const second = (await store.findById(first.jobId))!;
  expect(second.replays).toBe(1);
  expect(await store.countReplay(second)).toBe(true);
  expect(await store.countReplay(second)).toBe(false);
  expect((await store.findById(first.jobId))!.replays).toBe(2);
});

it('counts no replay of a job whose item has expired meanwhile', async () => {
  expect(await store.countReplay(itemOf('expired', 'SUCCEEDED'))).toBe(false);
  expect(await store.findById('expired')).toBeUndefined();
});

it('passes on an error that is no failed condition', async () => {
  const proxy = await FaultProxy.start(account.services.endpoint);
  proxy.answer({ method: 'POST', url: /./ }, 400, 'ProvisionedThroughputExceededException');
  const throttled = new JobStore(account.tableAt(proxy.endpoint), TABLE);
  await expect(throttled.create(itemOf('throttled', 'PENDING'))).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
  });
  await proxy.stop();
});
