import { RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expectConservation } from './conservation';
import { endedExecution, statesOf } from './executions';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';
import type { JobItem } from '../../src/shared/job';

let target: Target;
let ownValidate: Pipeline;
let ownTransform: Pipeline;
let ownEnrich: Pipeline;
let hasty: Pipeline;

beforeAll(async () => {
  target = await startTarget('EtlE2eSteps-dev');
  ownValidate = new Pipeline(target, 'OwnValidate');
  ownTransform = new Pipeline(target, 'OwnTransform');
  ownEnrich = new Pipeline(target, 'OwnEnrich');
  hasty = new Pipeline(target, 'Hasty');
});
afterAll(() => target?.stop());

/** Lets a step go on that waits. */
function release(pipeline: Pipeline, job: JobItem): Promise<string> {
  return pipeline.put(`reference/release/${job.jobId}`, 'go on');
}

describe('a step of the user', () => {
  it('validates instead of the built-in one, and its rejects are explained with the original cells', async () => {
    const job = await ownValidate.run('raw/own.csv', 'name,note\nbad apple,x\npear,y\n');
    expect(job).toMatchObject({ status: 'SUCCEEDED', rowsRead: 2, rowsWritten: 1, rowsRejected: 1 });
    expect(await ownValidate.text(job.outputs[0])).toBe('name,note\npear,y\n');
    expect(await ownValidate.text(job.rejects!)).toBe(
      'name,note,_row,_column,_code,_message\nbad apple,x,2,,house-rule,begins with bad\n',
    );
  });

  it('transforms instead of the built-in one, and may filter rows', async () => {
    const job = await ownTransform.run('raw/own.csv', 'name\nskip me\npear\n');
    expect(job).toMatchObject({ status: 'SUCCEEDED', rowsRead: 2, rowsWritten: 1, rowsFiltered: 1 });
    expect(await ownTransform.text(job.outputs[0])).toBe('name,by\npear,transform\n');
  });

  it('enriches instead of the built-in one, from an asset of the user', async () => {
    const job = await ownEnrich.run('raw/own.csv', 'name\nunknown\npear\n');
    expect(job).toMatchObject({ status: 'SUCCEEDED', rowsRead: 2, rowsWritten: 1, rowsRejected: 1 });
    expect(await ownEnrich.text(job.outputs[0])).toBe('name,by\npear,enrich\n');
    expect(await ownEnrich.text(job.rejects!)).toBe(
      'name,_row,_column,_code,_message\nunknown,2,name,not-known,nobody knows it\n',
    );
  });
});

describe('a step that has trouble', () => {
  it('is tried again after a transient error', async () => {
    const job = await ownTransform.run('raw/transient.csv', 'name\npear\n', { behaviour: 'fail-twice' });
    expect(job).toMatchObject({ status: 'SUCCEEDED', rowsWritten: 1 });
    expect(await ownTransform.keys(`staging/${job.jobId}/transform/attempts/`)).toHaveLength(3);
  });

  it('fails the job in the end when an error that should pass does not', async () => {
    const job = await ownTransform.run('raw/never.csv', 'name\npear\n', { behaviour: 'fail-always' });
    expect(job).toMatchObject({
      status: 'FAILED',
      step: 'transform',
      errorCode: 'TransientError',
      outputs: [],
    });
  });

  it('fails the job when it returns more than a state may hold, which no Catch sees', async () => {
    const job = await ownTransform.run('raw/talk.csv', 'name\npear\n', { behaviour: 'talk-too-much' });
    expect(job).toMatchObject({ status: 'FAILED', outputs: [] });
    expect(job.errorCode).toBe('States.DataLimitExceeded');
  });

  it('fails the job by the name of its error, in a Fail state of its own', async () => {
    const job = await ownTransform.run('raw/broken.csv', 'name\npear\n', { behaviour: 'break' });
    expect(job).toMatchObject({ status: 'FAILED', step: 'transform', errorCode: 'OutOfPaper', outputs: [] });
    expect(await endedExecution(ownTransform, job)).toMatchObject({ status: 'FAILED', error: 'OutOfPaper' });
    expect((await statesOf(ownTransform, job)).at(-1)).toBe('TransformFailed');
  });

  it('fails the job when it returns what the contract does not allow', async () => {
    const job = await ownTransform.run('raw/contract.csv', 'name\npear\n', { behaviour: 'break-contract' });
    expect(job).toMatchObject({ status: 'FAILED', step: 'transform', errorCode: 'step-contract-violation' });
  });

  it('fails the job when it loses a row', async () => {
    const job = await ownTransform.run('raw/lost.csv', 'name\npear\nplum\n', { behaviour: 'lose-a-row' });
    expect(job).toMatchObject({
      status: 'FAILED',
      step: 'finish',
      errorCode: 'conservation-violated',
      outputs: [],
    });
    expect(await ownTransform.object('processed/lost.csv')).toBeUndefined();
  });
});

describe('a job that is held up', () => {
  it('replaces nothing when an older version finishes late', async () => {
    const key = 'raw/race.csv';
    const olderVersion = await ownTransform.put(key, 'name\nolder\n', { behaviour: 'hold' });
    const older = await ownTransform.reached(key, olderVersion, 'TRANSFORMING');
    const newer = await ownTransform.run(key, 'name\nnewer\n');
    expect(newer.status).toBe('SUCCEEDED');
    await release(ownTransform, older);
    expect(await ownTransform.finished(key, olderVersion)).toMatchObject({
      status: 'SUPERSEDED',
      outputs: [],
    });
    expect(await ownTransform.text(newer.outputs[0])).toBe('name,by\nnewer,transform\n');
  });

  it('is recorded as failed when somebody stops its execution', async () => {
    const key = 'raw/stopped.csv';
    const versionId = await ownTransform.put(key, 'name\npear\n', { behaviour: 'hold' });
    const job = await ownTransform.reached(key, versionId, 'TRANSFORMING');
    await target.executions.send(new StopExecutionCommand({ executionArn: job.executionArn! }));
    const stopped = await ownTransform.finished(key, versionId);
    expect(stopped).toMatchObject({ status: 'FAILED', errorCode: 'execution-aborted', outputs: [] });
    await release(ownTransform, job);
  });

  it('goes on where it was when its stopped execution is redriven', async () => {
    const key = 'raw/redriven.csv';
    const versionId = await ownTransform.put(key, 'name\npear\n', { behaviour: 'hold' });
    const job = await ownTransform.reached(key, versionId, 'TRANSFORMING');
    await target.executions.send(new StopExecutionCommand({ executionArn: job.executionArn! }));
    await ownTransform.finished(key, versionId);
    await release(ownTransform, job);
    await target.executions.send(new RedriveExecutionCommand({ executionArn: job.executionArn! }));
    const redriven = await ownTransform.reached(key, versionId, 'SUCCEEDED');
    expect(redriven).toMatchObject({ attempt: 1, rowsWritten: 1, outputs: ['processed/redriven.csv'] });
    expect(redriven.errorCode).toBeUndefined();
  });

  it('is recorded as failed when its execution times out', async () => {
    const key = 'raw/slow.csv';
    const versionId = await hasty.put(key, 'name\npear\n', { behaviour: 'hold' });
    const job = await hasty.finished(key, versionId);
    expect(job).toMatchObject({ status: 'FAILED', errorCode: 'execution-timed-out', outputs: [] });
    await release(hasty, job);
  });

  it('refuses a replay while it runs, and takes one afterwards', async () => {
    const key = 'raw/busy.csv';
    const versionId = await ownTransform.put(key, 'name\npear\n', { behaviour: 'hold' });
    const job = await ownTransform.reached(key, versionId, 'TRANSFORMING');
    const refused = await ownTransform.api('POST', '/trigger', { key, versionId, replay: true });
    expect(refused.status).toBe(409);
    await release(ownTransform, job);
    expect(await ownTransform.finished(key, versionId)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

it('conserves the rows of every job', () => expectConservation(ownValidate, ownTransform, ownEnrich, hasty));
