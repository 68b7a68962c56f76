import { checkQuality } from '../../../src/handlers/quality/check-quality';
import type { Finding } from '../../../src/handlers/quality/finding';
import { JobIndex } from '../../../src/handlers/quality/job-index';
import type { QualityReport } from '../../../src/handlers/quality/report';
import { handler } from '../../../src/handlers/quality-check.lambda';
import { type JobItem, STATUS_RANK } from '../../../src/shared/job';
import { Account, BUCKET, TABLE } from '../account';
import { captureLines } from '../standard-output';

const DATE = '2026-03-15';
const DURING = '2026-03-15T12:00:00.000Z';
const FORTNIGHT_BEFORE = '2026-03-05T12:00:00.000Z';

let count = 0;
let account: Account;
beforeAll(async () => {
  account = await Account.start();
});
afterAll(() => account.stop());
afterEach(() => jest.restoreAllMocks());

/** Every test looks at a pipeline of its own. */
let pipeline: string;
beforeEach(() => {
  pipeline = `Pipeline-${count++}`;
  process.env.ETL_PIPELINE = pipeline;
});

let output: ReturnType<typeof captureLines>;
beforeEach(() => {
  output = captureLines();
});

/** Stores a job; a succeeded one of 10 rows unless told otherwise, and its output. */
async function job(members: Partial<JobItem> = {}): Promise<JobItem> {
  const name = `file-${count++}`;
  const status = members.status ?? 'SUCCEEDED';
  const item: JobItem = {
    jobId: name,
    fileName: `raw/${name}.csv`,
    status,
    timestamp: DURING,
    pipeline,
    bucket: BUCKET,
    versionId: 'v1',
    sizeBytes: 1,
    rowsRead: 10,
    rowsWritten: 10,
    rowsRejected: 0,
    rowsFiltered: 0,
    countsComplete: true,
    outputs: status === 'SUCCEEDED' ? [`processed/${name}.csv`] : [],
    rejects: null,
    durationsMs: {},
    executionArn: null,
    specSha256: '',
    attempt: 0,
    statusRank: STATUS_RANK[status],
    createdAt: DURING,
    finishedAt: null,
    expiresAt: 1,
    ...members,
  };
  for (const key of item.outputs) await account.put(key, 'x');
  await account.store.create(item);
  return item;
}

async function report(date = DATE): Promise<QualityReport> {
  return JSON.parse((await account.text(`reports/quality/${pipeline}/${date}.json`))!);
}

async function findings(): Promise<readonly Finding[]> {
  await handler({ date: DATE });
  return (await report()).findings;
}

it('finds nothing where all is well, and says so in the report', async () => {
  await job();
  await job({ status: 'SUPERSEDED' });
  expect(await handler({ date: DATE })).toEqual({
    date: DATE,
    findings: 0,
    findingCounts: { 'stuck-job': 0, 'missing-file': 0, 'reject-rate': 0, conservation: 0 },
    reports: [`reports/quality/${pipeline}/2026-03-15.json`, `reports/quality/${pipeline}/2026-03-15.html`],
  });
  expect(await report()).toMatchObject({
    date: DATE,
    pipeline,
    from: '2026-03-15T00:00:00.000Z',
    to: '2026-03-16T00:00:00.000Z',
    jobs: { succeeded: 1, failed: 0 },
    rows: { rowsRead: 10, rowsRejected: 0 },
    findings: [],
    notListed: 0,
  });
  expect(await account.text(`reports/quality/${pipeline}/2026-03-15.html`)).toContain(
    '<p>Nothing was found.</p>',
  );
  expect(output.metrics()).toMatchObject([{ Pipeline: pipeline, QualityFindings: 0 }]);
});

it.each(['PENDING', 'VALIDATING', 'TRANSFORMING', 'ENRICHING'] as const)(
  'finds a job that has been %s for longer than an hour',
  async (status) => {
    const stuck = await job({ status, timestamp: '2026-03-15T22:59:59.999Z' });
    await job({ status, timestamp: '2026-03-15T23:00:00.000Z' });
    expect(await findings()).toEqual([
      {
        kind: 'stuck-job',
        jobId: stuck.jobId,
        fileName: stuck.fileName,
        detail: `${status} since 2026-03-15T22:59:59.999Z`,
      },
    ]);
  },
);

it('finds a job that has been stuck for months', async () => {
  await job({ status: 'ENRICHING', timestamp: '2025-01-01T00:00:00.000Z' });
  expect(await findings()).toMatchObject([{ kind: 'stuck-job' }]);
});

it('finds outputs and rejects that are not there', async () => {
  const { jobId, fileName } = await job({ rejects: 'failed/gone.csv' });
  const kept = await job({ rejects: 'failed/kept.csv' });
  await account.put(kept.rejects!, 'x');
  await account.store.create({ ...kept, jobId: 'no-output', outputs: ['processed/gone.csv'] });
  expect(await findings()).toEqual(
    expect.arrayContaining([
      { kind: 'missing-file', jobId, fileName, detail: 'failed/gone.csv does not exist' },
      {
        kind: 'missing-file',
        jobId: 'no-output',
        fileName: kept.fileName,
        detail: 'processed/gone.csv does not exist',
      },
    ]),
  );
});

it('looks at the files of more jobs than it asks for at a time', async () => {
  for (let index = 0; index < 20; index++) await job({ rejects: `failed/gone-${index}.csv` });
  expect(await findings()).toHaveLength(20);
});

it.each([
  ['rows that do not add up', { rowsWritten: 9 }, 'read 10, written 9, rejected 0, filtered 0'],
  ['a count that is missing', { rowsFiltered: null }, 'read 10, written 10, rejected 0, filtered null'],
])('finds a succeeded job with %s', async (_what, members, detail) => {
  const { jobId, fileName } = await job(members);
  await job({ status: 'FAILED', rowsWritten: 0 });
  expect(await findings()).toEqual([{ kind: 'conservation', jobId, fileName, detail }]);
});

it('finds a reject rate above that of the fourteen days before', async () => {
  await job({ timestamp: FORTNIGHT_BEFORE, rowsRead: 1000, rowsWritten: 990, rowsRejected: 10 });
  await job({ rowsRead: 100, rowsWritten: 90, rowsRejected: 10 });
  expect(await findings()).toEqual([
    { kind: 'reject-rate', detail: '10.00 % of 100 rows were rejected, 1.00 % in the 14 days before' },
  ]);
});

it('counts the rows of failed jobs that were read to their end', async () => {
  await job({ timestamp: FORTNIGHT_BEFORE, rowsRead: 1000, rowsWritten: 1000 });
  await job({ status: 'FAILED', rowsRead: 100, rowsWritten: 0, rowsRejected: 60 });
  await job({ status: 'FAILED', rowsRead: null, rowsRejected: null, countsComplete: false });
  expect(await findings()).toMatchObject([
    { detail: '60.00 % of 100 rows were rejected, 0.00 % in the 14 days before' },
  ]);
});

it('leaves jobs of another pipeline and of other days alone', async () => {
  await job({ pipeline: 'Other', outputs: [], rowsWritten: 1 });
  await job({ timestamp: '2026-03-14T23:59:59.999Z', outputs: [], rowsWritten: 1 });
  await job({ timestamp: '2026-03-16T00:00:00.000Z', outputs: [], rowsWritten: 1 });
  expect(await findings()).toEqual([]);
});

it('looks at the last 24 hours, and at what is stuck by now, where no day is asked for', async () => {
  const now = Date.now();
  const { jobId } = await job({ timestamp: new Date(now - 60_000).toISOString(), rowsWritten: 9 });
  await job({ timestamp: new Date(now - 25 * 3_600_000).toISOString(), rowsWritten: 9 });
  await job({ status: 'PENDING', timestamp: new Date(now - 3_600_001).toISOString() });
  const { date, findingCounts } = await handler({ source: 'aws.events' });
  expect(findingCounts).toMatchObject({ conservation: 1, 'stuck-job': 1 });
  expect((await report(date)).findings).toEqual(expect.arrayContaining([expect.objectContaining({ jobId })]));
});

it('writes one log line a finding, and their number as a metric', async () => {
  await job({ rowsWritten: 9 });
  await job({ rowsWritten: 8 });
  await handler({ date: DATE });
  expect(output.log('WARN')).toMatchObject([
    { message: 'quality finding', kind: 'conservation' },
    { message: 'quality finding', kind: 'conservation' },
  ]);
  expect(output.metrics()).toMatchObject([{ QualityFindings: 2 }]);
});

it('writes a page that a person can open, with nothing in it that a key could inject', async () => {
  await job({ fileName: `raw/<script>"&'.csv`, rowsWritten: 9 });
  await handler({ date: DATE });
  const page = (await account.text(`reports/quality/${pipeline}/2026-03-15.html`))!;
  expect(page).toContain('raw/&lt;script&gt;&quot;&amp;&#39;.csv');
  expect(page).not.toContain('<script');
  expect(page).toContain('<h2>Findings: 1</h2>');
});

it('counts every finding, and lists as many as a person reads', async () => {
  const index = {
    async *jobs(status: string) {
      if (status !== 'SUCCEEDED') return;
      for (let number = 0; number < 600; number++) {
        yield { jobId: `${number}`, fileName: 'raw/a.csv', outputs: [], rejects: null, rowsRead: 1 };
      }
    },
  } as unknown as JobIndex;
  const context = { s3: account.s3, index, pipeline, bucket: BUCKET, stuckAfterMinutes: 60 };
  // Each of them breaks conservation, and has a file that is missing.
  const withFiles = {
    async *jobs(status: string) {
      for await (const found of index.jobs(status as 'SUCCEEDED', new Date(), new Date())) {
        yield { ...found, outputs: ['processed/none.csv'], bucket: BUCKET };
      }
    },
  } as unknown as JobIndex;
  expect(await checkQuality({ ...context, index: withFiles }, { date: DATE })).toMatchObject({
    findings: 1200,
    findingCounts: { conservation: 600, 'missing-file': 600 },
  });
  expect(await report()).toMatchObject({ findings: { length: 1000 }, notListed: 200 });
  expect(await account.text(`reports/quality/${pipeline}/2026-03-15.html`)).toContain(
    '<p>200 more are not listed here.</p>',
  );
});

it.each([['2026-02-30'], ['yesterday'], [7], [null]])('refuses %j as a day', async (date) => {
  await expect(handler({ date })).rejects.toThrow(
    `date is ${JSON.stringify(date)}, expected a day such as 2026-01-31`,
  );
});

it('reads on where the index answers in pages', async () => {
  // A page ends at 1 MB.
  for (let index = 0; index < 6; index++) await job({ executionArn: 'x'.repeat(300_000) });
  const index = new JobIndex(account.table, TABLE, pipeline);
  let found = 0;
  for await (const _job of index.jobs('SUCCEEDED', new Date(0), new Date())) found++;
  expect(found).toBe(6);
});

it('reports what an index shows that lags, and the rest the next time', async () => {
  await job({ rowsRead: 11 });
  await account.services.dynamodb.freezeIndexes();
  await job({ rowsRead: 12 });
  expect(await findings()).toHaveLength(1);
  await account.services.dynamodb.thawIndexes();
  expect(await findings()).toHaveLength(2);
});
