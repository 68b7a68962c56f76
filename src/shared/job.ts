/** The statuses of a job in the order in which it passes them; a write never goes back in this order. */
export const JOB_STATUSES = [
  'PENDING',
  'VALIDATING',
  'TRANSFORMING',
  'ENRICHING',
  'SUCCEEDED',
  'FAILED',
  'SUPERSEDED',
] as const;

export type JobStatus = (typeof JOB_STATUSES)[number];

/**
 * Rank of each status. A write to the job table needs (attempt, rank) greater than what is stored, so that late and
 * duplicated writes change nothing. All final statuses share one rank: the first to arrive stays.
 */
export const STATUS_RANK: Readonly<Record<JobStatus, number>> = {
  PENDING: 0,
  VALIDATING: 1,
  TRANSFORMING: 2,
  ENRICHING: 3,
  SUCCEEDED: 4,
  FAILED: 4,
  SUPERSEDED: 4,
};

/** Rank that every final status has. */
export const FINAL_RANK = 4;

/** The job table's keys and index. `status` and `timestamp` are DynamoDB reserved words: alias them. */
export const JOB_TABLE_KEYS = {
  partitionKey: 'jobId',
  sortKey: 'fileName',
  statusIndex: 'status-timestamp',
  timeToLive: 'expiresAt',
} as const;

/** Days after which a job's item is deleted by the table's time to live, unless a prop says otherwise. */
export const JOB_RETENTION_DAYS = 90;

/** Row counts of a step or a job. Conservation: rowsRead = rowsWritten + rowsRejected + rowsFiltered. */
export interface Counts {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsRejected: number;
  readonly rowsFiltered: number;
}

/** How a source was found to be written. */
export interface FoundDialect {
  readonly delimiter: string;
  /** Null where quotes have no meaning. */
  readonly quoteChar: string | null;
  readonly header: boolean;
  readonly encoding: string;
}

/** The item of the job table, which is also the API's answer and an entry of `--json`'s `jobs`. */
export interface JobItem {
  readonly jobId: string;
  /** Full decoded key of the source object. */
  readonly fileName: string;
  readonly status: JobStatus;
  /** Time of the last change, ISO-8601 UTC with milliseconds. */
  readonly timestamp: string;
  /** Identity of the pipeline that the job belongs to. */
  readonly pipeline: string;
  readonly bucket: string;
  /** Empty where the bucket is not versioned. */
  readonly versionId: string;
  readonly sizeBytes: number;
  readonly rowsRead: number | null;
  readonly rowsWritten: number | null;
  readonly rowsRejected: number | null;
  readonly rowsFiltered: number | null;
  /** False while counts are unknown, and where reading stopped early. */
  readonly countsComplete: boolean;
  /** Keys of the published objects. */
  readonly outputs: string[];
  /** Key of the rejects file, or null where no row was rejected. */
  readonly rejects: string | null;
  /** Rows that the rejects file holds, where the limit of rejects that are kept was met. */
  readonly rejectsKept?: number;
  /** What was found out of the source, where the pipeline's dialect asks for that. */
  readonly dialect?: FoundDialect;
  /** The step that failed: validate, transform, enrich or finish. */
  readonly step?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** Milliseconds from entering a step to leaving it. */
  readonly durationsMs: Readonly<Record<string, number>>;
  readonly executionArn: string | null;
  /** Hash of the pipeline's spec that the job ran with. */
  readonly specSha256: string;
  /** Redrive count of the execution that wrote last. */
  readonly attempt: number;
  /** Rank of `status`, see STATUS_RANK: what conditions compare. */
  readonly statusRank: number;
  /** Replays started so far; only on a first job's item. */
  readonly replays?: number;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  /** Epoch seconds after which DynamoDB deletes the item. */
  readonly expiresAt: number;
}
