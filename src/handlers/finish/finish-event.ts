import type { FinishInput } from '../../shared/execution-contract';
import type { JobIdentity } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import { isRecord, textAt, textOr, valueAt } from '../message';
import { checkContract } from '../steps/step-input';

/** An execution that died past every Catch, as EventBridge tells of it. */
export interface EndedExecution {
  readonly job: JobIdentity;
  readonly arn: string;
  readonly redriveCount: number;
  readonly startedAt: string;
  readonly status: string;
  readonly error: string;
  readonly cause: string;
}

export type FailureInput = FinishInput & Required<Pick<FinishInput, 'failure'>>;

export type FinishEvent =
  | { readonly kind: 'publish'; readonly input: FinishInput }
  | { readonly kind: 'failure'; readonly input: FailureInput }
  | { readonly kind: 'ended'; readonly execution: EndedExecution }
  | { readonly kind: 'foreign'; readonly arn: string };

/**
 * Tells the three events that finish handles apart, and a fourth that it passes over: the end of an execution that was
 * started by hand with an input that names no job.
 *
 * @throws PipelineError `step-contract-violation`
 */
export function parseFinishEvent(event: unknown): FinishEvent {
  if (valueAt(event, 'source') === 'aws.states') return parseStatusChange(event);
  if (isRecord(event)) checkContract(event);
  for (const path of REQUIRED_TEXTS) textAt(event, path);
  if (!isRecord(valueAt(event, 'steps'))) {
    throw new PipelineError('step-contract-violation', "the message's steps are no object");
  }
  if (valueAt(event, 'failure') === undefined) return { kind: 'publish', input: event as FinishInput };
  for (const path of ['failure.step', 'failure.error.Error', 'failure.error.Cause']) textAt(event, path);
  return { kind: 'failure', input: event as FailureInput };
}

const REQUIRED_TEXTS = [
  'job.jobId',
  'job.bucket',
  'job.key',
  'job.versionId',
  'spec.sha256',
  'execution.arn',
  'execution.name',
  'execution.startedAt',
  'enteredAt',
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
function parseStatusChange(event: unknown): FinishEvent {
  const arn = textAt(event, 'detail.executionArn');
  const job = jobOf(textOr(event, 'detail.input', ''));
  if (job === undefined) return { kind: 'foreign', arn };
  return {
    kind: 'ended',
    execution: {
      job,
      arn,
      redriveCount: Number(valueAt(event, 'detail.redriveCount') ?? 0),
      startedAt: new Date(Number(valueAt(event, 'detail.startDate'))).toISOString(),
      status: textAt(event, 'detail.status'),
      error: textOr(event, 'detail.error', 'States.Runtime'),
      cause: textOr(event, 'detail.cause', ''),
    },
  };
}

/** The identity in an execution's input, if the input is one of ours. */
function jobOf(input: string): JobIdentity | undefined {
  try {
    const job = valueAt(JSON.parse(input), 'job');
    for (const name of ['jobId', 'bucket', 'key', 'versionId']) textAt(job, name);
    return job as JobIdentity;
  } catch {
    return undefined;
  }
}
