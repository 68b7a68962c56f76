import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expectConservation } from './conservation';
import { endedExecution, executionNames } from './executions';
import { Pipeline } from './pipeline';
import { DEPLOYED, startTarget, type Target } from './target';
import { until } from './wait';
import type { Faults } from '../../src/local/faults/faults';
import type { LocalRun } from '../../src/local/local-run';
import type { JobItem } from '../../src/shared/job';

/** What AWS may do to a pipeline at any time. An account does it when it likes, the local run when it is asked to. */
const describeLocal = DEPLOYED ? describe.skip : describe;

const CSV = 'a\n1\n';

describeLocal('[local] a pipeline on services that', () => {
  let target: Target;
  let run: LocalRun;
  let faults: Faults;
  let bare: Pipeline;

  beforeAll(async () => {
    target = await startTarget('EtlE2eOrders-dev');
    run = target.run!;
    faults = run.faults;
    bare = new Pipeline(target, 'Bare');
  });
  afterAll(() => target?.stop());

  const outputOf = (job: JobItem) => bare.text(job.outputs[0]);

  /** Versions of a key, newest first, delete markers left out. */
  async function versionsOf(key: string): Promise<string[]> {
    const { Versions = [] } = await target.s3.send(
      new ListObjectVersionsCommand({ Bucket: bare.bucket, Prefix: key }),
    );
    return Versions.map(({ VersionId }) => VersionId!);
  }

  /** Errors of the tasks of a job's execution, in order. */
  async function taskErrors(job: JobItem): Promise<string[]> {
    const { events } = await target.executions.send(
      new GetExecutionHistoryCommand({ executionArn: job.executionArn! }),
    );
    return events!.flatMap(({ taskFailedEventDetails }) => taskFailedEventDetails?.error ?? []);
  }

  /** Waits until the trigger function has ended so many times more, and gives the errors. */
  async function triggered(times: number, action: () => unknown): Promise<(string | undefined)[]> {
    const functionName = bare.output('TriggerFunctionName');
    const ended = () =>
      run.journal.entries.flatMap((entry) =>
        entry.kind === 'invocation-ended' && entry.functionName === functionName ? [entry.error] : [],
      );
    const before = ended().length;
    await action();
    return until(async () => (ended().length >= before + times ? ended().slice(before) : undefined));
  }

  describe('judge conditional writes', () => {
    const copy = (key: string) =>
      ({ service: 's3', operation: 'CopyObject', on: new RegExp(`/processed/${key}$`) }) as const;

    it('publishes after a conflict with another write (409)', async () => {
      faults.calls.answer(copy('conflict.csv'), { code: 'ConditionalRequestConflict', status: 409 });
      const job = await bare.run('raw/conflict.csv', CSV);
      expect(job).toMatchObject({ status: 'SUCCEEDED', outputs: ['processed/conflict.csv'] });
      expect(await taskErrors(job)).toEqual([]);
    });

    it('knows its own output where the answer to the write was lost and its repetition gets 412', async () => {
      faults.calls.loseAnswer(copy('lost.csv'));
      const job = await bare.run('raw/lost.csv', CSV);
      expect(job).toMatchObject({ status: 'SUCCEEDED', outputs: ['processed/lost.csv'] });
      expect(await versionsOf('processed/lost.csv')).toHaveLength(1);
    });

    it('publishes where the output that it saw is deleted before its write (404)', async () => {
      await bare.run('raw/gone.csv', CSV);
      faults.calls.before(copy('gone.csv'), () =>
        target.s3.send(new DeleteObjectCommand({ Bucket: bare.bucket, Key: 'processed/gone.csv' })),
      );
      const job = await bare.run('raw/gone.csv', 'a\n2\n');
      expect(job).toMatchObject({ status: 'SUCCEEDED' });
      expect(await taskErrors(job)).toEqual([]);
      expect(await outputOf(job)).toBe('a\n2\n');
    });

    it('publishes over a delete marker, which counts as nothing', async () => {
      const first = await bare.run('raw/marked.csv', CSV);
      await target.s3.send(new DeleteObjectCommand({ Bucket: bare.bucket, Key: first.outputs[0] }));
      const job = await bare.run('raw/marked.csv', 'a\n2\n');
      expect(job).toMatchObject({ status: 'SUCCEEDED' });
      expect(await outputOf(job)).toBe('a\n2\n');
    });

    it('gives way to a newer version that is published between look and write (412)', async () => {
      let newer: JobItem | undefined;
      faults.calls.before(copy('overtaken.csv'), async () => {
        newer = await bare.run('raw/overtaken.csv', 'a\nnewer\n');
      });
      const older = await bare.run('raw/overtaken.csv', 'a\nolder\n');
      expect(older).toMatchObject({ status: 'SUPERSEDED', outputs: [] });
      expect(newer).toMatchObject({ status: 'SUCCEEDED' });
      expect(await outputOf(newer!)).toBe('a\nnewer\n');
    });

    it('publishes where the copy fails inside an answer of status 200', async () => {
      faults.calls.failInside200(
        { operation: 'CopyObject', on: /\/processed\/inside.csv$/ },
        'InternalError',
      );
      const job = await bare.run('raw/inside.csv', CSV);
      expect(job).toMatchObject({ status: 'SUCCEEDED' });
      expect(await versionsOf('processed/inside.csv')).toHaveLength(1);
    });
  });

  describe('deliver events', () => {
    afterEach(() => faults.releaseEvents());

    it('in another order and twice lets the newest version stay, and runs a job a version', async () => {
      const key = 'raw/shuffled file+.csv';
      faults.holdEvents();
      const versions: string[] = [];
      for (const n of [1, 2, 3]) versions.push(await bare.put(key, `a\n${n}\n`));
      await until(async () => faults.heldEvents.length === 3);
      faults.releaseEvents((held) => [...held, ...held].reverse());
      const jobs = await Promise.all(versions.map((version) => bare.finished(key, version)));
      expect(jobs.map(({ status }) => status)).toEqual(['SUPERSEDED', 'SUPERSEDED', 'SUCCEEDED']);
      expect(await bare.text('processed/shuffled file+.csv')).toBe('a\n3\n');
      expect(await bare.jobs(key)).toHaveLength(3);
    });

    it('late, after a newer version has been published, replaces nothing', async () => {
      const key = 'raw/late.csv';
      faults.holdEvents();
      const older = await bare.put(key, 'a\nolder\n');
      const newer = await bare.put(key, 'a\nnewer\n');
      const late = faults.heldEvents.find(({ versionId }) => versionId === older)!;
      faults.releaseEvents((held) => held.filter((event) => event !== late));
      expect(await bare.finished(key, newer)).toMatchObject({ status: 'SUCCEEDED' });
      await late.send();
      expect(await bare.finished(key, older)).toMatchObject({ status: 'SUPERSEDED', outputs: [] });
      expect(await bare.text('processed/late.csv')).toBe('a\nnewer\n');
    });

    it('of an object that has been deleted since publishes nothing', async () => {
      const key = 'raw/deleted.csv';
      faults.holdEvents();
      const version = await bare.put(key, CSV);
      await target.s3.send(new DeleteObjectCommand({ Bucket: bare.bucket, Key: key }));
      faults.releaseEvents();
      expect(await bare.finished(key, version)).toMatchObject({ status: 'SUPERSEDED', outputs: [] });
      expect(await bare.text('processed/deleted.csv')).toBeUndefined();
    });

    it('for a test does nothing, without an error', async () => {
      const before = await executionNames(bare);
      expect(await triggered(1, () => faults.sendTestEvent(bare.bucket))).toEqual([undefined]);
      expect(await executionNames(bare)).toEqual(before);
    });
  });

  describe('start executions', () => {
    const start = { service: 'states', operation: 'StartExecution' } as const;

    it('and lose the answer run the job once', async () => {
      faults.calls.loseAnswer(start);
      const job = await bare.run('raw/start-lost.csv', CSV);
      expect(job).toMatchObject({ status: 'SUCCEEDED' });
      expect(await executionNames(bare)).toEqual(expect.arrayContaining([job.jobId]));
      expect(await bare.jobs('raw/start-lost.csv')).toHaveLength(1);
    });

    it('for two deliveries of an event at a time run the job once', async () => {
      const key = 'raw/start-twice.csv';
      faults.holdEvents();
      const version = await bare.put(key, CSV);
      const [event] = faults.heldEvents;
      faults.releaseEvents(() => []);
      // The second delivery starts the execution between the first one's item and its own start, and the job stays
      // PENDING until both have asked.
      let goOn!: () => void;
      const bothAsked = new Promise<void>((resolve) => (goOn = resolve));
      const update = {
        service: 'dynamodb',
        operation: 'UpdateItem',
        on: new RegExp(`^${bare.table}$`),
      } as const;
      faults.calls.before(update, () => bothAsked);
      faults.calls.before(start, () => triggered(1, () => event.send()));
      expect(await triggered(2, () => event.send())).toEqual([undefined, undefined]);
      goOn();
      const job = await bare.finished(key, version);
      expect(job).toMatchObject({ status: 'SUCCEEDED' });
      expect((await executionNames(bare)).filter((name) => name === job.jobId)).toHaveLength(1);
    });

    it('but refuse to at first run the job when its event is delivered again', async () => {
      // Three tries of the SDK are the first delivery.
      faults.calls.answer({ ...start, times: 3 }, { code: 'ThrottlingException', status: 400 });
      const key = 'raw/start-refused.csv';
      const errors = await triggered(2, () => bare.put(key, CSV));
      expect(errors).toEqual([expect.any(String), undefined]);
      const [{ versionId }] = await bare.jobs(key);
      expect(await bare.finished(key, versionId)).toMatchObject({ status: 'SUCCEEDED' });
    });

    it('under a name that is free again leave a job alone that has ended', async () => {
      const key = 'raw/forgotten.csv';
      faults.holdEvents();
      const version = await bare.put(key, CSV);
      const [event] = faults.heldEvents;
      faults.releaseEvents();
      const job = await bare.finished(key, version);
      await until(async () =>
        run.journal.entries.some(
          (entry) => entry.kind === 'execution-ended' && entry.executionArn === job.executionArn,
        ),
      );
      faults.forgetExecution(job.executionArn!);
      expect(await triggered(1, () => event.send())).toEqual([undefined]);
      expect(await bare.jobs(key)).toEqual([job]);
      expect(await executionNames(bare)).not.toContain(job.jobId);
    });
  });

  describe('throttle', () => {
    it.each(['Validate', 'Finish'])('%s as one execution too many is called again', async (name) => {
      faults.throttle(bare.output(`${name}FunctionName`), 2);
      const job = await bare.run(`raw/throttled-${name}.csv`, CSV);
      expect(job).toMatchObject({ status: 'SUCCEEDED' });
      expect(await taskErrors(job)).toEqual(Array(2).fill('Lambda.TooManyRequestsException'));
    });

    it('every function lets events wait for their turn', async () => {
      faults.limitExecutions(0);
      const version = await bare.put('raw/waiting.csv', CSV);
      expect(await bare.jobs('raw/waiting.csv')).toEqual([]);
      faults.limitExecutions(10);
      expect(await bare.finished('raw/waiting.csv', version)).toMatchObject({ status: 'SUCCEEDED' });
    });

    it('the job table for the state machine is asked again', async () => {
      faults.calls.answer(
        { service: 'dynamodb', operation: 'UpdateItem', on: new RegExp(`^${bare.table}$`) },
        { code: 'ProvisionedThroughputExceededException', status: 400 },
      );
      const job = await bare.run('raw/table-busy.csv', CSV);
      expect(job).toMatchObject({ status: 'SUCCEEDED' });
      expect(await taskErrors(job)).toEqual(['DynamoDB.ProvisionedThroughputExceededException']);
    });
  });

  describe('keep jobs', () => {
    it('in an index that lags and decide by the table', async () => {
      await faults.freezeIndexes();
      const job = await bare.run('raw/lagging.csv', CSV);
      expect(job).toMatchObject({ status: 'SUCCEEDED' });
      const status = await bare.api('GET', `/status/${job.jobId}`);
      expect(status).toMatchObject({ status: 200, body: { status: 'SUCCEEDED' } });
      const again = await bare.api('POST', '/trigger', { key: job.fileName });
      expect(again).toMatchObject({ status: 200, body: { jobId: job.jobId } });
      await faults.thawIndexes();
    });

    it('that have expired and are still there for ended, and start none of them again', async () => {
      const key = 'raw/expired.csv';
      const job = await bare.run(key, CSV);
      // As long as jobs are kept, Step Functions knows a name. DynamoDB may take two days more for its deletion.
      await target.tables.send(
        new UpdateCommand({
          TableName: bare.table,
          Key: { jobId: job.jobId, fileName: key },
          UpdateExpression: 'SET expiresAt = :past',
          ExpressionAttributeValues: { ':past': Math.floor(Date.now() / 1000) - 3600 },
        }),
      );
      await endedExecution(bare, job);
      faults.forgetExecution(job.executionArn!);
      const known = { status: 200, body: { jobId: job.jobId, status: 'SUCCEEDED' } };
      expect(await bare.api('POST', '/trigger', { key })).toMatchObject(known);
      expect(await bare.api('GET', `/status/${job.jobId}`)).toMatchObject(known);
      expect(await executionNames(bare)).not.toContain(job.jobId);
    });

    it('that expired and are gone as if they had never been, but for the names of their executions', async () => {
      const key = 'raw/gone-at-last.csv';
      const job = await bare.run(key, CSV);
      await faults.expireItems(new Date(job.expiresAt * 1000));
      expect(await bare.jobs(key)).toEqual([job]);
      await faults.expireItems(new Date((job.expiresAt + 1) * 1000));
      // Step Functions remembers the name, and the output stays as it is.
      const again = await bare.api('POST', '/trigger', { key });
      expect(again).toMatchObject({ status: 200, body: { jobId: job.jobId, status: 'FAILED' } });
      expect(await versionsOf('processed/gone-at-last.csv')).toHaveLength(1);
    });
  });

  it('take keys of 1,024 bytes fail a job whose other keys would be longer, and say so', async () => {
    const key = `raw/${'é'.repeat(508)}.csv`;
    expect(Buffer.byteLength(key)).toBe(1024);
    expect(await bare.run(key, CSV)).toMatchObject({ status: 'FAILED', errorCode: 'key-too-long' });
  });

  it('conserve the rows of every job', () => expectConservation(bare));
});
