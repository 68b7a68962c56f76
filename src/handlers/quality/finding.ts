/** What the daily check looks for. */
export const FINDING_KINDS = {
  'stuck-job': 'a job has not changed its status for longer than it should',
  'missing-file': 'an output or rejects file of a finished job is not there',
  'reject-rate': 'more rows are rejected than normally',
  conservation: 'the rows of a job do not add up',
} as const;

export type FindingKind = keyof typeof FINDING_KINDS;

export interface Finding {
  readonly kind: FindingKind;
  /** Absent where the finding is of the pipeline as a whole. */
  readonly jobId?: string;
  /** Key of the source. */
  readonly fileName?: string;
  /** What is wrong. */
  readonly detail: string;
}
