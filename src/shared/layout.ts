/** Prefixes of the bucket, each with its trailing slash. Only the input prefix is a prop. */
export const PREFIX = {
  raw: 'raw/',
  staging: 'staging/',
  processed: 'processed/',
  failed: 'failed/',
  reference: 'reference/',
  reports: 'reports/',
} as const;

/** Suffixes of the keys that start a job, unless a prop says otherwise. */
export const INPUT_SUFFIXES = ['.csv'] as const;

/** Between a source's name and the job id in the name of a rejects file: `<name>.<jobId>.rejects.csv`. */
export const REJECTS_SUFFIX = '.rejects.csv';

/** User metadata of a published object: which source version it was made from, and by which commit. */
export const OUTPUT_METADATA = {
  sourceKey: 'source-key',
  sourceVersionId: 'source-version-id',
  jobId: 'job-id',
  /** Execution name and attempt: tells a retried write of one's own from another's. */
  commitId: 'commit-id',
} as const;

/** Key of the metadata on the trigger function by which tools find a pipeline in a template. */
export const PIPELINE_METADATA = 'serverless-csv-etl:pipeline';
