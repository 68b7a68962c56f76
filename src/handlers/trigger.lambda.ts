import { jobTable } from './clients/job-table';
import { stepFunctions } from './clients/step-functions';
import { listSetting, numberSetting, setting } from './environment';
import { takeIn, type TakenIn } from './intake/take-in';
import { JobStarter } from './jobs/job-starter';
import { JobStore } from './jobs/job-store';

/** Starts a job for every source object that was created. */
export async function handler(event: unknown): Promise<TakenIn> {
  const starter = new JobStarter(new JobStore(jobTable, setting('jobTable')), stepFunctions, {
    pipeline: setting('pipeline'),
    stateMachineArn: setting('stateMachineArn'),
    retentionSeconds: numberSetting('jobRetentionSeconds'),
  });
  const filter = { prefix: setting('inputPrefix'), suffixes: listSetting('inputSuffixes') };
  return takeIn({ bucket: setting('bucket'), filter, starter }, event);
}
