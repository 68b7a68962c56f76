import type { Json } from '../../json/json-value';
import type { TaskState } from '../definition/definition';
import { requirePath, type StateData } from '../payload-template';
import { ErrorName, RuntimeStateError, StateError } from '../state-error';
import { applyParameters, contextOf, dataOf, limited, outputOf } from './data-flow';
import { withErrorRules } from './error-rules';
import { untilStopped, type Outcome, type Visit } from './visit';
import { taskEvents } from '../tasks/task-events';
import type { TaskResource } from '../tasks/task-resources';

export async function visitTask(visit: Visit<TaskState>): Promise<Outcome> {
  return withErrorRules(visit, async (retryCount) => {
    const resource = visit.execution.resources.find(visit.state.Resource)!;
    const token = resource.waitsForToken ? visit.execution.tokens.create() : undefined;
    try {
      const context = contextOf(visit, retryCount, token === undefined ? {} : { Task: { Token: token } });
      const data = dataOf(visit, context);
      const parameters = applyParameters(visit.state.Parameters, data, visit.name);
      return outputOf(visit, data, await runTask(visit, resource, parameters, data, token));
    } finally {
      if (token !== undefined) visit.execution.tokens.forget(token);
    }
  });
}

async function runTask(
  visit: Visit<TaskState>,
  resource: TaskResource,
  parameters: Json,
  data: StateData,
  token: string | undefined,
): Promise<Json> {
  const { execution, trail, state, signal } = visit;
  const limits = {
    timeout: secondsOf('TimeoutSeconds', state.TimeoutSeconds, state.TimeoutSecondsPath, data),
    heartbeat: secondsOf('HeartbeatSeconds', state.HeartbeatSeconds, state.HeartbeatSecondsPath, data),
  };
  const events = taskEvents(trail, resource);
  events.scheduled(JSON.stringify(parameters), limits.timeout, limits.heartbeat);
  events.started();
  const call = async () => {
    const response = await resource.call(parameters, execution);
    if (token === undefined) return response;
    events.submitted(JSON.stringify(response));
    return execution.tokens.result(token);
  };
  try {
    const result = await untilStopped(withinLimits(visit, call(), limits, token), signal);
    events.succeeded(JSON.stringify(limited(result, visit.name)));
    return result;
  } catch (problem) {
    if (problem instanceof StateError) events.failed(problem);
    throw problem;
  }
}

/** The task's result, unless its time runs out first. Only a task that holds a token can send heartbeats. */
async function withinLimits(
  { execution }: Visit<TaskState>,
  result: Promise<Json>,
  limits: { timeout?: number; heartbeat?: number },
  token: string | undefined,
): Promise<Json> {
  const timers: { cancel(): void }[] = [];
  const expired = new Promise<never>((_, reject) => {
    if (limits.timeout !== undefined) {
      timers.push(
        execution.clock.after(limits.timeout, () => reject(new StateError(ErrorName.TIMEOUT, undefined))),
      );
    }
    if (limits.heartbeat !== undefined && token !== undefined) {
      const seconds = limits.heartbeat;
      const missed = () => reject(new StateError(ErrorName.HEARTBEAT_TIMEOUT, undefined));
      let timer = execution.clock.after(seconds, missed);
      execution.tokens.onHeartbeat(token, () => {
        timer.cancel();
        timer = execution.clock.after(seconds, missed);
      });
      timers.push({ cancel: () => timer.cancel() });
    }
  });
  try {
    return await Promise.race([result, expired]);
  } finally {
    for (const timer of timers) timer.cancel();
  }
}

function secondsOf(
  field: string,
  seconds: number | undefined,
  path: string | undefined,
  data: StateData,
): number | undefined {
  if (path === undefined) return seconds;
  const value = requirePath(`${field}Path`, path, data);
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new RuntimeStateError(
    `The ${field}Path parameter does not reference a positive integer: ${path} == ${JSON.stringify(value)}`,
    ErrorName.PARAMETER_PATH_FAILURE,
  );
}
