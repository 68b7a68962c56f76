import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import { ExecutionHistory } from './history';
import type { StateMachine } from './state-machine';
import type { Progress } from './states/visit';

/** The longest history of an execution. */
const MOST_EVENTS = 25_000;

/** One execution: what DescribeExecution tells of it, and what a redrive needs. */
export class Execution {
  readonly arn: string;
  readonly startDate: Date;
  readonly history: ExecutionHistory;
  readonly progress: Progress = {};
  status: ExecutionStatus = 'RUNNING';
  stopDate?: Date;
  output?: string;
  error?: string;
  cause?: string;
  redriveCount = 0;
  redriveDate?: Date;
  /** Fires when the execution is stopped or its time runs out. */
  stopping = new AbortController();

  constructor(
    readonly machine: StateMachine,
    readonly name: string,
    readonly input: string,
    now: () => number,
  ) {
    this.arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    this.startDate = new Date(now());
    this.history = new ExecutionHistory(now);
  }

  get isRunning(): boolean {
    return this.status === 'RUNNING';
  }

  /** Why RedriveExecution would refuse; undefined where it would not. */
  get redriveRefusal(): string | undefined {
    if (this.isRunning) return 'Execution is RUNNING and cannot be redriven';
    if (this.status === 'SUCCEEDED') return 'Execution is SUCCEEDED and cannot be redriven';
    if (this.history.events.length >= MOST_EVENTS - 1) return 'Execution history event limit exceeded';
    return undefined;
  }
}
