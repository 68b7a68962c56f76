import { TRANSIENT_ERROR } from '../shared/step-contract';

/** Something that another try may mend. The state machine retries it by its name. */
export class TransientError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = TRANSIENT_ERROR;
  }
}

/** Names under which AWS services throttle, or ask for another try, with a status below 500. */
const THROTTLING_NAMES: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'OperationAborted',
  'ConditionalRequestConflict',
  // A completed upload whose answer was lost is unknown when the client asks again.
  'NoSuchUpload',
]);

/** What AWS clients, and Node's sockets under them, leave on an error. */
interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly syscall?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** HTTP status of a service's answer, or 0 where there was none. */
export function statusOf(error: unknown): number {
  return (error as ServiceError).$metadata?.httpStatusCode ?? 0;
}

/** Whether trying again may help: throttling, a fault of the service, or of the network. */
export function isTransient(error: unknown): boolean {
  const { name, syscall, code } = error as ServiceError;
  if (name === TRANSIENT_ERROR || name === 'TimeoutError') return true;
  if (syscall !== undefined || code === 'ECONNRESET') return true;
  const status = statusOf(error);
  return status >= 500 || status === 429 || THROTTLING_NAMES.has(name);
}

/** The error to throw on: a TransientError in place of what may pass, everything else as it is. */
export function asTransient(error: unknown): unknown {
  if (!isTransient(error)) return error;
  return new TransientError((error as Error).message, error);
}
