import { dynamoDbResource } from './dynamodb-task';
import { eventsResource } from './events-task';
import { functionResource, lambdaResource } from './lambda-task';
import { snsResource } from './sns-task';
import { sqsResource } from './sqs-task';
import { startExecutionResource, type ExecutionStarter } from './start-execution-task';
import type { Json } from '../../json/json-value';
import type { Authorizer, EventSender, FunctionInvoker, QueueSender, TableCaller } from '../../services';
import type { ResourceCatalogue } from '../definition/load-definition';
import type { ExecutionScope } from '../states/visit';

/** What tasks reach. Each is asked in the name of the state machine's role. */
export interface TaskServices {
  readonly functions: FunctionInvoker;
  readonly tables: TableCaller;
  readonly queues: QueueSender;
  readonly events: EventSender;
  readonly executions: ExecutionStarter;
  readonly authorizer: Authorizer;
}

/** Something that a Task calls. */
export interface TaskResource {
  /** The two names that the history gives it, such as `lambda` and `invoke`. */
  readonly resourceType: string;
  readonly resource: string;
  /** Fields of Parameters that it takes. */
  readonly parameters: readonly string[] | 'any';
  /** There where Resource is the ARN of a function itself. */
  readonly functionArn?: string;
  readonly waitsForToken?: boolean;
  /** Throws a StateError that Retry and Catch see. */
  call(parameters: Json, scope: ExecutionScope): Promise<Json>;
}

/** Makes the resource of one family, or undefined where the name is not one of it. */
export type TaskFamily = (name: string, services: TaskServices) => TaskResource | undefined;

const OPTIMISED = 'arn:aws:states:::';
const TOKEN = '.waitForTaskToken';

/** Families by what stands behind `arn:aws:states:::`. */
const FAMILIES: readonly TaskFamily[] = [
  lambdaResource,
  dynamoDbResource,
  sqsResource,
  snsResource,
  eventsResource,
  startExecutionResource,
];

/** The resources that tasks of a state machine can name. */
export class TaskResources implements ResourceCatalogue {
  private readonly found = new Map<string, TaskResource | undefined>();

  constructor(private readonly services: TaskServices) {}

  find(arn: string): TaskResource | undefined {
    if (!this.found.has(arn)) this.found.set(arn, this.make(arn));
    return this.found.get(arn);
  }

  parametersOf(arn: string): readonly string[] | 'any' | undefined {
    return this.find(arn)?.parameters;
  }

  private make(arn: string): TaskResource | undefined {
    if (!arn.startsWith(OPTIMISED)) return functionResource(arn, this.services);
    const waitsForToken = arn.endsWith(TOKEN);
    const name = arn.slice(OPTIMISED.length, waitsForToken ? -TOKEN.length : undefined);
    for (const family of FAMILIES) {
      const resource = family(name, this.services);
      if (!resource) continue;
      // A table's answer can hold no token: nobody would send it back.
      if (waitsForToken && resource.resourceType.includes('dynamodb')) return undefined;
      return waitsForToken
        ? { ...resource, resource: `${resource.resource}${TOKEN}`, waitsForToken }
        : resource;
    }
    return undefined;
  }
}
