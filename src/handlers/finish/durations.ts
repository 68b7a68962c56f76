import type { FinishInput } from '../../shared/execution-contract';
import type { JobItem, JobStatus } from '../../shared/job';
import { type StageName, STEPS } from '../../shared/step-contract';

/** When something was entered. */
type Moment = readonly [name: string, at: string];

/** The status that a job has while a step runs, and that tells when the step was entered. */
const STATUS_OF: Partial<Record<StageName, JobStatus>> = {
  validate: 'VALIDATING',
  transform: 'TRANSFORMING',
  enrich: 'ENRICHING',
};

/**
 * Milliseconds from entering a step to leaving it. A step is left when the next one is entered, the last one when
 * finish is. Where it cannot be told when a step was left, the step is left out.
 */
export function durationsOf(
  input: FinishInput,
  stored: JobItem | undefined,
  finishedAt: string,
): Record<string, number> {
  const entered = STEPS.flatMap((step): Moment[] => {
    const record = input.steps[step];
    return record === undefined ? [] : [[step, record.startedAt]];
  });
  if (input.failure === undefined) return between([...entered, ['finish', input.enteredAt]], finishedAt);
  const { step } = input.failure;
  if (entered.some(([name]) => name === step)) return between(entered, input.enteredAt);
  if (stored !== undefined && stored.status === STATUS_OF[step]) {
    return between([...entered, [step, stored.timestamp]], input.enteredAt);
  }
  const last = entered.pop();
  return last === undefined ? {} : between(entered, last[1]);
}

function between(moments: readonly Moment[], end: string): Record<string, number> {
  const left = [...moments.slice(1).map(([, at]) => at), end];
  return Object.fromEntries(
    // Clocks of two services may differ by a little.
    moments.map(([name, at], index) => [name, Math.max(0, Date.parse(left[index]) - Date.parse(at))]),
  );
}
