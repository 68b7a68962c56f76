import type { HistoryEventType } from '@aws-sdk/client-sfn';
import { explained } from './explain';
import { visitMap } from './map-state';
import { visitParallel } from './parallel-state';
import { visitChoice, visitFail, visitPass, visitSucceed, visitWait } from './simple-states';
import { visitTask } from './task-state';
import { StoppedError, type Outcome, type Progress, type Visit, type WorkflowScope } from './visit';
import type { Json } from '../../json/json-value';
import type { State, Workflow } from '../definition/definition';

type StateVisitors = {
  [T in State['Type']]: (visit: Visit<Extract<State, { Type: T }>>) => Outcome | Promise<Outcome>;
};

const VISITORS: StateVisitors = {
  Pass: visitPass,
  Task: visitTask,
  Choice: visitChoice,
  Wait: visitWait,
  Succeed: visitSucceed,
  Fail: visitFail,
  Parallel: visitParallel,
  Map: visitMap,
};

/**
 * Runs the states of a workflow from its start, or from where an earlier attempt came to, and gives its output.
 *
 * @throws StateError that no Catch took, StoppedError where the signal fired.
 */
export async function runWorkflow(workflow: Workflow, input: Json, scope: WorkflowScope): Promise<Json> {
  const { progress } = scope;
  const stays = progress.at !== undefined && workflow.States[progress.at.name].Type !== 'Fail';
  let at = stays
    ? progress.at!
    : enter(workflow, progress.at?.name ?? workflow.StartAt, progress.at?.input ?? input, scope);
  for (;;) {
    // Between two states, so that a machine that only passes things on can be stopped as well.
    await new Promise(setImmediate);
    if (scope.signal.aborted) throw new StoppedError();
    const { output, next } = await visitState(workflow.States[at.name], at, scope);
    leave(workflow.States[at.name], at.name, output, scope);
    if (next === undefined) {
      progress.output = { value: output };
      progress.at = undefined;
      return output;
    }
    at = enter(workflow, next, output, scope);
  }
}

async function visitState(
  state: State,
  at: NonNullable<Progress['at']>,
  scope: WorkflowScope,
): Promise<Outcome> {
  const visit: Visit = { ...scope, ...at, state };
  try {
    return await (VISITORS[state.Type] as (visit: Visit) => Outcome | Promise<Outcome>)(visit);
  } catch (problem) {
    throw explained(problem, visit);
  }
}

function enter(workflow: Workflow, name: string, input: Json, { execution, trail, progress }: WorkflowScope) {
  const text = JSON.stringify(input);
  const enteredEventId = trail.add(`${workflow.States[name].Type}StateEntered` as HistoryEventType, {
    stateEnteredEventDetails: { name, input: text, inputDetails: { truncated: false } },
  });
  execution.journal.record({
    kind: 'state-entered',
    executionArn: execution.executionArn,
    state: name,
    input: text,
  });
  const enteredAt = new Date(execution.clock.now()).toISOString();
  progress.at = { name, input, enteredAt, enteredEventId, children: [] };
  return progress.at;
}

function leave(state: State, name: string, output: Json, { execution, trail }: WorkflowScope): void {
  const text = JSON.stringify(output);
  trail.add(`${state.Type}StateExited` as HistoryEventType, {
    stateExitedEventDetails: { name, output: text, outputDetails: { truncated: false } },
  });
  execution.journal.record({
    kind: 'state-exited',
    executionArn: execution.executionArn,
    state: name,
    output: text,
  });
}
