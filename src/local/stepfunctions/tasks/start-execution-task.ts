import type { Json, JsonObject } from '../../json/json-value';
import type { Principal } from '../../services';
import { StateError } from '../state-error';
import { asStateError, requireText, sdkResponse } from './service-response';
import type { TaskFamily } from './task-resources';

/** What Step Functions needs of itself: a machine that starts another. */
export interface ExecutionStarter {
  start(
    request: { stateMachineArn: string; name?: string; input: string },
    principal: Principal,
  ): Promise<{ executionArn: string; startDate: Date }>;
  /** The execution as DescribeExecution gives it, once it has ended. */
  ended(executionArn: string): Promise<EndedExecution>;
}

export interface EndedExecution {
  readonly status: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly startDate: Date;
  readonly stopDate?: Date;
}

const RESOURCE = /^states:(startExecution(?:\.sync(?::2)?)?)$/;

/** `states:startExecution`, and `.sync` and `.sync:2`, which wait for the end; `:2` gives the output as JSON. */
export const startExecutionResource: TaskFamily = (name, services) => {
  const resource = RESOURCE.exec(name)?.[1];
  if (!resource) return undefined;
  return {
    resourceType: 'states',
    resource,
    parameters: ['StateMachineArn', 'Input', 'Name', 'TraceHeader'],
    call: async (parameters, scope) => {
      const { Input: input, Name: executionName } = parameters as JsonObject;
      const request = {
        stateMachineArn: requireText(parameters, 'StateMachineArn'),
        name: executionName as string | undefined,
        input: typeof input === 'string' ? input : JSON.stringify(input ?? {}),
      };
      const started = await asStateError(
        'AWSStepFunctions',
        (code) => `StepFunctions.${code}Exception`,
        async () => services.executions.start(request, scope.role),
      );
      if (resource === 'startExecution') {
        return sdkResponse({ ExecutionArn: started.executionArn, StartDate: started.startDate.getTime() });
      }
      return endOf(await services.executions.ended(started.executionArn), resource.endsWith(':2'));
    },
  };
};

function endOf(ended: EndedExecution, isParsed: boolean): Json {
  const read = (text: string) => (isParsed ? (JSON.parse(text) as Json) : text);
  const description: JsonObject = {
    ExecutionArn: ended.executionArn,
    StateMachineArn: ended.stateMachineArn,
    Name: ended.name,
    Status: ended.status,
    Input: read(ended.input),
    StartDate: ended.startDate.getTime(),
    StopDate: ended.stopDate!.getTime(),
  };
  if (ended.status === 'SUCCEEDED') return { ...description, Output: read(ended.output!) };
  const failure = { ...description, Error: ended.error ?? null, Cause: ended.cause ?? null };
  throw new StateError('States.TaskFailed', JSON.stringify(failure));
}
