/**
 * What is done to a file: every row read and checked, or that and all that follows up to the published CSV or Parquet, or
 * its record boundaries found so that several readers can share it.
 */
export type WorkKind = 'validate' | 'pipeline-csv' | 'pipeline-parquet' | 'split';

/** One measurement as the process that does it gets it. */
export interface Task {
  readonly kind: WorkKind;
  /** The source; absent where it is generated while it is read. */
  readonly file?: string;
  /** The lookup's CSV. */
  readonly customers: string;
  /** Where the result goes. */
  readonly output: string;
  /** Name of one of PIPELINES. */
  readonly pipeline: string;
}

/** Rows that came in, and rows that came out at the end; null where the engine does not tell. */
export interface WorkResult {
  readonly rowsRead: number | null;
  readonly rowsWritten: number | null;
  /** Code of the error that ended it. */
  readonly error?: string;
}

/** A way of doing the works that it is listed with. */
export type Engine = (task: Task) => Promise<WorkResult>;
