import { csvEngine } from '../engine/csv-engine';
import type { FinishOutput } from '../shared/execution-contract';
import { jobTable } from './clients/job-table';
import { s3 } from './clients/s3';
import { numberSetting, setting } from './environment';
import { finish } from './finish/finish';
import { JobStore } from './jobs/job-store';

/** Publishes a job whose steps are done, or records why it failed; called by the state machine and by EventBridge. */
export async function handler(event: unknown): Promise<FinishOutput> {
  const context = {
    s3,
    engine: csvEngine,
    store: new JobStore(jobTable, setting('jobTable')),
    pipeline: setting('pipeline'),
    inputPrefix: setting('inputPrefix'),
    retentionSeconds: numberSetting('jobRetentionSeconds'),
  };
  return finish(context, event);
}
