/**
 * Names that Step Functions itself gives to errors.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const ErrorName = {
  ALL: 'States.ALL',
  DATA_LIMIT_EXCEEDED: 'States.DataLimitExceeded',
  EXCEED_TOLERATED_FAILURE_THRESHOLD: 'States.ExceedToleratedFailureThreshold',
  HEARTBEAT_TIMEOUT: 'States.HeartbeatTimeout',
  INTRINSIC_FAILURE: 'States.IntrinsicFailure',
  NO_CHOICE_MATCHED: 'States.NoChoiceMatched',
  PARAMETER_PATH_FAILURE: 'States.ParameterPathFailure',
  RESULT_PATH_MATCH_FAILURE: 'States.ResultPathMatchFailure',
  RUNTIME: 'States.Runtime',
  TASK_FAILED: 'States.TaskFailed',
  TIMEOUT: 'States.Timeout',
} as const;

/** Errors that end an execution whatever its Retry and Catch say. */
const TERMINAL: readonly string[] = [ErrorName.RUNTIME, ErrorName.DATA_LIMIT_EXCEEDED];

/** An error of a state, as Retry and Catch see it. */
export class StateError extends Error {
  constructor(
    readonly error: string | undefined,
    readonly reason: string | undefined,
  ) {
    super(`${error}: ${reason}`);
    this.name = 'StateError';
  }

  /** Whether an `ErrorEquals` list covers this error. */
  isMatchedBy(names: readonly string[]): boolean {
    const error = this.error ?? '';
    if (TERMINAL.includes(error)) return false;
    return names.some((name) => {
      if (name === ErrorName.ALL || name === error) return true;
      if (name === ErrorName.TASK_FAILED) return error !== ErrorName.TIMEOUT;
      // A missed heartbeat is a time-out too.
      return name === ErrorName.TIMEOUT && error === ErrorName.HEARTBEAT_TIMEOUT;
    });
  }
}

/** An error made of something wrong in the definition or its data; the interpreter puts the state before the cause. */
export class RuntimeStateError extends StateError {
  constructor(reason: string, error: string = ErrorName.RUNTIME) {
    super(error, reason);
  }
}
