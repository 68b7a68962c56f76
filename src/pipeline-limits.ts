import type { Size } from 'aws-cdk-lib';

/** Bounds on what one job takes in. */
export interface PipelineLimits {
  /**
   * Size of a record. It bounds what a quote that is never closed can swallow; a job with a larger one fails as
   * `record-too-large`.
   * @default Size.mebibytes(16)
   */
  readonly maxRecordSize?: Size;

  /**
   * Size of a cell, without its quotes. A job with a larger one fails as `field-too-large`.
   * @default - that of a record
   */
  readonly maxFieldSize?: Size;

  /**
   * Columns of a header. A job with more fails as `too-many-columns`.
   * @default 16384
   */
  readonly maxColumns?: number;

  /**
   * Rows of a file. A job with more fails as `too-many-rows`.
   * @default - any number of them
   */
  readonly maxRows?: number;

  /**
   * Size that a gzip file may inflate to. A job whose file inflates to more fails as `file-too-large`.
   * @default Size.gibibytes(10)
   */
  readonly maxInflatedSize?: Size;

  /**
   * Rows that a rejects file holds. Further ones are counted only, and the job says in `rejectsKept` how many are there.
   * @default - all rejected rows
   */
  readonly maxRejectsKept?: number;
}
