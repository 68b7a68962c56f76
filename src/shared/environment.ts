/** Names of the environment variables that constructs set and handlers read. */
export const ENV = {
  /** Identity of the pipeline: part of the job id, dimension of its metrics. */
  pipeline: 'ETL_PIPELINE',
  jobTable: 'ETL_JOB_TABLE',
  bucket: 'ETL_BUCKET',
  stateMachineArn: 'ETL_STATE_MACHINE_ARN',
  inputPrefix: 'ETL_INPUT_PREFIX',
  /** Comma-separated, for example `.csv,.txt`. */
  inputSuffixes: 'ETL_INPUT_SUFFIXES',
  /** Seconds that a job's item is kept. */
  jobRetentionSeconds: 'ETL_JOB_RETENTION_SECONDS',
  /** Keys of hashes: JSON of HashKeySource by the names in the spec. */
  hashKeys: 'ETL_HASH_KEYS',
  /** Bytes of the largest source that one function reads. */
  maxFileSizeBytes: 'ETL_MAX_FILE_SIZE_BYTES',
  /** Minutes without a change after which a job counts as stuck. */
  stuckAfterMinutes: 'ETL_STUCK_AFTER_MINUTES',
} as const;
