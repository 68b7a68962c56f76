import { csvEngine } from '../engine/csv-engine';
import type { StepOutput } from '../shared/step-contract';
import { s3 } from './clients/s3';
import { STEP_DATA } from './objects/object-access';
import { runStep } from './steps/run-step';

/** Applies the pipeline's transforms. */
export async function handler(event: unknown): Promise<StepOutput> {
  return runStep(s3, event, { reads: STEP_DATA, run: (run) => csvEngine.transform(run) });
}
