import { jobTable } from './clients/job-table';
import { s3 } from './clients/s3';
import { numberSetting, setting } from './environment';
import { checkQuality, type QualitySummary } from './quality/check-quality';
import { JobIndex } from './quality/job-index';

/** The daily look at the pipeline's jobs; `{ "date": "YYYY-MM-DD" }` asks for another day. */
export async function handler(event: unknown): Promise<QualitySummary> {
  const pipeline = setting('pipeline');
  return checkQuality(
    {
      s3,
      index: new JobIndex(jobTable, setting('jobTable'), pipeline),
      pipeline,
      bucket: setting('bucket'),
      stuckAfterMinutes: numberSetting('stuckAfterMinutes'),
    },
    event,
  );
}
