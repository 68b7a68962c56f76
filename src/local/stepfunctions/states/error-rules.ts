import type { Json } from '../../json/json-value';
import type { Catcher, Retrier, State } from '../definition/definition';
import { placeResult } from '../reference-path';
import { ErrorName, StateError } from '../state-error';
import { limited } from './data-flow';
import { explained } from './explain';
import { untilStopped, type Outcome, type Visit } from './visit';

/** Defaults of a retrier. */
const RETRIER = { IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 };

/**
 * Works at a state until it succeeds, its Retry is used up, and its Catch has no entry for the error.
 *
 * @param work gets the number of retries so far and gives the state's output.
 */
export async function withErrorRules(
  visit: Visit<Extract<State, { Catch?: unknown }>>,
  work: (retryCount: number) => Promise<Json>,
): Promise<Outcome> {
  // Each retrier counts for itself.
  const attempts = new Map<Retrier, number>();
  for (let retryCount = 0; ; retryCount++) {
    try {
      return { output: await work(retryCount), next: visit.state.Next };
    } catch (problem) {
      const error = explained(problem, visit);
      const retrier = visit.state.Retry?.find((entry) => error.isMatchedBy(entry.ErrorEquals));
      const attempt = retrier ? (attempts.get(retrier) ?? 0) : 0;
      if (retrier && attempt < (retrier.MaxAttempts ?? RETRIER.MaxAttempts)) {
        attempts.set(retrier, attempt + 1);
        await untilStopped(visit.execution.clock.wait(backOff(retrier, attempt), visit.signal), visit.signal);
        visit.children.length = 0;
        continue;
      }
      const catcher = visit.state.Catch?.find((entry) => error.isMatchedBy(entry.ErrorEquals));
      // A redrive runs everything inside again where together it was too large.
      if (error.error === ErrorName.DATA_LIMIT_EXCEEDED) forgetDone(visit);
      if (!catcher) throw error;
      return { output: caught(visit, catcher, error), next: catcher.Next };
    }
  }
}

function forgetDone({ children }: Visit): void {
  if (children.every((child) => child.output)) children.length = 0;
}

/** Seconds before the next attempt: exponential, with a ceiling, and random below that where jitter is asked for. */
function backOff(retrier: Retrier, attempt: number): number {
  const interval = retrier.IntervalSeconds ?? RETRIER.IntervalSeconds;
  const exponential = interval * (retrier.BackoffRate ?? RETRIER.BackoffRate) ** attempt;
  const seconds = Math.min(exponential, retrier.MaxDelaySeconds ?? Infinity);
  return retrier.JitterStrategy === 'FULL' ? Math.random() * seconds : seconds;
}

/** The state's input with the error put at the catcher's ResultPath. */
function caught(visit: Visit, catcher: Catcher, error: StateError): Json {
  if (catcher.ResultPath === null) return visit.input;
  const errorOutput = { Error: error.error ?? '', Cause: error.reason ?? '' };
  try {
    return limited(placeResult(visit.input, catcher.ResultPath ?? '$', errorOutput), visit.name);
  } catch (problem) {
    throw explained(problem, visit);
  }
}
