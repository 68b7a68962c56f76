/** What is measured: reading and checking every row, or that and all that follows up to the published CSV. */
export type Work = 'validate' | 'pipeline-csv';

export const WORKS: readonly Work[] = ['validate', 'pipeline-csv'];

/** Rows that came in, and rows that came out at the end. */
export interface WorkResult {
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/** A way of doing the work on a file. */
export type Engine = (work: Work, file: string) => Promise<WorkResult>;
