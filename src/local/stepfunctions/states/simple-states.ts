import { matchesRule } from '../choice-rules';
import type { ChoiceState, FailState, PassState, SucceedState, WaitState } from '../definition/definition';
import { isTimestamp } from '../definition/field-kinds';
import { fillTemplate, requirePath, type StateData } from '../payload-template';
import { ErrorName, RuntimeStateError, StateError } from '../state-error';
import { applyParameters, contextOf, dataOf, outputOf } from './data-flow';
import { untilStopped, type Outcome, type Visit } from './visit';

/** States that call nothing: they can be neither retried nor caught. */

export function visitPass(visit: Visit<PassState>): Outcome {
  const data = dataOf(visit, contextOf(visit, 0));
  const parameters = applyParameters(visit.state.Parameters, data, visit.name);
  const { Result: result, Next: next } = visit.state;
  return { output: outputOf(visit, data, result === undefined ? parameters : result), next };
}

export function visitSucceed(visit: Visit<SucceedState>): Outcome {
  const data = dataOf(visit, contextOf(visit, 0));
  return { output: outputOf(visit, data, data.input) };
}

export function visitFail(visit: Visit<FailState>): never {
  const data = { input: visit.input, context: contextOf(visit, 0) };
  const { Error: error, ErrorPath: errorPath, Cause: cause, CausePath: causePath } = visit.state;
  throw new StateError(
    error ?? textAt('ErrorPath', errorPath, data),
    cause ?? textAt('CausePath', causePath, data),
  );
}

function textAt(field: string, expression: string | undefined, data: StateData): string | undefined {
  if (expression === undefined) return undefined;
  const filled = fillTemplate({ [`${field}.$`]: expression }, data) as Record<string, unknown>;
  const value = filled[field];
  if (typeof value !== 'string') {
    throw new RuntimeStateError(
      `The ${field} '${expression}' must point at a text, got ${JSON.stringify(value)}`,
    );
  }
  return value;
}

export function visitChoice(visit: Visit<ChoiceState>): Outcome {
  const data = dataOf(visit, contextOf(visit, 0));
  const choice = visit.state.Choices.find((rule) => matchesRule(rule, data));
  const next = choice?.Next ?? visit.state.Default;
  if (next === undefined) {
    throw new RuntimeStateError(
      'Failed to transition out of the state. The state does not point to a next state.',
      ErrorName.NO_CHOICE_MATCHED,
    );
  }
  return { output: outputOf(visit, data, data.input), next };
}

export async function visitWait(visit: Visit<WaitState>): Promise<Outcome> {
  const data = dataOf(visit, contextOf(visit, 0));
  const seconds = secondsToWait(visit, data);
  await untilStopped(visit.execution.clock.wait(seconds, visit.signal), visit.signal);
  return { output: outputOf(visit, data, data.input), next: visit.state.Next };
}

function secondsToWait({ state, execution }: Visit<WaitState>, data: StateData): number {
  const seconds = state.SecondsPath ? requirePath('SecondsPath', state.SecondsPath, data) : state.Seconds;
  if (seconds !== undefined) {
    if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0) return seconds;
    throw new RuntimeStateError(
      `The SecondsPath parameter does not reference a positive integer: ${state.SecondsPath} == ${JSON.stringify(seconds)}`,
      ErrorName.PARAMETER_PATH_FAILURE,
    );
  }
  const until = state.TimestampPath
    ? requirePath('TimestampPath', state.TimestampPath, data)
    : state.Timestamp;
  if (!isTimestamp(until)) {
    throw new RuntimeStateError(
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${state.TimestampPath} == ${JSON.stringify(until)}`,
      ErrorName.PARAMETER_PATH_FAILURE,
    );
  }
  return Math.max(0, (Date.parse(until) - execution.clock.now()) / 1000);
}
