import { countsOf, totalOf } from './step-results';
import type { CaughtError, FinishInput } from '../../shared/execution-contract';
import type { JobItem } from '../../shared/job';
import { STEPS } from '../../shared/step-contract';
import type { JobFailure } from '../jobs/job-ending';
import { textOr } from '../message';
import { rowsSeenIn } from '../steps/rows-seen';

/** How a job came out, before it is written down. */
export interface JobOutcome extends Pick<
  JobItem,
  'rowsRead' | 'rowsWritten' | 'rowsRejected' | 'rowsFiltered' | 'countsComplete' | 'outputs' | 'rejects'
> {
  readonly status: 'SUCCEEDED' | 'SUPERSEDED' | 'FAILED';
  readonly failure?: JobFailure;
  readonly rejectsKept?: number;
}

/** Longest message that is kept in the job's item. */
const MAX_MESSAGE = 1000;

/**
 * A failed job with what was seen of its rows: the counts of the steps that ended before, or the rows that validate says
 * it had read when it failed. They are complete only where all steps ended.
 */
export function failedOutcome(
  input: Pick<FinishInput, 'steps'>,
  failure: JobFailure,
  rejects: string | null = null,
): JobOutcome {
  const counts = [];
  for (const step of STEPS) {
    const ofStep = step === failure.step ? undefined : countsOf(input, step);
    if (ofStep === undefined) break;
    counts.push(ofStep);
  }
  const total = counts.length > 0 ? totalOf(counts) : undefined;
  return {
    status: 'FAILED',
    rowsRead: total ? total.rowsRead : failure.step === 'validate' ? rowsSeenIn(failure.errorMessage) : null,
    // Nothing is published of a failed job.
    rowsWritten: 0,
    rowsRejected: total?.rowsRejected ?? null,
    rowsFiltered: total?.rowsFiltered ?? null,
    countsComplete: counts.length === STEPS.length,
    outputs: [],
    rejects,
    failure: { ...failure, errorMessage: failure.errorMessage.slice(0, MAX_MESSAGE) },
  };
}

/** Code and message of an error as Catch leaves it. A function's error stands as JSON in its cause. */
export function caughtFailure(step: string, error: CaughtError): JobFailure {
  return { step, errorCode: error.Error, errorMessage: messageOf(error.Cause) };
}

function messageOf(cause: string): string {
  try {
    return textOr(JSON.parse(cause), 'errorMessage', cause);
  } catch {
    return cause;
  }
}
