import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { handler } from '../../../src/handlers/api.lambda';
import { jobIdOf } from '../../../src/handlers/jobs/job-identity';
import { Account, BUCKET, MACHINE_ARN, PIPELINE, TABLE } from '../account';
import { captureLines } from '../standard-output';

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

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: any;
}

async function answerOf(request: Parameters<typeof handler>[0]): Promise<Answer> {
  const { statusCode, headers, body } = await handler(request);
  return { status: statusCode, contentType: headers['Content-Type'], body: JSON.parse(body) };
}

const statusOf = (jobId?: string) =>
  answerOf({ resource: '/status/{jobId}', httpMethod: 'GET', pathParameters: { jobId }, body: null });

const triggerText = (body: string | null) => answerOf({ resource: '/trigger', httpMethod: 'POST', body });

const trigger = (body: unknown) => triggerText(JSON.stringify(body));

const problem = (status: number, title: string, code: string, detail: string): Answer => ({
  status,
  contentType: 'application/problem+json',
  body: { type: 'about:blank', title, status, detail, code },
});

const executionArn = (name: string) => `${MACHINE_ARN.replace('stateMachine', 'execution')}:${name}`;

/** A job that has ended. */
async function ended(key: string): Promise<string> {
  await account.put(key, 'id\n');
  const { body } = await trigger({ key });
  await account.setStatus(body.jobId, key, 'SUCCEEDED');
  return body.jobId;
}

describe('POST /trigger', () => {
  it('starts a job of the current version', async () => {
    await account.put('raw/a.csv', 'old');
    const versionId = await account.put('raw/a.csv', 'id\n1\n');
    const jobId = jobIdOf(PIPELINE, { bucket: BUCKET, key: 'raw/a.csv', versionId });
    expect(await trigger({ key: 'raw/a.csv' })).toEqual({
      status: 202,
      contentType: 'application/json',
      body: { jobId, status: 'PENDING', executionArn: executionArn(jobId) },
    });
    expect(account.executions()).toContain(jobId);
    expect(await account.store.findById(jobId)).toMatchObject({ versionId, sizeBytes: 5 });
  });

  it('starts a job of the version that is asked for', async () => {
    const versionId = await account.put('raw/b.csv', 'old');
    await account.put('raw/b.csv', 'new');
    const { status, body } = await trigger({ key: 'raw/b.csv', versionId });
    expect(status).toBe(202);
    expect(await account.store.findById(body.jobId)).toMatchObject({ versionId });
  });

  it('takes a body in base64', async () => {
    await account.put('raw/base64.csv', 'id\n');
    const body = Buffer.from('{"key":"raw/base64.csv"}').toString('base64');
    const answer = await answerOf({ resource: '/trigger', httpMethod: 'POST', body, isBase64Encoded: true });
    expect(answer.status).toBe(202);
  });

  it('answers 200 with the job that exists already', async () => {
    const jobId = await ended('raw/existing.csv');
    expect(await trigger({ key: 'raw/existing.csv' })).toEqual({
      status: 200,
      contentType: 'application/json',
      body: { jobId, status: 'SUCCEEDED', executionArn: executionArn(jobId) },
    });
  });

  it.each([
    ['no body', null, 'the body is not JSON'],
    ['no JSON', '{"key":', 'the body is not JSON'],
    ['a list', '[]', 'the body is a list, expected a JSON object'],
    ['null', 'null', 'the body is null, expected a JSON object'],
    ['no key', '{}', 'key is missing, expected a string'],
    ['a key that is no text', '{"key":7}', 'key is of type number, expected a string'],
    ['an empty key', '{"key":""}', 'key is empty'],
    [
      'a key that is too long',
      JSON.stringify({ key: `raw/${'é'.repeat(511)}.csv` }),
      'key has more than 1024 bytes, the most that S3 takes',
    ],
    [
      'a replay that is text',
      '{"key":"raw/a.csv","replay":"yes"}',
      'replay is of type string, expected a boolean',
    ],
    [
      'a version that is null',
      '{"key":"raw/a.csv","versionId":null}',
      'versionId is null, expected a string',
    ],
    [
      'a misspelt member',
      '{"key":"raw/a.csv","reply":true}',
      "the body has an unknown member 'reply', expected key, versionId or replay",
    ],
    [
      'a member of every object',
      '{"key":"raw/a.csv","constructor":1}',
      "the body has an unknown member 'constructor', expected key, versionId or replay",
    ],
  ])('answers 400 to %s', async (_what, body, detail) => {
    expect(await triggerText(body)).toEqual(problem(400, 'Bad Request', 'malformed-request', detail));
  });

  it.each(['processed/a.csv', 'raw/a.txt', '../raw/a.csv', 'RAW/a.csv'])('answers 403 to %s', async (key) => {
    expect(await trigger({ key })).toEqual(
      problem(
        403,
        'Forbidden',
        'not-an-input',
        'the key is not input of this pipeline: it takes keys under raw/ that end in .csv',
      ),
    );
  });

  it('answers 404 where there is no such object, or it has been deleted', async () => {
    expect(await trigger({ key: 'raw/none.csv' })).toEqual(
      problem(404, 'Not Found', 'object-not-found', 'there is no such object: raw/none.csv'),
    );
    await account.put('raw/deleted.csv', 'id\n');
    await account.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'raw/deleted.csv' }));
    expect(await trigger({ key: 'raw/deleted.csv' })).toMatchObject({ status: 404 });
  });

  it('answers 404 where the object has no such version', async () => {
    await account.put('raw/versions.csv', 'id\n');
    const versionId = await account.put('raw/other.csv', 'id\n');
    expect(await trigger({ key: 'raw/versions.csv', versionId })).toEqual(
      problem(404, 'Not Found', 'object-not-found', 'there is no such object version: raw/versions.csv'),
    );
  });
});

describe('a replay', () => {
  it('is a job of its own, and leaves the first as it is', async () => {
    const jobId = await ended('raw/replayed.csv');
    const { status, body } = await trigger({ key: 'raw/replayed.csv', replay: true });
    expect(status).toBe(202);
    expect(body).toEqual({
      jobId: `${jobId}-1`,
      status: 'PENDING',
      executionArn: executionArn(`${jobId}-1`),
    });
    expect(account.executions()).toContain(`${jobId}-1`);
    expect(await account.store.findById(jobId)).toMatchObject({ status: 'SUCCEEDED', replays: 1 });
    await account.setStatus(`${jobId}-1`, 'raw/replayed.csv', 'FAILED');
    expect((await trigger({ key: 'raw/replayed.csv', replay: true })).body.jobId).toBe(`${jobId}-2`);
  });

  it('is the first run where there was none', async () => {
    const versionId = await account.put('raw/never-run.csv', 'id\n');
    const { status, body } = await trigger({ key: 'raw/never-run.csv', replay: true });
    expect(status).toBe(202);
    expect(body.jobId).toBe(jobIdOf(PIPELINE, { bucket: BUCKET, key: 'raw/never-run.csv', versionId }));
  });

  it('is refused while the job is running', async () => {
    const jobId = await ended('raw/running.csv');
    await account.setStatus(jobId, 'raw/running.csv', 'TRANSFORMING');
    expect(await trigger({ key: 'raw/running.csv', replay: true })).toEqual(
      problem(
        409,
        'Conflict',
        'job-running',
        `job ${jobId} is TRANSFORMING: only a job that has ended is replayed`,
      ),
    );
  });

  it('is refused while another replay is running', async () => {
    const jobId = await ended('raw/replaying.csv');
    await trigger({ key: 'raw/replaying.csv', replay: true });
    expect(await trigger({ key: 'raw/replaying.csv', replay: true })).toEqual(
      problem(
        409,
        'Conflict',
        'job-running',
        `job ${jobId}-1 is PENDING: only a job that has ended is replayed`,
      ),
    );
  });

  it('is started once where many ask for it at once', async () => {
    const jobId = await ended('raw/asked-often.csv');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => trigger({ key: 'raw/asked-often.csv', replay: true })),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    for (const { status, body } of answers) {
      if (status === 200) expect(body.jobId).toBe(`${jobId}-1`);
      else if (status === 409) expect(['replay-running', 'job-running']).toContain(body.code);
      else expect(status).toBe(202);
    }
    expect(await account.store.findById(jobId)).toMatchObject({ replays: 1 });
    expect(await account.store.findById(`${jobId}-2`)).toBeUndefined();
  });

  it('is started after all where it was counted, but never written', async () => {
    const jobId = await ended('raw/died.csv');
    await account.store.countReplay((await account.store.findById(jobId))!);
    expect(await trigger({ key: 'raw/died.csv', replay: true })).toMatchObject({
      status: 202,
      body: { jobId: `${jobId}-1` },
    });
  });
});

describe('GET /status/{jobId}', () => {
  it("answers the job's item, without what only conditions need", async () => {
    const jobId = await ended('raw/status.csv');
    await trigger({ key: 'raw/status.csv', replay: true });
    const { statusRank, replays, ...item } = (await account.store.findById(jobId))!;
    expect([statusRank, replays]).toEqual([4, 1]);
    expect(await statusOf(jobId)).toEqual({ status: 200, contentType: 'application/json', body: item });
    expect((await statusOf(`${jobId}-1`)).body).toMatchObject({ jobId: `${jobId}-1`, status: 'PENDING' });
  });

  it.each(['abc', '', undefined, `${'0'.repeat(32)}-0`, `${'0'.repeat(32)}/x`])(
    'answers 400 to %j',
    async (jobId) => {
      expect(await statusOf(jobId)).toEqual(
        problem(
          400,
          'Bad Request',
          'malformed-request',
          'the job id is not 32 hex characters, with or without -<n> of a replay',
        ),
      );
    },
  );

  it('answers 400 to a request without path parameters', async () => {
    expect(await answerOf({ resource: '/status/{jobId}', httpMethod: 'GET' })).toMatchObject({ status: 400 });
  });

  it('answers 404 where there is no such job', async () => {
    expect(await statusOf('0'.repeat(32))).toEqual(
      problem(404, 'Not Found', 'job-not-found', `there is no job ${'0'.repeat(32)}`),
    );
  });

  it('does not show the jobs of another pipeline that shares the table', async () => {
    const jobId = await ended('raw/shared.csv');
    process.env.ETL_PIPELINE = 'Other';
    const answer = await statusOf(jobId);
    process.env.ETL_PIPELINE = PIPELINE;
    expect(answer.status).toBe(404);
  });
});

it('answers 404 to what it does not route', async () => {
  expect(await answerOf({ resource: '/jobs', httpMethod: 'DELETE' })).toEqual(
    problem(404, 'Not Found', 'no-such-route', 'there is no DELETE /jobs'),
  );
});

it('answers 500, and logs the reason, where something is wrong with the deployment', async () => {
  await account.put('raw/broken.csv', 'id\n');
  process.env.ETL_JOB_TABLE = 'none';
  const answer = await trigger({ key: 'raw/broken.csv' });
  process.env.ETL_JOB_TABLE = TABLE;
  expect(answer).toEqual(
    problem(
      500,
      'Internal Server Error',
      'internal-error',
      "the request failed; the function's log has the reason",
    ),
  );
  expect(output.log('ERROR')).toMatchObject([
    { message: 'request failed', error: 'ResourceNotFoundException' },
  ]);
});
