import type { Counts } from './job';

/** Version of the messages between the state machine and its steps. */
export const STEP_CONTRACT_VERSION = 1;

/** The steps in the order in which they run. A user's function may stand for any of them. */
export const STEPS = ['validate', 'transform', 'enrich'] as const;
export type StepName = (typeof STEPS)[number];

/** Everything that can be named as the place of a failure. */
export type StageName = StepName | 'start' | 'finish';

/** A place in S3. `versionId` is there where the object must not change under the reader. */
export interface ObjectPointer {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/** Which source object, and as which job. */
export interface JobIdentity {
  readonly jobId: string;
  readonly bucket: string;
  readonly key: string;
  /** Empty where the bucket is not versioned (such a job fails before its first step). */
  readonly versionId: string;
}

/** The pipeline's spec as an immutable object, and the hash of its bytes. */
export interface SpecPointer {
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
}

/** What a step gets. */
export interface StepInput {
  readonly contract: number;
  readonly job: JobIdentity;
  /** Validate reads the source itself; a later step reads what the one before it wrote. */
  readonly data: ObjectPointer;
  readonly spec: SpecPointer;
  /** `staging/<jobId>/<step>/`: the only prefix that a step may write to. */
  readonly outputPrefix: string;
}

/** What a step returns. */
export interface StepOutput {
  readonly data: ObjectPointer;
  /** Absent where the step rejected nothing. */
  readonly rejects?: ObjectPointer;
  readonly counts: Counts;
}

/** First column of every file between steps: number of the record in the source. */
export const ROW_COLUMN = '_row';

/** Columns of a step's rejects file, and the last four of the published one. */
export const REJECT_COLUMNS = ['_row', '_column', '_code', '_message'] as const;

/** Error names that the state machine retries, beside Lambda's own service errors. */
export const TRANSIENT_ERROR = 'TransientError';
