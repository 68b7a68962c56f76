import { handler } from '../../../src/handlers/finish.lambda';
import type { FinishInput } from '../../../src/shared/execution-contract';
import type { JobItem, JobStatus } from '../../../src/shared/job';
import type { JobIdentity, StageName } from '../../../src/shared/step-contract';
import { DEFAULT_DIALECT } from '../../../src/spec/dialect-spec';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { Account, PIPELINE } from '../account';
import { captureLines } from '../standard-output';
import { ARN, FinishedSteps } from './finished-steps';

let account: Account;
let steps: FinishedSteps;
beforeAll(async () => {
  account = await Account.start();
  steps = new FinishedSteps(account);
});
afterAll(() => account.stop());
afterEach(() => jest.restoreAllMocks());

let output: ReturnType<typeof captureLines>;
beforeEach(() => {
  output = captureLines();
});

async function itemOf({ job }: { job: JobIdentity }): Promise<JobItem> {
  return (await account.store.find(job.jobId, job.key))!;
}

const CAUSE = JSON.stringify({
  errorType: 'type-error',
  errorMessage: 'record 7, column n',
  trace: ['at x'],
});

/** What the state machine sends when a stage failed, with the steps before it done. */
async function failureOf(
  name: string,
  step: StageName,
  status: JobStatus,
  done: number,
  error = { Error: 'type-error', Cause: CAUSE },
  spec: Partial<PipelineSpec> = {},
): Promise<FinishInput> {
  const { job, steps: all, ...rest } = await steps.input(name, spec);
  const jobId = `${job.jobId}-f`;
  await steps.store({ ...job, jobId }, status);
  return {
    ...rest,
    job: { ...job, jobId },
    steps: Object.fromEntries(Object.entries(all).slice(0, done)),
    failure: { step, error },
  };
}

describe('a failure that was caught', () => {
  const detecting = { dialect: { ...DEFAULT_DIALECT, detect: ['delimiter', 'header'] as const } };

  it('tells how the source was found to be written, which may be the reason', async () => {
    const input = await failureOf('found-out', 'validate', 'VALIDATING', 0, undefined, detecting);
    await handler(input);
    expect(await itemOf(input)).toMatchObject({
      status: 'FAILED',
      dialect: { delimiter: ',', quoteChar: '"', header: true, encoding: 'utf-8' },
    });
  });

  it('is recorded also where the source can no longer be read', async () => {
    const input = await failureOf('source-gone', 'validate', 'VALIDATING', 0, undefined, detecting);
    const gone = { ...input, job: { ...input.job, key: 'raw/no-such.csv' } };
    await handler(gone);
    expect(await itemOf(gone)).toMatchObject({ status: 'FAILED', errorCode: 'type-error' });
    expect(await itemOf(gone)).not.toHaveProperty('dialect');
  });

  it('is recorded with the step, the code and the message of the function', async () => {
    const input = await failureOf('caught', 'transform', 'TRANSFORMING', 1);
    expect(await handler(input)).toEqual({ status: 'FAILED' });
    expect(await itemOf(input)).toMatchObject({
      status: 'FAILED',
      step: 'transform',
      errorCode: 'type-error',
      errorMessage: 'record 7, column n',
      rowsRead: 3,
      rowsWritten: 0,
      rowsRejected: 1,
      rowsFiltered: 0,
      countsComplete: false,
      outputs: [],
      rejects: null,
      specSha256: input.spec.sha256,
      // The status changed to TRANSFORMING when validate was left.
      durationsMs: { validate: 3000, transform: 3000 },
    });
    expect(output.metrics()[0]).toMatchObject({
      SuccessRate: 0,
      FailureRate: 100,
      RowsRead: 3,
      RowsWritten: 0,
    });
    expect(output.log('ERROR')).toMatchObject([{ message: 'job ended', errorCode: 'type-error' }]);
  });

  it('leaves counts unknown that no step has told', async () => {
    const input = await failureOf('uncounted', 'validate', 'VALIDATING', 0);
    await handler(input);
    expect(await itemOf(input)).toMatchObject({
      rowsRead: null,
      rowsWritten: 0,
      rowsRejected: null,
      rowsFiltered: null,
      countsComplete: false,
      durationsMs: { validate: 3000 },
    });
    expect(output.metrics()[0]).not.toHaveProperty('RowsRead');
  });

  it.each([
    ['validate' as const, 'VALIDATING' as const, 2],
    ['start' as const, 'PENDING' as const, null],
  ])('stores the rows that a failing %s says it has read', async (step, status, rowsRead) => {
    const Cause = JSON.stringify({
      errorMessage: 'record 4 opens a quote that is never closed (after 2 rows)',
    });
    const input = await failureOf(`seen-${step}`, step, status, 0, { Error: 'unclosed-quote', Cause });
    await handler(input);
    expect(await itemOf(input)).toMatchObject({
      rowsRead,
      rowsWritten: 0,
      rowsRejected: null,
      countsComplete: false,
    });
  });

  it('does not believe what a step returned that broke the contract', async () => {
    const input = (await failureOf('broken', 'transform', 'TRANSFORMING', 2)) as any;
    input.steps.transform.result = 'anything';
    await handler(input);
    expect(await itemOf(input)).toMatchObject({
      rowsRead: 3,
      rowsRejected: 1,
      countsComplete: false,
      durationsMs: { validate: 1000, transform: 5000 },
    });
  });

  it('has complete counts where only publishing failed', async () => {
    const input = await failureOf('unpublished', 'finish', 'ENRICHING', 3);
    await handler(input);
    expect(await itemOf(input)).toMatchObject({
      step: 'finish',
      rowsRead: 3,
      rowsWritten: 0,
      rowsRejected: 1,
      countsComplete: true,
      // When enrich was left cannot be told.
      durationsMs: { validate: 1000, transform: 2000 },
    });
  });

  it('is recorded before any step, too', async () => {
    const error = { Error: 'source-not-versioned', Cause: 'switch versioning on' };
    const input = await failureOf('unversioned', 'start', 'PENDING', 0, error);
    await handler(input);
    expect(await itemOf(input)).toMatchObject({
      step: 'start',
      errorCode: 'source-not-versioned',
      errorMessage: 'switch versioning on',
      durationsMs: {},
    });
  });

  it.each([
    ['JSON without a message', '{"a":1}', '{"a":1}'],
    ['text', 'Lambda ran out of memory', 'Lambda ran out of memory'],
    ['more than a thousand characters', 'x'.repeat(5000), 'x'.repeat(1000)],
  ])('keeps a cause that is %s', async (what, Cause, errorMessage) => {
    const input = await failureOf(what.replaceAll(' ', '-'), 'validate', 'VALIDATING', 0, {
      Error: 'E',
      Cause,
    });
    await handler(input);
    expect(await itemOf(input)).toMatchObject({ errorCode: 'E', errorMessage });
  });

  it('changes nothing when it comes late', async () => {
    const input = await steps.input('late');
    await handler(input);
    const before = await itemOf(input);
    const failure = { step: 'enrich' as const, error: { Error: 'E', Cause: '' } };
    expect(await handler({ ...input, failure })).toEqual({ status: 'FAILED' });
    expect(await itemOf(input)).toEqual(before);
    expect(output.log('WARN')).toMatchObject([{ message: 'job had ended before: nothing is changed' }]);
    expect(output.metrics()).toHaveLength(5);
  });

  it('is refused without its error', async () => {
    const input = await steps.input('no-error');
    await expect(handler({ ...input, failure: { step: 'enrich' } })).rejects.toMatchObject({
      message: "the message's failure.error.Error is missing, expected text",
    });
  });
});

describe('an execution that ended past every Catch', () => {
  function statusChange(job: unknown, status: string, detail: object = {}) {
    return {
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: {
        executionArn: ARN,
        status,
        startDate: Date.parse('2026-01-31T09:00:00Z'),
        input: JSON.stringify({ contract: 1, job }),
        ...detail,
      },
    };
  }

  async function running(name: string, status: JobStatus): Promise<JobIdentity> {
    const job = { jobId: `job-${name}`, bucket: 'orders', key: `raw/${name}.csv`, versionId: 'v1' };
    await steps.store(job, status);
    return job;
  }

  it.each<[JobStatus, string]>([
    ['PENDING', 'start'],
    ['VALIDATING', 'validate'],
    ['TRANSFORMING', 'transform'],
    ['ENRICHING', 'enrich'],
  ])('is recorded as a time-out of the step that the status tells: %s', async (status, step) => {
    const job = await running(`timed-out-${step}`, status);
    expect(await handler(statusChange(job, 'TIMED_OUT'))).toEqual({ status: 'FAILED' });
    expect(await itemOf({ job })).toMatchObject({
      status: 'FAILED',
      step,
      errorCode: 'execution-timed-out',
      errorMessage: 'the execution reached its timeout',
      rowsRead: null,
      rowsWritten: 0,
      executionArn: ARN,
      specSha256: '',
    });
  });

  it.each([
    ['with a reason', { cause: 'wrong file' }, 'the execution was stopped: wrong file'],
    ['without one', {}, 'the execution was stopped'],
  ])('is recorded as stopped, %s', async (what, detail, errorMessage) => {
    const job = await running(`aborted-${what}`, 'VALIDATING');
    await handler(statusChange(job, 'ABORTED', detail));
    expect(await itemOf({ job })).toMatchObject({ errorCode: 'execution-aborted', errorMessage });
  });

  it.each([
    [
      'the error that the event names',
      { error: 'States.DataLimitExceeded', cause: 'too much' },
      'States.DataLimitExceeded',
      'too much',
    ],
    ["a function's own message", { error: 'type-error', cause: CAUSE }, 'type-error', 'record 7, column n'],
    ['States.Runtime where it names none', {}, 'States.Runtime', ''],
  ])('is recorded with %s', async (what, detail, errorCode, errorMessage) => {
    const job = await running(`failed-${what}`, 'VALIDATING');
    await handler(statusChange(job, 'FAILED', detail));
    expect(await itemOf({ job })).toMatchObject({ errorCode, errorMessage });
  });

  it('changes nothing where the failure was recorded already, and not of a later attempt', async () => {
    const job = await running('known', 'VALIDATING');
    await handler(statusChange(job, 'FAILED', { error: 'first' }));
    await handler(statusChange(job, 'FAILED', { error: 'second' }));
    expect(await itemOf({ job })).toMatchObject({ errorCode: 'first', attempt: 0 });
    await handler(statusChange(job, 'TIMED_OUT', { redriveCount: 1 }));
    expect(await itemOf({ job })).toMatchObject({ errorCode: 'execution-timed-out', attempt: 1 });
  });

  it('is recorded though trigger has never seen the job', async () => {
    const job = { jobId: 'by-hand', bucket: 'orders', key: 'raw/hand.csv', versionId: 'v1' };
    await handler(statusChange(job, 'TIMED_OUT'));
    expect(await itemOf({ job })).toMatchObject({
      pipeline: PIPELINE,
      step: 'start',
      sizeBytes: 0,
      createdAt: '2026-01-31T09:00:00.000Z',
    });
  });

  it.each([
    ['is no JSON', 'nonsense'],
    ['names no job', '{}'],
    ['is missing', undefined],
  ])('is passed over where its input %s', async (_what, input) => {
    expect(await handler(statusChange({}, 'FAILED', { input }))).toEqual({ status: 'FAILED' });
    expect(output.log('WARN')).toMatchObject([
      { message: 'an execution ended whose input names no job', executionArn: ARN },
    ]);
  });
});
