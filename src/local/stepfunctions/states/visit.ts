import type { Json, JsonObject } from '../../json/json-value';
import type { Journal, Principal } from '../../services';
import type { Clock } from '../clock';
import type { State } from '../definition/definition';
import type { Trail } from '../history';
import type { TaskResources } from '../tasks/task-resources';
import type { TaskTokens } from '../tasks/task-tokens';

/** What all states of an execution share. */
export interface ExecutionScope {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** The machine's role, in whose name its tasks call. */
  readonly role: Principal;
  /** `Execution` and `StateMachine` of the context object. */
  readonly context: JsonObject;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly resources: TaskResources;
  readonly tokens: TaskTokens;
}

/** How far a workflow came: what a redrive goes on from. */
export interface Progress {
  /** The state that has been entered and not left. */
  at?: {
    readonly name: string;
    readonly input: Json;
    readonly enteredAt: string;
    readonly enteredEventId: number;
    /** Of its branches or iterations, by their number. */
    children: Progress[];
  };
  /** There once the workflow has ended well. */
  output?: { readonly value: Json };
}

/** Where a workflow runs: the machine itself, a branch or an iteration. */
export interface WorkflowScope {
  readonly execution: ExecutionScope;
  readonly signal: AbortSignal;
  readonly trail: Trail;
  readonly progress: Progress;
  /** `Map` of the context object, inside an iteration. */
  readonly mapItem?: JsonObject;
}

/** One stay in a state. */
export interface Visit<S extends State = State> extends WorkflowScope {
  readonly name: string;
  readonly state: S;
  /** The input as it came, before InputPath. */
  readonly input: Json;
  readonly enteredAt: string;
  readonly enteredEventId: number;
  readonly children: Progress[];
}

/** What a state hands on. Without `next` the workflow ends here. */
export interface Outcome {
  readonly output: Json;
  readonly next?: string;
}

/** Thrown in a workflow that was stopped from outside: it can neither be retried nor caught. */
export class StoppedError extends Error {
  constructor() {
    super('the workflow was stopped');
    this.name = 'StoppedError';
  }
}

/** The promise's result, or a StoppedError as soon as the signal fires. What the promise does later is ignored. */
export async function untilStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(new StoppedError());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
