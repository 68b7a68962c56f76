import { csvEngine } from '../engine/csv-engine';
import type { StepOutput } from '../shared/step-contract';
import { s3 } from './clients/s3';
import { STEP_DATA } from './objects/object-access';
import { openLookups } from './steps/lookup-files';
import { runStep } from './steps/run-step';

/** Adds columns from lookups, constants and the job's lineage. */
export async function handler(event: unknown): Promise<StepOutput> {
  return runStep(s3, event, {
    reads: STEP_DATA,
    run: async (run, input) =>
      csvEngine.enrich({
        ...run,
        openLookup: await openLookups(s3, input, run.spec.enrichments),
        lineage: {
          sourceKey: input.job.key,
          sourceVersion: input.job.versionId,
          jobId: input.job.jobId,
          specSha256: input.spec.sha256,
        },
      }),
  });
}
