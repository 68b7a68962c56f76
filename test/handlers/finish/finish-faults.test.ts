import { csvEngine } from '../../../src/engine/csv-engine';
import { finish, type FinishContext } from '../../../src/handlers/finish/finish';
import { failedOutcome } from '../../../src/handlers/finish/job-outcome';
import { PUBLICATION_LIMITS } from '../../../src/handlers/finish/publication';
import { JobStore } from '../../../src/handlers/jobs/job-store';
import type { JobIdentity } from '../../../src/shared/step-contract';
import { Account, PIPELINE, TABLE } from '../account';
import { FaultProxy } from '../fault-proxy';
import { captureLines } from '../standard-output';
import { ARN, FinishedSteps } from './finished-steps';

let account: Account;
let proxy: FaultProxy;
let steps: FinishedSteps;
let context: FinishContext;
beforeAll(async () => {
  account = await Account.start();
  proxy = await FaultProxy.start(account.services.endpoint);
  steps = new FinishedSteps(account);
  context = {
    s3: account.s3At(proxy.endpoint),
    engine: csvEngine,
    store: new JobStore(account.tableAt(proxy.endpoint), TABLE),
    pipeline: PIPELINE,
    inputPrefix: 'raw/',
    retentionSeconds: 60,
    limits: { ...PUBLICATION_LIMITS, firstPauseMs: 0 },
  };
});
afterAll(async () => {
  await proxy.stop();
  await account.stop();
});
afterEach(() => jest.restoreAllMocks());

let output: ReturnType<typeof captureLines>;
beforeEach(() => {
  output = captureLines();
});

it('takes the rejects away again where a newer version arrived after they were visible', async () => {
  const input = await steps.input('overtaken');
  proxy.before({ method: 'PUT', url: /processed\/overtaken/ }, async () => {
    expect(await account.keys('failed/overtaken')).toHaveLength(1);
    await account.put('processed/overtaken.csv', 'newer');
    await account.put(input.job.key, 'newer');
  });
  expect(await finish(context, input)).toEqual({ status: 'SUPERSEDED' });
  expect(await account.keys('failed/overtaken')).toEqual([]);
  expect(await account.text('processed/overtaken.csv')).toBe('newer');
});

it.each([
  ['the rejects are copied', 'PUT', /failed\/retried/],
  ['the output is copied', 'PUT', /processed\/retried/],
  ['the output is staged', 'PUT', /finish\/output.csv/],
])(
  'records nothing where S3 is busy while %s, and succeeds when it is called again',
  async (what, method, url) => {
    const input = await steps.input(`retried-${what.replaceAll(' ', '-')}`);
    proxy.answer({ method, url }, 503, 'SlowDown');
    await expect(finish(context, input)).rejects.toMatchObject({ name: 'TransientError' });
    expect(await account.store.findById(input.job.jobId)).toMatchObject({ status: 'ENRICHING' });
    expect(output.metrics()).toEqual([]);
    expect(await finish(context, input)).toEqual({ status: 'SUCCEEDED' });
  },
);

it('asks for another try where the job table is busy, then knows its own output', async () => {
  const input = await steps.input('table-busy');
  // Two calls read the item, the third writes the end.
  proxy.before({ method: 'POST', url: /^\/$/, times: 2 }, async () => undefined);
  proxy.answer({ method: 'POST', url: /^\/$/ }, 400, 'ThrottlingException');
  await expect(finish(context, input)).rejects.toMatchObject({ name: 'TransientError' });
  const published = await account.head('processed/table-busy.csv');
  expect(output.log('ERROR')).toMatchObject([{ jobId: 'job-table-busy', reason: 'ThrottlingException' }]);
  expect(await finish(context, input)).toEqual({ status: 'SUCCEEDED' });
  expect((await account.head('processed/table-busy.csv'))!.VersionId).toBe(published!.VersionId);
  expect(output.metrics()).toHaveLength(5);
});

it('claims no output where the end of a failed job could not be recorded', async () => {
  const input = await steps.input('failed-while-busy');
  const error = { Error: 'encoding-error', Cause: '{"errorMessage":"byte 7"}' };
  const failed = { ...input, steps: {}, failure: { step: 'validate' as const, error } };
  proxy.before({ method: 'POST', url: /^\/$/ }, async () => undefined);
  proxy.answer({ method: 'POST', url: /^\/$/ }, 400, 'ThrottlingException');
  await expect(finish(context, failed)).rejects.toMatchObject({ name: 'TransientError' });
  expect(output.log('ERROR')).toEqual([]);
  expect(await account.store.findById(input.job.jobId)).toMatchObject({ status: 'ENRICHING' });
});

it('names the permission that is missing, and records it', async () => {
  const input = await steps.input('refused');
  proxy.answer({ method: 'PUT', url: /processed\/refused/ }, 403, 'AccessDenied');
  await expect(finish(context, input)).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(await account.store.findById(input.job.jobId)).toMatchObject({
    status: 'FAILED',
    step: 'finish',
    errorCode: 'AccessDenied',
    errorMessage:
      "writing s3://orders/processed/refused.csv was refused: the function's role needs s3:PutObject on it",
  });
});

it('counts a job once where two calls end it at the same time', async () => {
  const input = await steps.input('twice');
  await Promise.all([finish(context, input), finish(context, input)]);
  expect(output.metrics()).toHaveLength(5);
  expect(await account.text('processed/twice.csv')).toBe('id,n\n1,a\n3,c\n');
});

describe('a job that ends past the execution while it is being published', () => {
  /** The execution was stopped, and its end recorded. */
  const abort = async (job: JobIdentity) =>
    account.store.end({
      ...failedOutcome(
        { steps: {} },
        { step: 'enrich', errorCode: 'execution-aborted', errorMessage: 'stopped' },
      ),
      job,
      attempt: 0,
      durationsMs: {},
      executionArn: ARN,
      finishedAt: new Date().toISOString(),
      expiresAt: 1,
      otherwise: { pipeline: PIPELINE, sizeBytes: 0, createdAt: new Date().toISOString() },
    });

  it('is not published, and its rejects are taken away again', async () => {
    const input = await steps.input('aborted');
    proxy.before({ method: 'PUT', url: /failed\/aborted/ }, () => abort(input.job));
    await expect(finish(context, input)).rejects.toMatchObject({
      name: 'execution-aborted',
      message: 'stopped',
    });
    expect(await account.keys('processed/aborted')).toEqual([]);
    expect(await account.keys('failed/aborted')).toEqual([]);
    expect(output.log('WARN')).toMatchObject([
      { message: 'job ended before it was published: nothing is published', jobId: 'job-aborted' },
    ]);
  });

  it('leaves the rejects of another call that has published the job', async () => {
    const input = await steps.input('overlapping');
    proxy.before({ method: 'PUT', url: /failed\/overlapping/ }, () => finish(context, input));
    expect(await finish(context, input)).toEqual({ status: 'SUCCEEDED' });
    expect(await account.keys('failed/overlapping')).toHaveLength(1);
  });

  it('is told of as an error where it is too late to stop', async () => {
    const input = await steps.input('too-late');
    proxy.before({ method: 'PUT', url: /processed\/too-late/ }, () => abort(input.job));
    await finish(context, input);
    expect(await account.text('processed/too-late.csv')).toBeDefined();
    expect(output.log('ERROR')).toMatchObject([
      {
        message: 'the output is published, but its job could not be recorded as SUCCEEDED',
        jobId: 'job-too-late',
        reason: 'it is FAILED',
      },
    ]);
  });

  it('is told of as a repetition where another call has published and recorded it meanwhile', async () => {
    const input = await steps.input('repeated');
    const other = {
      ...context,
      s3: account.s3At(account.services.endpoint),
      store: new JobStore(account.tableAt(account.services.endpoint), TABLE),
    };
    proxy.before({ method: 'PUT', url: /processed\/repeated/ }, async () => {
      // The first of the table's calls behind the output is the job's end.
      proxy.before({ method: 'POST', url: /^\/$/ }, () => finish(other, input));
    });
    expect(await finish(context, input)).toEqual({ status: 'SUCCEEDED' });
    expect(output.log('WARN')).toMatchObject([{ message: 'job had ended before: nothing is changed' }]);
    expect(output.log('ERROR')).toEqual([]);
  });
});
