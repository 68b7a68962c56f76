import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { JournalEntry } from '../../src/local/services';
import type { Pipeline } from '../e2e/pipeline';
import { until } from '../e2e/wait';

const FINAL = ['SUCCEEDED', 'FAILED', 'SUPERSEDED'];

const QUEUES = ['Trigger', 'Finish', 'QualityCheck'];

/** What a journal entry says of an event or a call that goes no further. */
function lossOf(pipeline: Pipeline, entry: JournalEntry): string | undefined {
  if (entry.kind === 'dead-letter') {
    const name = entry.queueArn.split(':').at(-1)!;
    return `dead letter of ${QUEUES.find((queue) => pipeline.output(`${queue}QueueUrl`).endsWith(`/${name}`))}`;
  }
  if (entry.kind === 'metric' && entry.name === 'DeadLetterErrors') return 'lost: DeadLetterErrors';
  if (entry.kind === 'denied' && entry.principal === 's3.amazonaws.com') return 'lost: nothing is started';
  if (
    entry.kind === 'denied' &&
    entry.action === 'sqs:SendMessage' &&
    entry.principal === 'events.amazonaws.com'
  ) {
    return 'lost: no dead letter';
  }
  return undefined;
}

/** Waits for an event to be lost, or kept in a dead-letter queue. */
export async function lossOfEvent(pipeline: Pipeline): Promise<string> {
  const { journal } = pipeline.target.run!;
  return lossOf(pipeline, await journal.waitFor((entry) => lossOf(pipeline, entry) !== undefined))!;
}

/** Waits until a file's way has ended, in whichever way, and tells it in a line. */
export async function endOf(pipeline: Pipeline, key: string): Promise<string> {
  const { journal } = pipeline.target.run!;
  return until(async () => {
    const loss = journal.entries.map((entry) => lossOf(pipeline, entry)).find((each) => each !== undefined);
    if (loss !== undefined) return loss;
    if (!journal.entries.some(({ kind }) => kind === 'execution-ended')) return undefined;
    const job = (await pipeline.jobs(key)).find(({ status }) => FINAL.includes(status));
    if (!job) return undefined;
    return job.status === 'FAILED' ? `FAILED in ${job.step}: ${job.errorCode}` : job.status;
  });
}

/** Adds to what became of a call whether it left an upload unfinished, which costs until a lifecycle rule ends it. */
export async function withLeftovers(pipeline: Pipeline, became: string): Promise<string> {
  const { Uploads = [] } = await pipeline.target.s3.send(
    new ListMultipartUploadsCommand({ Bucket: pipeline.bucket }),
  );
  return Uploads.length > 0 ? `${became}, and an unfinished upload is left` : became;
}
