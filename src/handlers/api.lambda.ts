import { answer, type ApiRequest } from './api/answer';
import type { ApiResponse } from './api/problem';
import { jobTable } from './clients/job-table';
import { s3 } from './clients/s3';
import { stepFunctions } from './clients/step-functions';
import { listSetting, numberSetting, setting } from './environment';
import { JobStarter } from './jobs/job-starter';
import { JobStore } from './jobs/job-store';

/** Answers `GET /status/{jobId}` and `POST /trigger`. */
export async function handler(request: ApiRequest): Promise<ApiResponse> {
  const store = new JobStore(jobTable, setting('jobTable'));
  const pipeline = setting('pipeline');
  const starter = new JobStarter(store, stepFunctions, {
    pipeline,
    stateMachineArn: setting('stateMachineArn'),
    retentionSeconds: numberSetting('jobRetentionSeconds'),
  });
  const filter = { prefix: setting('inputPrefix'), suffixes: listSetting('inputSuffixes') };
  return answer({ s3, bucket: setting('bucket'), filter, store, starter, pipeline }, request);
}
