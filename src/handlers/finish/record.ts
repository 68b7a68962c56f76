import type { FinishInput } from '../../shared/execution-contract';
import type { FoundDialect, JobItem } from '../../shared/job';
import type { JobIdentity } from '../../shared/step-contract';
import type { JobEnding } from '../jobs/job-ending';
import { expiryOf } from '../jobs/job-starter';
import type { JobStore } from '../jobs/job-store';
import { log } from '../log';
import { emitJobMetrics } from './job-metrics';
import type { JobOutcome } from './job-outcome';

export interface RecordContext {
  readonly store: JobStore;
  readonly pipeline: string;
  /** Seconds that a job's item is kept after its end. */
  readonly retentionSeconds: number;
}

/** Which run of which job ended. */
export interface EndedRun {
  readonly job: JobIdentity;
  readonly execution: Pick<FinishInput['execution'], 'arn' | 'redriveCount' | 'startedAt'>;
  readonly specSha256?: string;
  /** What was found out of the source. */
  readonly dialect?: FoundDialect;
}

export interface EndingTimes {
  /** The item as it was before. */
  readonly stored: JobItem | undefined;
  readonly finishedAt: Date;
  readonly durationsMs: Readonly<Record<string, number>>;
}

/**
 * Writes a job's final status. Its metrics are emitted only where the write counted: a late or repeated one must not
 * count the job twice.
 */
export async function record(
  context: RecordContext,
  { job, execution, specSha256, dialect }: EndedRun,
  outcome: JobOutcome,
  { stored, finishedAt, durationsMs }: EndingTimes,
): Promise<void> {
  const createdAt = stored?.createdAt ?? execution.startedAt;
  const ending: JobEnding = {
    ...outcome,
    job,
    specSha256,
    ...(dialect && { dialect }),
    durationsMs,
    executionArn: execution.arn,
    attempt: execution.redriveCount,
    finishedAt: finishedAt.toISOString(),
    expiresAt: expiryOf(finishedAt, context.retentionSeconds),
    otherwise: { pipeline: context.pipeline, sizeBytes: 0, createdAt },
  };
  const fields = { jobId: job.jobId, status: outcome.status, errorCode: outcome.failure?.errorCode };
  if (await end(context.store, ending)) {
    emitJobMetrics(ending, createdAt);
    log(outcome.failure ? 'ERROR' : 'INFO', 'job ended', fields);
  } else {
    log('WARN', 'job had ended before: nothing is changed', fields);
    if (outcome.status === 'SUCCEEDED') await reportContradiction(context.store, ending);
  }
}

/** Whoever reads the job's item alone must not miss that its output is visible. */
const LOST = 'the output is published, but its job could not be recorded as SUCCEEDED';

async function end(store: JobStore, ending: JobEnding): Promise<boolean> {
  try {
    return await store.end(ending);
  } catch (error) {
    if (ending.status === 'SUCCEEDED') {
      log('ERROR', LOST, { jobId: ending.job.jobId, reason: (error as Error).name });
    }
    throw error;
  }
}

async function reportContradiction(store: JobStore, { job }: JobEnding): Promise<void> {
  const stored = await store.find(job.jobId, job.key);
  if (stored?.status !== 'SUCCEEDED') {
    log('ERROR', LOST, { jobId: job.jobId, reason: `it is ${stored?.status}` });
  }
}
