import type { ErrorCodeName } from '../shared/error-codes';

/** Where in a file something is wrong. Never the value that stands there. */
export interface FilePosition {
  /** Number of the record; the header is record 1 where there is one. */
  readonly record?: number;
  readonly column?: string;
  /** Number of the cell in the record, from 1. */
  readonly cell?: number;
  /** Offset from the start of the file. */
  readonly byteOffset?: number;
}

/**
 * An error that ends a job. Its `name` is the code, because Lambda reports `name` as the error's type and a state
 * machine's Catch sees just that.
 */
export class PipelineError extends Error {
  /** Rows of the source that were read before, where the step that fails knows it. */
  rowsRead?: number;

  constructor(
    readonly code: ErrorCodeName,
    message: string,
    readonly position: FilePosition = {},
  ) {
    super(message);
    this.name = code;
  }
}
