import type { FinishInput, FinishOutput } from '../../shared/execution-contract';
import type { JobItem } from '../../shared/job';
import { isSettled, type JobFailure } from '../jobs/job-ending';
import { log } from '../log';
import { asTransient, isTransient } from '../transient-error';
import { durationsOf } from './durations';
import { endedFailure } from './ended-execution';
import { type EndedExecution, type FailureInput, parseFinishEvent } from './finish-event';
import { dialectOf } from './found-dialect';
import { caughtFailure, failedOutcome, type JobOutcome } from './job-outcome';
import { publishJob, type PublishContext } from './publish-job';
import { record, type RecordContext } from './record';

export interface FinishContext extends PublishContext, RecordContext {}

/**
 * Ends a job: publishes it and writes its final status, or records why it failed. A failure found while publishing is
 * recorded first and thrown then, so that the execution fails by its code.
 */
export async function finish(context: FinishContext, event: unknown): Promise<FinishOutput> {
  try {
    const parsed = parseFinishEvent(event);
    switch (parsed.kind) {
      case 'publish':
        return await publishOnce(context, parsed.input);
      case 'failure':
        return await recordFailure(context, parsed.input);
      case 'ended':
        return await recordEnd(context, parsed.execution);
      case 'foreign':
        log('WARN', 'an execution ended whose input names no job', { executionArn: parsed.arn });
        return { status: 'FAILED' };
    }
  } catch (error) {
    throw asTransient(error);
  }
}

async function publishOnce(context: FinishContext, input: FinishInput): Promise<FinishOutput> {
  const { job, execution } = input;
  const stored = await context.store.find(job.jobId, job.key);
  if (isSettled(stored, execution.redriveCount)) return answerAgain(stored);
  const outcome = await outcomeOf(context, input);
  if (outcome === 'ENDED') {
    log('WARN', 'job ended before it was published: nothing is published', { jobId: job.jobId });
    return answerAgain((await context.store.find(job.jobId, job.key))!);
  }
  await recordRun(context, input, outcome, stored);
  if (outcome.failure) throw errorOf(outcome.failure);
  return { status: outcome.status };
}

/** What fails for good is an outcome; what may pass is thrown, so that the state machine tries again. */
async function outcomeOf(context: FinishContext, input: FinishInput): Promise<JobOutcome | 'ENDED'> {
  try {
    return await publishJob(context, input);
  } catch (error) {
    if (isTransient(error)) throw error;
    const { name, message } = error as Error;
    return failedOutcome(input, { step: 'finish', errorCode: name, errorMessage: message });
  }
}

/** The answer of a job that has ended already, by an earlier try whose own got lost, or past this execution. */
function answerAgain(stored: JobItem): FinishOutput {
  if (stored.status !== 'FAILED') return { status: stored.status as FinishOutput['status'] };
  throw errorOf({
    step: stored.step!,
    errorCode: stored.errorCode!,
    errorMessage: stored.errorMessage!,
  });
}

async function recordFailure(context: FinishContext, input: FailureInput): Promise<FinishOutput> {
  const { job, failure } = input;
  const stored = await context.store.find(job.jobId, job.key);
  const outcome = failedOutcome(input, caughtFailure(failure.step, failure.error));
  await recordRun(context, input, outcome, stored);
  return { status: 'FAILED' };
}

/** Records how a run ended that the state machine itself has brought to its end. */
async function recordRun(
  context: FinishContext,
  input: FinishInput,
  outcome: JobOutcome,
  stored: JobItem | undefined,
): Promise<void> {
  const { job, execution, spec } = input;
  const finishedAt = new Date();
  const dialect = await dialectOf(context.s3, input);
  await record(context, { job, execution, specSha256: spec.sha256, dialect }, outcome, {
    stored,
    finishedAt,
    durationsMs: durationsOf(input, stored, finishedAt.toISOString()),
  });
}

async function recordEnd(context: FinishContext, execution: EndedExecution): Promise<FinishOutput> {
  const { job } = execution;
  const stored = await context.store.find(job.jobId, job.key);
  const outcome = failedOutcome({ steps: {} }, endedFailure(execution, stored));
  await record(context, { job, execution }, outcome, {
    stored,
    finishedAt: new Date(),
    durationsMs: {},
  });
  return { status: 'FAILED' };
}

/** Lambda reports an error's `name` as its type, and Catch sees just that. */
function errorOf({ errorCode, errorMessage }: JobFailure): Error {
  const error = new Error(errorMessage);
  error.name = errorCode;
  return error;
}
