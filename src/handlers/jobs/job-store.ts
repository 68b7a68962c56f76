import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { endingUpdate, type JobEnding } from './job-ending';
import { type JobItem, STATUS_RANK } from '../../shared/job';

/**
 * Every write of the functions to the job table. Each is conditional, so that a late or repeated write changes nothing;
 * whether it did is its result.
 */
export class JobStore {
  constructor(
    private readonly table: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** Writes a new job. False where the job is there already. */
  async create(item: JobItem): Promise<boolean> {
    return this.conditionally(
      this.table.send(
        new PutCommand({
          TableName: this.tableName,
          Item: item,
          ConditionExpression: 'attribute_not_exists(jobId)',
        }),
      ),
    );
  }

  /** Writes how a job ended that never left PENDING. False where it has left it. */
  async endPending(item: JobItem): Promise<boolean> {
    return this.conditionally(
      this.table.send(
        new PutCommand({
          TableName: this.tableName,
          Item: item,
          ConditionExpression: 'statusRank = :pending',
          ExpressionAttributeValues: { ':pending': STATUS_RANK.PENDING },
        }),
      ),
    );
  }

  /** Writes how a job ended. False where the stored status may not be left: it is final, or of a later attempt. */
  async end(ending: JobEnding): Promise<boolean> {
    return this.conditionally(
      this.table.send(new UpdateCommand({ TableName: this.tableName, ...endingUpdate(ending) })),
    );
  }

  /** Counts a replay on the first job's item. False where another request has counted since `replays` was read. */
  async countReplay(first: JobItem): Promise<boolean> {
    return this.conditionally(
      this.table.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: { jobId: first.jobId, fileName: first.fileName },
          UpdateExpression: 'SET replays = :next',
          // Without the first part the update of an item that has expired meanwhile would write a new, nearly empty one.
          ConditionExpression: `attribute_exists(jobId) AND ${
            first.replays === undefined ? 'attribute_not_exists(replays)' : 'replays = :known'
          }`,
          ExpressionAttributeValues: {
            ':next': (first.replays ?? 0) + 1,
            ':known': first.replays,
          },
        }),
      ),
    );
  }

  async find(jobId: string, fileName: string): Promise<JobItem | undefined> {
    const { Item } = await this.table.send(
      new GetCommand({ TableName: this.tableName, Key: { jobId, fileName }, ConsistentRead: true }),
    );
    return Item as JobItem | undefined;
  }

  /** The job of an id alone; a job id stands for one file name. */
  async findById(jobId: string): Promise<JobItem | undefined> {
    const { Items } = await this.table.send(
      new QueryCommand({
        TableName: this.tableName,
        KeyConditionExpression: 'jobId = :jobId',
        ExpressionAttributeValues: { ':jobId': jobId },
        ConsistentRead: true,
        Limit: 1,
      }),
    );
    return Items![0] as JobItem | undefined;
  }

  private async conditionally(write: Promise<unknown>): Promise<boolean> {
    try {
      await write;
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
