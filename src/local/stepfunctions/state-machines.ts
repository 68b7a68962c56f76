import { randomUUID } from 'node:crypto';
import {
  AwsError,
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  LOCAL_REGION,
  type Authorizer,
  type EventSender,
  type FunctionInvoker,
  type Journal,
  type Principal,
  type QueueSender,
  type TableCaller,
} from '../services';
import { ScaledClock, type Clock } from './clock';
import { loadDefinition } from './definition/load-definition';
import { Execution } from './execution';
import { runExecution, type RunSurroundings, type StopReason } from './execution-run';
import type { StateMachine } from './state-machine';
import type { EndedExecution, ExecutionStarter } from './tasks/start-execution-task';
import { TaskResources } from './tasks/task-resources';
import { TaskTokens } from './tasks/task-tokens';

/** What Step Functions works with. */
export interface StateMachinesOptions {
  readonly functions: FunctionInvoker;
  readonly tables: TableCaller;
  readonly queues: QueueSender;
  readonly events: EventSender;
  readonly authorizer: Authorizer;
  readonly journal: Journal;
  /** @default - the machine's clock, with `timeScale` */
  readonly clock?: Clock;
  /** Seconds that one second of a Wait state or a Retry's back-off takes. @default 1 */
  readonly timeScale?: number;
}

/** UTF-16 units that an execution's input may have, by the API's model. */
const LONGEST_INPUT = 262_144;
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]{1,80}$/;

export function stateMachineArn(name: string): string {
  return `arn:${LOCAL_PARTITION}:states:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stateMachine:${name}`;
}

/** The state machines of a local run and their executions. */
export class StateMachines implements ExecutionStarter {
  readonly tokens = new TaskTokens();
  readonly resources: TaskResources;
  private readonly machines = new Map<string, StateMachine>();
  private readonly executions = new Map<string, Execution>();
  private readonly runs = new Map<string, Promise<void>>();
  private readonly around: RunSurroundings;

  constructor(private readonly options: StateMachinesOptions) {
    this.resources = new TaskResources({ ...options, executions: this });
    const clock = options.clock ?? new ScaledClock(options.timeScale ?? 1);
    this.around = { ...options, clock, resources: this.resources, tokens: this.tokens };
  }

  /** Adds a state machine. Throws where its definition holds anything that is wrong or not provided. */
  add(machine: Omit<StateMachine, 'arn' | 'definition' | 'creationDate'>): StateMachine {
    const added = {
      ...machine,
      arn: stateMachineArn(machine.name),
      definition: loadDefinition(machine.definitionText, this.resources),
      creationDate: new Date(this.around.clock.now()),
    };
    this.machines.set(added.arn, added);
    return added;
  }

  machine(arn: string): StateMachine {
    const machine = this.machines.get(arn);
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  allMachines(): StateMachine[] {
    return [...this.machines.values()];
  }

  execution(arn: string): Execution {
    const execution = this.executions.get(arn);
    if (!execution) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  /** The newest first. */
  executionsOf(machineArn: string): Execution[] {
    return [...this.executions.values()]
      .filter((execution) => execution.machine.arn === machineArn)
      .reverse();
  }

  /**
   * Starts an execution. The same name with the same input answers the one that is running; with other input, or once
   * it has ended, it is ExecutionAlreadyExists.
   */
  async start(
    request: { readonly stateMachineArn: string; readonly name?: string; readonly input: string },
    principal: Principal,
  ): Promise<{ executionArn: string; startDate: Date }> {
    this.options.authorizer.authorize(principal, 'states:StartExecution', request.stateMachineArn);
    const { name = randomUUID(), input } = request;
    if (!NAME.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    const machine = this.machine(request.stateMachineArn);
    checkInput(input);
    const execution = new Execution(machine, name, input, () => this.around.clock.now());
    const existing = this.executions.get(execution.arn);
    if (existing) {
      if (existing.isRunning && existing.input === input) {
        return { executionArn: existing.arn, startDate: existing.startDate };
      }
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${existing.arn}'`);
    }
    this.executions.set(execution.arn, execution);
    this.run(execution);
    return { executionArn: execution.arn, startDate: execution.startDate };
  }

  /** Resolves with the execution once it is not running. */
  async ended(arn: string): Promise<EndedExecution> {
    const execution = this.execution(arn);
    await this.runs.get(arn);
    const { machine, name, input, status, output, error, cause, startDate, stopDate } = execution;
    return {
      executionArn: arn,
      stateMachineArn: machine.arn,
      name,
      input,
      status,
      output,
      error,
      cause,
      startDate,
      stopDate,
    };
  }

  /** Stops an execution; one that has ended stays as it is. Resolves with the date when it ended. */
  async stop(arn: string, reason: StopReason): Promise<Date> {
    const execution = this.execution(arn);
    if (execution.isRunning) execution.stopping.abort(reason);
    return (await this.ended(arn)).stopDate!;
  }

  /** Runs a failed, aborted or timed-out execution on from the state it did not leave. */
  redrive(arn: string): Date {
    const execution = this.execution(arn);
    const refusal = execution.redriveRefusal;
    if (refusal !== undefined) throw new AwsError('ExecutionNotRedrivable', `${refusal}: '${arn}'`);
    const redriveDate = new Date(this.around.clock.now());
    Object.assign(execution, {
      status: 'RUNNING',
      stopDate: undefined,
      error: undefined,
      cause: undefined,
      redriveCount: execution.redriveCount + 1,
      redriveDate,
      stopping: new AbortController(),
    });
    this.run(execution);
    return redriveDate;
  }

  /** Does what AWS does 90 days after an execution has ended: its name is free again. */
  forget(arn: string): void {
    const execution = this.execution(arn);
    if (execution.isRunning) throw new Error(`${arn} is running: AWS forgets executions that have ended`);
    this.executions.delete(arn);
    this.runs.delete(arn);
  }

  /** Stops everything that runs, and resolves when nothing does. */
  async close(): Promise<void> {
    for (const execution of this.executions.values()) execution.stopping.abort({});
    await Promise.all(this.runs.values());
  }

  private run(execution: Execution): void {
    const { arn: executionArn, input } = execution;
    this.options.journal.record({ kind: 'execution-started', executionArn, input });
    this.runs.set(execution.arn, runExecution(execution, this.around));
  }
}

function checkInput(input: string): void {
  if (input.length > LONGEST_INPUT) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_INPUT}`,
    );
  }
  try {
    JSON.parse(input);
  } catch (problem) {
    throw new AwsError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${(problem as Error).message}'`,
    );
  }
}
