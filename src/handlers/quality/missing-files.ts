import type { S3Client } from '@aws-sdk/client-s3';
import type { Finding } from './finding';
import type { JobItem } from '../../shared/job';
import { OUTPUT } from '../objects/object-access';
import { headObject } from '../objects/object-reader';

/** Objects that are looked for at a time. */
const CONCURRENCY = 16;

/** Outputs and rejects of succeeded jobs that are no longer, or never were, in the bucket. */
export async function findMissingFiles(s3: S3Client, succeeded: readonly JobItem[]): Promise<Finding[]> {
  const files = succeeded.flatMap((job) =>
    [...job.outputs, ...(job.rejects === null ? [] : [job.rejects])].map((key) => ({ job, key })),
  );
  const findings: Finding[] = [];
  for (let start = 0; start < files.length; start += CONCURRENCY) {
    const missing = await Promise.all(
      files.slice(start, start + CONCURRENCY).map(async ({ job, key }): Promise<Finding[]> => {
        if (await headObject(s3, { bucket: job.bucket, key }, OUTPUT)) return [];
        const { jobId, fileName } = job;
        return [{ kind: 'missing-file', jobId, fileName, detail: `${key} does not exist` }];
      }),
    );
    findings.push(...missing.flat());
  }
  return findings;
}
