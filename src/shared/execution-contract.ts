import type { Counts } from './job';
import type { JobIdentity, ObjectPointer, SpecPointer, StageName, StepName } from './step-contract';

/** Input of an execution. It holds nothing that changes from one delivery of an event to the next (no time stamps). */
export interface ExecutionInput {
  readonly contract: number;
  readonly job: JobIdentity;
}

/** What the state machine keeps of a finished step. */
export interface StepRecord {
  readonly result: { data: ObjectPointer; rejects?: ObjectPointer; counts: Counts };
  /** `$$.State.EnteredTime` of the step. */
  readonly startedAt: string;
}

/** An error as Catch leaves it in the state. */
export interface CaughtError {
  readonly Error: string;
  readonly Cause: string;
}

/** What the state machine sends to finish, both to publish and to record a failure. */
export interface FinishInput {
  readonly contract: number;
  readonly job: JobIdentity;
  readonly spec: SpecPointer;
  readonly execution: {
    readonly arn: string;
    readonly name: string;
    readonly redriveCount: number;
    readonly startedAt: string;
  };
  /** Steps done so far. */
  readonly steps: Partial<Record<StepName, StepRecord>>;
  /** `$$.State.EnteredTime` of the state that calls finish. */
  readonly enteredAt: string;
  /** There where a failure is to be recorded instead of publishing. */
  readonly failure?: { readonly step: StageName; readonly error: CaughtError };
}

/** What finish returns to the state machine. */
export interface FinishOutput {
  readonly status: 'SUCCEEDED' | 'SUPERSEDED' | 'FAILED';
}
