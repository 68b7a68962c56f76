import type { EndedExecution } from './finish-event';
import { caughtFailure } from './job-outcome';
import type { JobItem, JobStatus } from '../../shared/job';
import type { JobFailure } from '../jobs/job-ending';

/** The step that a job was in, as far as its status tells. Finish has no status of its own: it counts as enrich. */
const STEP_OF: Partial<Record<JobStatus, string>> = {
  VALIDATING: 'validate',
  TRANSFORMING: 'transform',
  ENRICHING: 'enrich',
};

/** What to record of an execution that died past every Catch. */
export function endedFailure(execution: EndedExecution, stored: JobItem | undefined): JobFailure {
  const step = STEP_OF[stored?.status ?? 'PENDING'] ?? 'start';
  switch (execution.status) {
    case 'TIMED_OUT':
      return { step, errorCode: 'execution-timed-out', errorMessage: 'the execution reached its timeout' };
    case 'ABORTED':
      return {
        step,
        errorCode: 'execution-aborted',
        errorMessage: `the execution was stopped${reasonOf(execution)}`,
      };
    default:
      return caughtFailure(step, { Error: execution.error, Cause: execution.cause });
  }
}

/** Whoever stops an execution may give a reason. */
function reasonOf({ cause }: EndedExecution): string {
  return cause === '' ? '' : `: ${cause}`;
}
