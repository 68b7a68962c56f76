import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expectConservation } from './conservation';
import { executionNames } from './executions';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';
import { until } from './wait';
import type { LocalRun } from '../../src/local/local-run';

let target: Target;
let bare: Pipeline;

beforeAll(async () => {
  // Twenty events at once are throttled: retries need something like their real pauses.
  target = await startTarget('EtlE2eOrders-dev', 0.1);
  bare = new Pipeline(target, 'Bare');
});
afterAll(() => target?.stop());

/** An S3 notification as AWS sends it: keys are URL-encoded, a space is `+`. */
function notification(...objects: { key: string; versionId?: string }[]) {
  return {
    Records: objects.map(({ key, versionId }) => ({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventTime: '2026-01-01T00:00:00.000Z',
      eventName: 'ObjectCreated:Put',
      s3: {
        s3SchemaVersion: '1.0',
        bucket: { name: bare.bucket, arn: `arn:aws:s3:::${bare.bucket}` },
        object: {
          key: encodeURIComponent(key).replace(/%2F/g, '/').replace(/%20/g, '+'),
          size: 4,
          eTag: 'd41d8cd98f00b204e9800998ecf8427e',
          sequencer: '0A1B2C3D4E5F678901',
          versionId,
        },
      },
    })),
  };
}

/** How often the trigger function has ended. */
function triggered(run: LocalRun): number {
  const name = bare.output('TriggerFunctionName');
  return run.journal.entries.filter((e) => e.kind === 'invocation-ended' && e.functionName === name).length;
}

async function deliver(event: unknown): Promise<void> {
  const answer = await target.lambda.send(
    new InvokeCommand({ FunctionName: bare.output('TriggerFunctionName'), Payload: JSON.stringify(event) }),
  );
  expect(answer.FunctionError).toBeUndefined();
}

it('runs once when the same event arrives twenty times at once', async () => {
  const versionId = await bare.put('raw/same event.csv', 'a\n1\n');
  const Payload = JSON.stringify(notification({ key: 'raw/same event.csv', versionId }));
  // Asynchronously, as S3 does: what is throttled comes again.
  const invocation = {
    FunctionName: bare.output('TriggerFunctionName'),
    InvocationType: 'Event',
    Payload,
  } as const;
  await Promise.all(Array.from({ length: 20 }, () => target.lambda.send(new InvokeCommand(invocation))));
  if (target.run) await until(async () => triggered(target.run!) > 20);
  const job = await bare.finished('raw/same event.csv', versionId);
  expect(job).toMatchObject({ status: 'SUCCEEDED' });
  expect(await bare.jobs('raw/same event.csv', versionId)).toHaveLength(1);
  expect((await executionNames(bare)).filter((name) => name.startsWith(job.jobId))).toEqual([job.jobId]);
});

it('changes nothing when an event arrives again after the job has ended', async () => {
  const before = await bare.run('raw/late event.csv', 'a\n1\n');
  await deliver(notification({ key: 'raw/late event.csv', versionId: before.versionId }));
  expect(await bare.jobs('raw/late event.csv', before.versionId)).toEqual([before]);
});

it('handles every record of an event', async () => {
  const first = await bare.put('raw/records/1.csv', 'a\n1\n');
  const second = await bare.put('raw/records/2.csv', 'a\n2\n');
  await deliver(
    notification(
      { key: 'raw/records/1.csv', versionId: first },
      { key: 'raw/records/2.csv', versionId: second },
    ),
  );
  expect((await bare.finished('raw/records/1.csv', first)).status).toBe('SUCCEEDED');
  expect((await bare.finished('raw/records/2.csv', second)).status).toBe('SUCCEEDED');
});

it('ignores the test event that S3 sends when a notification is set up', async () => {
  const before = await executionNames(bare);
  await deliver({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: bare.bucket });
  expect(await executionNames(bare)).toEqual(before);
});

it('gives each version of a key a job of its own', async () => {
  const first = await bare.run('raw/versions.csv', 'a\n1\n');
  const second = await bare.run('raw/versions.csv', 'a\n1\n');
  expect(first.jobId).not.toBe(second.jobId);
  const jobs = (await bare.jobs('raw/versions.csv')).map((job) => job.jobId);
  expect(jobs).toEqual(expect.arrayContaining([first.jobId, second.jobId]));
});

it('conserves the rows of every job', () => expectConservation(bare));
