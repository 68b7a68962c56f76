import { createHash } from 'node:crypto';

/** What makes two events one job: the same version of the same object in the same pipeline. */
export interface SourceVersion {
  readonly bucket: string;
  readonly key: string;
  /** Empty where the bucket is not versioned. */
  readonly versionId: string;
}

/** A job's id, or a replay's: `<jobId>-<n>`. */
export const JOB_ID_PATTERN = /^[0-9a-f]{32}(-[1-9][0-9]*)?$/;

/**
 * The job's id, which is also its execution's name: the first 32 hex characters of SHA-256 over pipeline, bucket, key
 * and version id, each preceded by the length of its UTF-8 as 4 bytes, big-endian. The lengths keep `('a', 'bc')` and
 * `('ab', 'c')` apart.
 */
export function jobIdOf(pipeline: string, source: SourceVersion): string {
  const hash = createHash('sha256');
  for (const part of [pipeline, source.bucket, source.key, source.versionId]) {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}

/** Id of the nth replay of a job. */
export function replayIdOf(jobId: string, replay: number): string {
  return `${jobId}-${replay}`;
}
