import { LOCAL_REGION } from '../../services';
import type { Trail } from '../history';
import { ErrorName, type StateError } from '../state-error';
import type { TaskResource } from './task-resources';

/** Writes the history of one attempt of a task. A function named by its own ARN has events of its own. */
export interface TaskEvents {
  scheduled(parameters: string, timeoutInSeconds?: number, heartbeatInSeconds?: number): void;
  started(): void;
  submitted(output: string): void;
  succeeded(output: string): void;
  failed(error: StateError): void;
}

const COMPLETE = { truncated: false };

export function taskEvents(trail: Trail, resource: TaskResource): TaskEvents {
  return resource.functionArn === undefined
    ? integrationEvents(trail, resource)
    : functionEvents(trail, resource.functionArn);
}

function integrationEvents(trail: Trail, { resourceType, resource }: TaskResource): TaskEvents {
  const named = { resourceType, resource };
  return {
    scheduled: (parameters, timeoutInSeconds, heartbeatInSeconds) =>
      trail.add('TaskScheduled', {
        taskScheduledEventDetails: {
          ...named,
          region: LOCAL_REGION,
          parameters,
          timeoutInSeconds,
          heartbeatInSeconds,
        },
      }),
    started: () => trail.add('TaskStarted', { taskStartedEventDetails: named }),
    submitted: (output) =>
      trail.add('TaskSubmitted', {
        taskSubmittedEventDetails: { ...named, output, outputDetails: COMPLETE },
      }),
    succeeded: (output) =>
      trail.add('TaskSucceeded', {
        taskSucceededEventDetails: { ...named, output, outputDetails: COMPLETE },
      }),
    failed: (problem) => {
      const details = { ...named, error: problem.error, cause: problem.reason };
      if (isTimeout(problem)) trail.add('TaskTimedOut', { taskTimedOutEventDetails: details });
      else trail.add('TaskFailed', { taskFailedEventDetails: details });
    },
  };
}

function functionEvents(trail: Trail, functionArn: string): TaskEvents {
  return {
    scheduled: (input, timeoutInSeconds) =>
      trail.add('LambdaFunctionScheduled', {
        lambdaFunctionScheduledEventDetails: {
          resource: functionArn,
          input,
          inputDetails: COMPLETE,
          timeoutInSeconds,
        },
      }),
    started: () => trail.add('LambdaFunctionStarted'),
    submitted: () => undefined,
    succeeded: (output) =>
      trail.add('LambdaFunctionSucceeded', {
        lambdaFunctionSucceededEventDetails: { output, outputDetails: COMPLETE },
      }),
    failed: (problem) => {
      const details = { error: problem.error, cause: problem.reason };
      if (isTimeout(problem)) {
        trail.add('LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: details });
      } else {
        trail.add('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: details });
      }
    },
  };
}

function isTimeout({ error }: StateError): boolean {
  return error === ErrorName.TIMEOUT || error === ErrorName.HEARTBEAT_TIMEOUT;
}
