import type { S3Client } from '@aws-sdk/client-s3';
import type { StepResult, StepRun } from '../../engine/engine';
import type { ObjectPointer, StepInput, StepOutput } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import { log } from '../log';
import { valueAt } from '../message';
import type { ObjectRole } from '../objects/object-access';
import { bytesOf } from '../objects/object-reader';
import { readSpec } from '../objects/spec-object';
import { StagingObject } from '../objects/staging-object';
import { asTransient } from '../transient-error';
import { tellRowsSeen } from './rows-seen';
import { parseStepInput } from './step-input';

/** What sets one step apart from another. */
export interface Step {
  /** What the step's data is. */
  readonly reads: ObjectRole;
  /** Called before the data is asked for; throws where it must not be read. */
  readonly admit?: (data: ObjectPointer) => Promise<void>;
  /** The step's part of the engine. */
  readonly run: (run: StepRun, input: StepInput) => Promise<StepResult>;
}

/**
 * A step as the contract has it: pointers and counts in, pointers and counts out, and nothing outside the output
 * prefix. What was written before an error is given up.
 */
export async function runStep(s3: S3Client, event: unknown, step: Step): Promise<StepOutput> {
  try {
    const input = parseStepInput(event);
    const spec = await readSpec(s3, input.spec);
    const output = await runOn(s3, input, spec, step);
    log('INFO', 'step done', { jobId: input.job.jobId, ...output.counts });
    return output;
  } catch (error) {
    const { name } = error as Error;
    if (error instanceof PipelineError && error.rowsRead) {
      error.message = tellRowsSeen(error.message, error.rowsRead);
    }
    log('ERROR', 'step failed', { jobId: valueAt(event, 'job.jobId'), error: name });
    throw asTransient(error);
  }
}

async function runOn(s3: S3Client, input: StepInput, spec: PipelineSpec, step: Step): Promise<StepOutput> {
  const { bucket } = input.job;
  await step.admit?.(input.data);
  const output = new StagingObject(s3, { bucket, key: `${input.outputPrefix}data.csv` });
  const rejects = new StagingObject(s3, { bucket, key: `${input.outputPrefix}rejects.csv` });
  try {
    const data = bytesOf(s3, input.data, step.reads);
    const { counts } = await step.run({ spec, input: data, output, rejects }, input);
    const pointer = await output.close();
    if (counts.rowsRejected === 0) return { data: pointer, counts };
    return { data: pointer, rejects: await rejects.close(), counts };
  } catch (error) {
    await Promise.all([output.abort(), rejects.abort()]);
    throw error;
  }
}
