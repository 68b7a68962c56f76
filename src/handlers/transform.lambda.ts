import { csvEngine } from '../engine/csv-engine';
import type { StepOutput } from '../shared/step-contract';
import { s3 } from './clients/s3';
import { STEP_DATA } from './objects/object-access';
import { type GetSecretValue, readHashKeys } from './steps/hash-keys';
import { runStep } from './steps/run-step';

/** Applies the pipeline's transforms. */
export async function handler(event: unknown): Promise<StepOutput> {
  return runStep(s3, event, {
    reads: STEP_DATA,
    run: async (run) =>
      csvEngine.transform({ ...run, hashKeys: await readHashKeys(run.spec.transforms, getSecretValue) }),
  });
}

/** By a client that is loaded where a job hashes: no other job pays for it. */
const getSecretValue: GetSecretValue = (secretId) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const client = require('./clients/secrets-manager') as typeof import('./clients/secrets-manager');
  return client.getSecretValue(secretId);
};
