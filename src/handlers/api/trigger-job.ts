import type { S3Client } from '@aws-sdk/client-s3';
import { FINAL_RANK, type JobItem } from '../../shared/job';
import { versionOf } from '../intake/source-events';
import { replayIdOf } from '../jobs/job-identity';
import type { JobStarter, Source, StartedJob } from '../jobs/job-starter';
import type { JobStore } from '../jobs/job-store';
import { type InputFilter, isInput } from '../object-key';
import { SOURCE } from '../objects/object-access';
import { headObject } from '../objects/object-reader';
import { statusOf } from '../transient-error';
import { Problem } from './problem';
import type { TriggerRequest } from './trigger-request';

export interface TriggerContext {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly filter: InputFilter;
  readonly store: JobStore;
  readonly starter: JobStarter;
}

/**
 * Starts the job of an object, or a replay of it.
 *
 * @throws Problem 403 for a key that is not the pipeline's input, 404 where there is no such object, 409 for a replay of
 * a job that is running
 */
export async function triggerJob(context: TriggerContext, request: TriggerRequest): Promise<StartedJob> {
  const { prefix, suffixes } = context.filter;
  if (!isInput(request.key, context.filter)) {
    throw new Problem(
      403,
      'not-an-input',
      `the key is not input of this pipeline: it takes keys under ${prefix} that end in ${suffixes.join(' or ')}`,
    );
  }
  const source = await findSource(context, request);
  return request.replay ? startReplay(context, source) : context.starter.start(source);
}

async function findSource({ s3, bucket }: TriggerContext, request: TriggerRequest): Promise<Source> {
  const { key, versionId } = request;
  const head = await headObject(s3, { bucket, key, versionId }, SOURCE).catch(refuseMalformedVersion);
  if (!head) {
    throw new Problem(
      404,
      'object-not-found',
      `there is no such object${versionId ? ' version' : ''}: ${key}`,
    );
  }
  return { bucket, key, versionId: versionOf(head.versionId), sizeBytes: head.sizeBytes };
}

/** S3 answers 400 to a version id that it cannot have given. */
function refuseMalformedVersion(error: unknown): never {
  if (statusOf(error) === 400) {
    throw new Problem(400, 'malformed-request', 'versionId is no version id of S3');
  }
  throw error;
}

/** A replay is a job of its own, so that the first job's record stays as it is. */
async function startReplay({ store, starter }: TriggerContext, source: Source): Promise<StartedJob> {
  const jobId = starter.idOf(source);
  const first = await store.find(jobId, source.key);
  // Nothing to replay yet: this is the first run.
  if (!first) return starter.start(source);
  refuseRunning(first);
  const replays = first.replays ?? 0;
  if (replays > 0) {
    const lastId = replayIdOf(jobId, replays);
    const last = await store.find(lastId, source.key);
    // It was counted, but whoever did so died before its item was written.
    if (!last) return starter.start(source, lastId);
    refuseRunning(last);
  }
  if (!(await store.countReplay(first))) {
    throw new Problem(409, 'replay-running', `another replay of job ${jobId} has just been started`);
  }
  return starter.start(source, replayIdOf(jobId, replays + 1));
}

function refuseRunning({ jobId, status, statusRank }: JobItem): void {
  if (statusRank >= FINAL_RANK) return;
  throw new Problem(409, 'job-running', `job ${jobId} is ${status}: only a job that has ended is replayed`);
}
