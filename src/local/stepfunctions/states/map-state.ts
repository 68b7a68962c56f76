import type { Json, JsonObject } from '../../json/json-value';
import type { MapState } from '../definition/definition';
import { fillTemplate, requirePath, type StateData } from '../payload-template';
import { ErrorName, RuntimeStateError, StateError } from '../state-error';
import { contextOf, dataOf, limited, outputOf } from './data-flow';
import { withErrorRules } from './error-rules';
import { runTogether } from './run-together';
import { StoppedError, type Outcome, type Visit, type WorkflowScope } from './visit';
import { runWorkflow } from './workflow';

/** An inline Map runs at most so many iterations at once, whatever MaxConcurrency says. */
const MOST_AT_ONCE = 40;

export async function visitMap(visit: Visit<MapState>): Promise<Outcome> {
  return withErrorRules(visit, async (retryCount) => {
    const data = dataOf(visit, contextOf(visit, retryCount));
    const { state, trail } = visit;
    const items = state.ItemsPath ? requirePath('ItemsPath', state.ItemsPath, data) : data.input;
    if (!Array.isArray(items)) {
      throw new RuntimeStateError(`Reference path "${state.ItemsPath ?? '$'}" must point to array.`);
    }
    trail.add('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    const concurrency = numberOf(visit, 'MaxConcurrency', data) || MOST_AT_ONCE;
    const tolerated = toleratedFailures(visit, items.length, data);
    const { results, failures, firstError } = await runTogether(visit, {
      count: items.length,
      concurrency: Math.min(concurrency, MOST_AT_ONCE),
      toleratedFailures: tolerated ?? 0,
      run: async (i, scope) => runIteration(visit, scope, data, i, items[i]),
    });
    if (failures > (tolerated ?? 0)) {
      trail.add('MapStateFailed');
      throw tolerated === undefined
        ? firstError!
        : new StateError(
            ErrorName.EXCEED_TOLERATED_FAILURE_THRESHOLD,
            'The specified tolerated failure threshold was exceeded',
          );
    }
    trail.add('MapStateSucceeded');
    return outputOf(visit, data, results);
  });
}

async function runIteration(
  visit: Visit<MapState>,
  scope: WorkflowScope,
  data: StateData,
  index: number,
  item: Json,
): Promise<Json> {
  const { state, name } = visit;
  const details = { name, index };
  scope.trail.add('MapIterationStarted', { mapIterationStartedEventDetails: details });
  const mapItem: JsonObject = { Item: { Index: index, Value: item } };
  const selector = state.ItemSelector ?? state.Parameters;
  const context = { ...data.context, Map: mapItem };
  try {
    const input =
      selector === undefined ? item : limited(fillTemplate(selector, { input: data.input, context }), name);
    const output = await runWorkflow((state.ItemProcessor ?? state.Iterator)!, input, { ...scope, mapItem });
    scope.trail.add('MapIterationSucceeded', { mapIterationSucceededEventDetails: details });
    return output;
  } catch (problem) {
    if (problem instanceof StoppedError) {
      scope.trail.add('MapIterationAborted', { mapIterationAbortedEventDetails: details });
    } else {
      scope.trail.add('MapIterationFailed', { mapIterationFailedEventDetails: details });
    }
    throw problem;
  }
}

/** How many iterations may fail; undefined where the state says nothing, so that the first failure is the state's own. */
function toleratedFailures(visit: Visit<MapState>, count: number, data: StateData): number | undefined {
  const limits = [
    numberOf(visit, 'ToleratedFailureCount', data),
    percentOf(numberOf(visit, 'ToleratedFailurePercentage', data), count),
  ].filter((limit) => limit !== undefined);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function percentOf(percentage: number | undefined, count: number): number | undefined {
  return percentage === undefined ? undefined : Math.floor((count * percentage) / 100);
}

type NumberField = 'MaxConcurrency' | 'ToleratedFailureCount' | 'ToleratedFailurePercentage';

function numberOf({ state }: Visit<MapState>, field: NumberField, data: StateData): number | undefined {
  const path = state[`${field}Path`];
  if (path === undefined) return state[field];
  const value = requirePath(`${field}Path`, path, data);
  if (typeof value === 'number' && value >= 0) return value;
  throw new RuntimeStateError(
    `The ${field}Path parameter does not reference a number from 0 up: ${path} == ${JSON.stringify(value)}`,
    ErrorName.PARAMETER_PATH_FAILURE,
  );
}
