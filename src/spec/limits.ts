import type { ErrorCodeName } from '../shared/error-codes';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** A bound on what one job takes in, and what becomes of a job that meets it. */
export interface Limit {
  /** What is bounded, for people. */
  readonly what: string;
  readonly least: number;
  readonly most: number;
  /** Absent: another limit, or nothing, says how much it is. */
  readonly default?: number;
  /** Instead of a default. */
  readonly otherwise?: string;
  /** How the job ends; absent where it goes on. */
  readonly code?: ErrorCodeName;
  readonly meaning: string;
}

/** Limits of the engine. Adding one: a row here, and the place that keeps to it. */
export const LIMITS = {
  maxRecordBytes: {
    what: 'bytes of a record',
    least: 1024,
    // A record has to fit a Buffer, which is less than 2 GiB.
    most: GIB,
    default: 16 * MIB,
    code: 'record-too-large',
    meaning: 'bounds what a quote that is never closed can swallow',
  },
  uniqueBudgetBytes: {
    what: 'memory of unique, primary and foreign keys',
    least: MIB,
    most: 10 * GIB,
    default: 512 * MIB,
    code: 'unique-budget-exceeded',
    meaning: "must fit the function's memory",
  },
  maxFieldBytes: {
    what: 'bytes of a cell',
    least: 1,
    most: GIB,
    otherwise: 'that of a record',
    code: 'field-too-large',
    meaning: 'of the value, without its quotes',
  },
  maxColumns: {
    what: 'columns of a header',
    least: 1,
    most: 100_000,
    default: 16_384,
    code: 'too-many-columns',
    meaning: 'as many as a spreadsheet has',
  },
  maxRows: {
    what: 'rows of a file',
    least: 1,
    most: Number.MAX_SAFE_INTEGER,
    otherwise: 'any number of them',
    code: 'too-many-rows',
    meaning: 'the rows behind the header, whatever becomes of them',
  },
  maxInflatedBytes: {
    what: 'bytes that a gzip file inflates to',
    least: 1024,
    most: Number.MAX_SAFE_INTEGER,
    default: 10 * GIB,
    code: 'file-too-large',
    meaning: 'a few megabytes can inflate to terabytes',
  },
  maxRejectsKept: {
    what: 'rows of a rejects file',
    least: 1,
    most: Number.MAX_SAFE_INTEGER,
    otherwise: 'all that are rejected',
    meaning:
      'the job goes on and counts the rest; its item says in `rejectsKept` how many rows the file holds',
  },
} as const satisfies Record<string, Limit>;

type LimitName = keyof typeof LIMITS;

/** Limits of a pipeline. Those that may be absent are then as LIMITS says. */
export type LimitsSpec = Readonly<Record<'maxRecordBytes' | 'uniqueBudgetBytes', number>> &
  Readonly<Partial<Record<LimitName, number>>>;

export const DEFAULT_LIMITS: LimitsSpec = {
  maxRecordBytes: LIMITS.maxRecordBytes.default,
  uniqueBudgetBytes: LIMITS.uniqueBudgetBytes.default,
};
