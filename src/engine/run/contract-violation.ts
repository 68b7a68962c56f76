import type { ErrorCodeName } from '../../shared/error-codes';
import { type FilePosition, PipelineError } from '../../spec/pipeline-error';

/** What the reader says of a file that it cannot read. */
const UNREADABLE: ReadonlySet<ErrorCodeName> = new Set([
  'encoding-error',
  'unclosed-quote',
  'record-too-large',
] as const);

/** What a step did against its contract. */
export function contractViolation(message: string, position: FilePosition = {}): PipelineError {
  return new PipelineError('step-contract-violation', message, position);
}

/**
 * The error to throw where a file that a step wrote could not be read: what is wrong with the file is the step's doing.
 * Any other error, such as that of a source of bytes, stays what it is.
 */
export function unreadableFile(what: string, error: unknown): unknown {
  if (!(error instanceof PipelineError) || !UNREADABLE.has(error.code)) return error;
  return contractViolation(`${what} cannot be read as CSV: ${error.code}: ${error.message}`, error.position);
}
