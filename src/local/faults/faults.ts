import type { DynamoDbService } from '../dynamodb/dynamodb-service';
import type { LambdaService } from '../lambda/lambda-service';
import type { EventDelivery } from '../s3/event-deliveries';
import type { S3Service } from '../s3/s3-service';
import type { StateMachines } from '../stepfunctions';
import type { CallFaults } from './call-faults';

/** The services that faults reach into. */
export interface FaultTargets {
  readonly calls: CallFaults;
  readonly s3: S3Service;
  readonly dynamodb: DynamoDbService;
  readonly functions: LambdaService;
  readonly machines: StateMachines;
}

/**
 * What AWS may do to a pipeline at any time, done on request and at a moment that a test chooses. Nothing here depends
 * on time or chance.
 */
export class Faults {
  /** Errors, lost answers and races of single calls. */
  readonly calls: CallFaults;

  constructor(private readonly targets: FaultTargets) {
    this.calls = targets.calls;
  }

  /** Events of buckets that are held back, in the order in which they were sent. */
  get heldEvents(): readonly EventDelivery[] {
    return this.targets.s3.deliveries.waiting;
  }

  /** Holds back every event of every bucket from now on. */
  holdEvents(): void {
    this.targets.s3.deliveries.hold();
  }

  /** Delivers the events that were held back: late, and as arranged in another order, several times, or not at all. */
  releaseEvents(
    arrange: (held: readonly EventDelivery[]) => readonly EventDelivery[] = (held) => held,
  ): void {
    this.targets.s3.deliveries.release(arrange);
  }

  /** Sends S3's test event to every target that a bucket notifies. */
  async sendTestEvent(bucket: string): Promise<void> {
    await this.targets.s3.sendTestEvent(bucket);
  }

  /** Global indexes lag from now on: they show the tables as they are at this moment. */
  async freezeIndexes(): Promise<void> {
    await this.targets.dynamodb.freezeIndexes();
  }

  /** Global indexes have caught up. */
  async thawIndexes(): Promise<void> {
    await this.targets.dynamodb.thawIndexes();
  }

  /** Deletes the items whose time to live has passed by a moment. By itself the run deletes none: AWS takes days. */
  async expireItems(at: Date): Promise<void> {
    await this.targets.dynamodb.expire(at);
  }

  /** Lets so many functions run at once; 0 lets none start. A new account, and this run, has 10. */
  limitExecutions(most: number): void {
    this.targets.functions.limitExecutions(most);
  }

  /** Lambda refuses so many synchronous invocations of a function as one too many. */
  throttle(functionName: string, times = 1): void {
    this.calls.answer(
      { service: 'lambda', operation: 'Invoke', on: new RegExp(`^${functionName}$`), times },
      { code: 'Lambda.TooManyRequestsException', status: 429 },
    );
  }

  /** Forgets an execution that has ended, as AWS does after 90 days: its name is free again. */
  forgetExecution(executionArn: string): void {
    this.targets.machines.forget(executionArn);
  }
}
