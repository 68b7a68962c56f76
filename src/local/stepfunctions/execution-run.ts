import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { EventSender, Journal } from '../services';
import type { Clock } from './clock';
import type { Execution } from './execution';
import { Trail } from './history';
import { ErrorName, StateError } from './state-error';
import type { Json, JsonObject } from '../json/json-value';
import type { ExecutionScope } from './states/visit';
import { StoppedError } from './states/visit';
import { runWorkflow } from './states/workflow';
import { statusChangeEvent } from './status-event';

/** What executions need of what is around them. */
export interface RunSurroundings extends Pick<ExecutionScope, 'clock' | 'journal' | 'resources' | 'tokens'> {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly events: EventSender;
}

interface Ending {
  readonly status: ExecutionStatus;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Runs an execution from its start, or on from where it came to, until it has ended. Never throws. */
export async function runExecution(execution: Execution, around: RunSurroundings): Promise<void> {
  const { machine, stopping } = execution;
  const trail = begin(execution, around);
  let hasTimedOut = false;
  const limit = machine.definition.TimeoutSeconds;
  const timer =
    limit === undefined
      ? undefined
      : around.clock.after(limit, () => {
          hasTimedOut = true;
          stopping.abort();
        });
  try {
    const output = await runWorkflow(machine.definition, JSON.parse(execution.input) as Json, {
      execution: scopeOf(execution, around),
      signal: stopping.signal,
      trail,
      progress: execution.progress,
    });
    end(execution, trail, around, { status: 'SUCCEEDED', output: JSON.stringify(output) });
  } catch (problem) {
    end(execution, trail, around, hasTimedOut ? { status: 'TIMED_OUT' } : endingOf(problem, stopping.signal));
  } finally {
    timer?.cancel();
  }
}

/** What StopExecution gave as error and cause comes with the signal. */
export interface StopReason {
  readonly error?: string;
  readonly cause?: string;
}

function endingOf(problem: unknown, signal: AbortSignal): Ending {
  if (problem instanceof StateError) return { status: 'FAILED', error: problem.error, cause: problem.reason };
  if (problem instanceof StoppedError) return { status: 'ABORTED', ...(signal.reason as StopReason) };
  // A defect, or something that the local run does not provide: it must be seen.
  return { status: 'FAILED', error: ErrorName.RUNTIME, cause: String(problem) };
}

function begin(execution: Execution, around: RunSurroundings): Trail {
  const { machine, history, input } = execution;
  if (execution.redriveCount > 0) {
    const trail = new Trail(history, history.events.length);
    trail.add('ExecutionRedriven', {
      executionRedrivenEventDetails: { redriveCount: execution.redriveCount },
    });
    announce(execution, around);
    return trail;
  }
  const trail = new Trail(history, 0);
  trail.add('ExecutionStarted', {
    executionStartedEventDetails: { input, inputDetails: { truncated: false }, roleArn: machine.role.arn },
  });
  announce(execution, around);
  return trail;
}

function end(execution: Execution, trail: Trail, around: RunSurroundings, ending: Ending): void {
  const { status, output, error, cause } = ending;
  Object.assign(execution, ending, { stopDate: new Date(around.clock.now()) });
  const failure = { error, cause };
  switch (status) {
    case 'SUCCEEDED':
      trail.add('ExecutionSucceeded', {
        executionSucceededEventDetails: { output, outputDetails: { truncated: false } },
      });
      break;
    case 'TIMED_OUT':
      trail.add('ExecutionTimedOut', { executionTimedOutEventDetails: failure });
      break;
    case 'ABORTED':
      trail.add('ExecutionAborted', { executionAbortedEventDetails: failure });
      break;
    default:
      trail.add('ExecutionFailed', { executionFailedEventDetails: failure });
  }
  around.journal.record({
    kind: 'execution-ended',
    executionArn: execution.arn,
    status,
    output,
    error,
    cause,
  });
  announce(execution, around);
}

/** Tells EventBridge of the status. That nobody takes the event is no trouble of the execution's. */
function announce(execution: Execution, { events }: RunSurroundings): void {
  events.put(statusChangeEvent(execution)).catch(() => undefined);
}

function scopeOf(execution: Execution, around: RunSurroundings): ExecutionScope {
  const { machine, redriveDate } = execution;
  const context: JsonObject = {
    Execution: {
      Id: execution.arn,
      Input: JSON.parse(execution.input) as Json,
      Name: execution.name,
      RoleArn: machine.role.arn,
      StartTime: execution.startDate.toISOString(),
      RedriveCount: execution.redriveCount,
      ...(redriveDate && { RedriveTime: redriveDate.toISOString() }),
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
  };
  return {
    executionArn: execution.arn,
    stateMachineArn: machine.arn,
    role: machine.role,
    context,
    clock: around.clock,
    journal: around.journal,
    resources: around.resources,
    tokens: around.tokens,
  };
}
