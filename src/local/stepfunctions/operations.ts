import { AwsError, NotProvidedError, type Principal } from '../services';
import type { Execution } from './execution';
import { page } from './paging';
import { StateError } from './state-error';
import type { StateMachine } from './state-machine';
import type { StateMachines } from './state-machines';
import type { Json } from '../json/json-value';

/** An operation of the API: what IAM is asked about, and what it answers. */
export interface Operation {
  /** The resource that IAM judges; undefined for a token's operation, which has none. */
  readonly resource: (input: any) => string | undefined;
  readonly run: (machines: StateMachines, input: any, principal: Principal) => object | Promise<object>;
}

const executionArn = (input: { executionArn: string }) => input.executionArn;
const stateMachineArn = (input: { stateMachineArn: string }) => input.stateMachineArn;
const anything = () => '*';

/** The API of Step Functions. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  StartExecution: {
    // Judged where executions start, since tasks and events start them too.
    resource: () => undefined,
    run: async (machines, { stateMachineArn: arn, name, input = '{}' }, principal) =>
      machines.start({ stateMachineArn: arn, name, input }, principal),
  },
  DescribeExecution: {
    resource: executionArn,
    run: (machines, input) => description(machines.execution(input.executionArn)),
  },
  ListExecutions: {
    resource: stateMachineArn,
    run: (machines, { stateMachineArn: arn, statusFilter, redriveFilter, maxResults, nextToken }) => {
      const all = machines
        .executionsOf(machines.machine(arn).arn)
        .filter(({ status }) => statusFilter === undefined || status === statusFilter)
        .filter(
          ({ redriveCount }) =>
            redriveFilter === undefined || redriveFilter === (redriveCount > 0 ? 'REDRIVEN' : 'NOT_REDRIVEN'),
        );
      const { items, nextToken: next } = page(all, maxResults || 100, nextToken);
      return { executions: items.map(summary), nextToken: next };
    },
  },
  GetExecutionHistory: {
    resource: executionArn,
    run: (machines, { executionArn: arn, maxResults, nextToken, reverseOrder, includeExecutionData }) => {
      const { events } = machines.execution(arn).history;
      const ordered = reverseOrder ? [...events].reverse() : events;
      const { items, nextToken: next } = page(ordered, maxResults || 100, nextToken);
      return { events: includeExecutionData === false ? items.map(withoutData) : items, nextToken: next };
    },
  },
  StopExecution: {
    resource: executionArn,
    run: async (machines, { executionArn: arn, error, cause }) => ({
      stopDate: await machines.stop(arn, { error, cause }),
    }),
  },
  RedriveExecution: {
    resource: executionArn,
    run: (machines, input) => ({ redriveDate: machines.redrive(input.executionArn) }),
  },
  DescribeStateMachine: {
    resource: stateMachineArn,
    run: (machines, input) => {
      const machine = machines.machine(input.stateMachineArn);
      return {
        ...machineDescription(machine),
        status: 'ACTIVE',
        type: 'STANDARD',
        creationDate: machine.creationDate,
      };
    },
  },
  DescribeStateMachineForExecution: {
    resource: executionArn,
    run: (machines, input) => {
      const { machine } = machines.execution(input.executionArn);
      return { ...machineDescription(machine), updateDate: machine.creationDate };
    },
  },
  ListStateMachines: {
    resource: anything,
    run: (machines, { maxResults, nextToken }) => {
      const { items, nextToken: next } = page(machines.allMachines(), maxResults || 100, nextToken);
      const stateMachines = items.map(({ arn, name, creationDate }) => ({
        stateMachineArn: arn,
        name,
        type: 'STANDARD',
        creationDate,
      }));
      return { stateMachines, nextToken: next };
    },
  },
  SendTaskSuccess: {
    resource: anything,
    run: (machines, { taskToken, output }) => {
      machines.tokens.succeed(taskToken, outputOf(output));
      return {};
    },
  },
  SendTaskFailure: {
    resource: anything,
    run: (machines, { taskToken, error, cause }) => {
      machines.tokens.fail(taskToken, new StateError(error, cause));
      return {};
    },
  },
  SendTaskHeartbeat: {
    resource: anything,
    run: (machines, { taskToken }) => {
      machines.tokens.heartbeat(taskToken);
      return {};
    },
  },
};

/** The operation of that name. One that is not there is an error that names it. */
export function operationOf(name: string): Operation {
  if (!Object.hasOwn(OPERATIONS, name)) throw new NotProvidedError(`the operation ${name} of Step Functions`);
  return OPERATIONS[name];
}

function outputOf(output: string): Json {
  try {
    return JSON.parse(output) as Json;
  } catch (problem) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${(problem as Error).message}'`);
  }
}

function summary(execution: Execution) {
  const { arn, machine, name, status, startDate, stopDate, redriveCount, redriveDate } = execution;
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate,
    stopDate,
    redriveCount,
    redriveDate,
  };
}

function description(execution: Execution) {
  const { input, output, error, cause, redriveRefusal } = execution;
  return {
    ...summary(execution),
    input,
    inputDetails: { included: true },
    output,
    outputDetails: output === undefined ? undefined : { included: true },
    error,
    cause,
    redriveStatus: redriveRefusal === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: redriveRefusal,
  };
}

function machineDescription({
  arn,
  name,
  definitionText,
  role,
  loggingConfiguration,
  tracingConfiguration,
}: StateMachine) {
  return {
    stateMachineArn: arn,
    name,
    definition: definitionText,
    roleArn: role.arn,
    loggingConfiguration,
    tracingConfiguration,
  };
}

/** An event without inputs, outputs, errors and causes. */
function withoutData(event: object): object {
  const data = ['input', 'inputDetails', 'output', 'outputDetails', 'parameters', 'cause', 'error'];
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      name.endsWith('EventDetails')
        ? Object.fromEntries(Object.entries(value as object).filter(([field]) => !data.includes(field)))
        : value,
    ]),
  );
}
