import type { Json, JsonObject } from '../../json/json-value';
import type { State } from '../definition/definition';
import { fillTemplate, requirePath, type StateData } from '../payload-template';
import { placeResult } from '../reference-path';
import { ErrorName, StateError } from '../state-error';
import type { Visit } from './visit';

/** Bytes of UTF-8 that a state's input, result or output may have. */
const LARGEST_PAYLOAD = 262_144;

/** The context object (`$$`) of a visit. */
export function contextOf(visit: Visit, retryCount: number, more: JsonObject = {}): JsonObject {
  return {
    ...visit.execution.context,
    State: { EnteredTime: visit.enteredAt, Name: visit.name, RetryCount: retryCount },
    ...(visit.mapItem && { Map: visit.mapItem }),
    ...more,
  };
}

/** The input after InputPath, and what `$$` is. */
export function dataOf(visit: Visit, context: JsonObject): StateData {
  const { InputPath: path } = visit.state as { InputPath?: string | null };
  return { input: applyPath('InputPath', path, { input: visit.input, context }), context };
}

/** A state's own input: what InputPath leaves, made into what Parameters says. */
export function applyParameters(template: Json | undefined, data: StateData, name: string): Json {
  if (template === undefined) return data.input;
  return limited(fillTemplate(template, data), name);
}

/** The state's output: its result through ResultSelector into ResultPath of the input, then OutputPath. */
export function outputOf(visit: Visit, data: StateData, result: Json): Json {
  const state = visit.state as Extract<State, { Type: 'Task' }>;
  const limit = (value: Json) => limited(value, visit.name);
  const selected = state.ResultSelector
    ? fillTemplate(state.ResultSelector, { input: limit(result), context: data.context })
    : limit(result);
  const placed =
    state.ResultPath === null ? data.input : placeResult(data.input, state.ResultPath ?? '$', selected);
  return limit(applyPath('OutputPath', state.OutputPath, { input: placed, context: data.context }));
}

function applyPath(field: string, path: string | null | undefined, data: StateData): Json {
  if (path === null) return {};
  return path === undefined ? data.input : requirePath(field, path, data);
}

/** The value itself, or the error that AWS gives for a payload beyond its quota. */
export function limited(value: Json, name: string): Json {
  if (Buffer.byteLength(JSON.stringify(value), 'utf8') > LARGEST_PAYLOAD) {
    throw new StateError(
      ErrorName.DATA_LIMIT_EXCEEDED,
      `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
  return value;
}
