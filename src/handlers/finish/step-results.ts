import type { FinishInput } from '../../shared/execution-contract';
import type { Counts } from '../../shared/job';
import { type ObjectPointer, STEPS, type StepName, type StepOutput } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import { isRecord, kindOf, valueAt } from '../message';

const COUNT_NAMES = ['rowsRead', 'rowsWritten', 'rowsRejected', 'rowsFiltered'] as const;

/** What the three steps did together. */
export interface StepResults {
  /** Of the whole job: read by the first step, written by the last, rejected and filtered by any. */
  readonly counts: Counts;
  /** What the last step wrote. */
  readonly data: ObjectPointer;
  /** The rejects of the steps that returned some, in the order of the steps. */
  readonly rejects: StepRejects[];
}

/** What a step returned as its rejects, and how many rows it says are in them. */
export interface StepRejects {
  readonly step: StepName;
  readonly pointer: ObjectPointer;
  readonly rows: number;
}

/**
 * Checks what the steps returned, each by itself and each against the one before it: a user's function may stand for
 * any of them.
 *
 * @throws PipelineError `step-contract-violation`, `conservation-violated`
 */
export function checkedResults(input: FinishInput): StepResults {
  const outputs = STEPS.map((step) => checkedOutput(input, step));
  outputs.forEach(({ counts }, index) => {
    const step = STEPS[index];
    const { rowsRead, rowsWritten, rowsRejected, rowsFiltered } = counts;
    if (rowsRead !== rowsWritten + rowsRejected + rowsFiltered) {
      throw new PipelineError(
        'conservation-violated',
        `${step} read ${rowsRead} rows, but wrote ${rowsWritten}, rejected ${rowsRejected} and filtered ${rowsFiltered}`,
      );
    }
    if (index > 0 && rowsRead !== outputs[index - 1].counts.rowsWritten) {
      throw new PipelineError(
        'conservation-violated',
        `${STEPS[index - 1]} wrote ${outputs[index - 1].counts.rowsWritten} rows, but ${step} read ${rowsRead}`,
      );
    }
  });
  return {
    counts: totalOf(outputs.map((output) => output.counts)),
    data: outputs[outputs.length - 1].data,
    rejects: outputs.flatMap(({ rejects, counts }, index) =>
      rejects ? [{ step: STEPS[index], pointer: rejects, rows: counts.rowsRejected }] : [],
    ),
  };
}

/** Counts of steps that ran one after another. */
export function totalOf(counts: readonly Counts[]): Counts {
  const sum = (name: keyof Counts) => counts.reduce((total, of) => total + of[name], 0);
  return {
    rowsRead: counts[0].rowsRead,
    rowsWritten: counts[counts.length - 1].rowsWritten,
    rowsRejected: sum('rowsRejected'),
    rowsFiltered: sum('rowsFiltered'),
  };
}

/** A step's counts where it returned ones that can be believed, else undefined. */
export function countsOf(input: Pick<FinishInput, 'steps'>, step: StepName): Counts | undefined {
  const counts = valueAt(input, `steps.${step}.result.counts`);
  return wrongCount(counts) === undefined ? (counts as Counts) : undefined;
}

function checkedOutput(input: FinishInput, step: StepName): StepOutput {
  const result = valueAt(input, `steps.${step}.result`);
  const counts = valueAt(result, 'counts');
  const wrong = wrongCount(counts);
  if (wrong) {
    throw violation(
      step,
      `counts.${wrong} is ${shown(valueAt(counts, wrong))}, expected a whole number of at least 0`,
    );
  }
  const data = checkedPointer(input, step, 'data', valueAt(result, 'data'));
  const { rowsRejected } = counts as Counts;
  // Languages without undefined return null for what is not there.
  const rejects = valueAt(result, 'rejects') ?? undefined;
  if (rejects === undefined) {
    if (rowsRejected > 0) throw violation(step, `it rejected ${rowsRejected} rows and returned no rejects`);
    return { data, counts: counts as Counts };
  }
  return { data, rejects: checkedPointer(input, step, 'rejects', rejects), counts: counts as Counts };
}

/** Name of the first count that is not one. */
function wrongCount(counts: unknown): string | undefined {
  return COUNT_NAMES.find((name) => {
    const count = valueAt(counts, name);
    return !Number.isSafeInteger(count) || (count as number) < 0;
  });
}

/** Steps write under the job's staging prefix only: what lies elsewhere is not this job's to publish. */
function checkedPointer(input: FinishInput, step: StepName, name: string, value: unknown): ObjectPointer {
  const { bucket, jobId } = input.job;
  const prefix = `staging/${jobId}/`;
  if (!isRecord(value)) throw violation(step, `${name} is ${kindOf(value)}, expected a pointer`);
  if (value.bucket !== bucket || typeof value.key !== 'string' || !value.key.startsWith(prefix)) {
    throw violation(step, `${name} does not lie under s3://${bucket}/${prefix}`);
  }
  return { bucket, key: value.key };
}

function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : kindOf(value);
}

function violation(step: StepName, what: string): PipelineError {
  return new PipelineError('step-contract-violation', `what ${step} returned breaks its contract: ${what}`);
}
