import type { RecordBatch } from '../batch';

/** A row for which an expression has no value. It is thrown, since it can arise at any depth of the tree. */
export class EvaluationError {
  constructor(
    readonly message: string,
    /** Column whose cell is to blame; undefined where no single one is. */
    readonly column?: string,
  ) {}
}

/** Rejects a row for an EvaluationError: for the cell to blame, or else for the column that is worked out. Throws any other. */
export function rejectRow(batch: RecordBatch, row: number, column: string, error: unknown): void {
  if (!(error instanceof EvaluationError)) throw error;
  batch.reject(row, { column: error.column ?? column, code: 'transform-error', message: error.message });
}

export function divisionByZero(position: number): never {
  throw new EvaluationError(`division by zero at character ${position} of the expression`);
}
