import { csvEngine } from '../engine/csv-engine';
import type { StepOutput } from '../shared/step-contract';
import { s3 } from './clients/s3';
import { numberSetting } from './environment';
import { SOURCE } from './objects/object-access';
import { openReferences } from './steps/lookup-files';
import { runStep } from './steps/run-step';
import { refuseLargerThan } from './steps/source-size';

/** Reads the source and checks it against the schema. */
export async function handler(event: unknown): Promise<StepOutput> {
  return runStep(s3, event, {
    reads: SOURCE,
    admit: (source) => refuseLargerThan(numberSetting('maxFileSizeBytes'), s3, source),
    run: async (run, input) =>
      csvEngine.validate({
        ...run,
        sourceKey: input.job.key,
        openReference: await openReferences(s3, input, run.spec.resources ?? {}),
      }),
  });
}
