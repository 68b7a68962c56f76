import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { JOB_TABLE_KEYS, type JobItem, type JobStatus } from '../../shared/job';

/** Reads one pipeline's jobs by status and time of the last change, page by page. Its reads may lag a little. */
export class JobIndex {
  constructor(
    private readonly table: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly pipeline: string,
  ) {}

  /** Jobs in a status whose last change lies in [from, to). */
  async *jobs(status: JobStatus, from: Date, to: Date): AsyncGenerator<JobItem> {
    const pages = paginateQuery(
      { client: this.table },
      {
        TableName: this.tableName,
        IndexName: JOB_TABLE_KEYS.statusIndex,
        KeyConditionExpression: '#status = :status AND #timestamp BETWEEN :from AND :to',
        // Several pipelines may share a table.
        FilterExpression: 'pipeline = :pipeline',
        ExpressionAttributeNames: { '#status': 'status', '#timestamp': 'timestamp' },
        ExpressionAttributeValues: {
          ':status': status,
          ':from': from.toISOString(),
          // BETWEEN takes both ends in, and time stamps have milliseconds.
          ':to': new Date(to.getTime() - 1).toISOString(),
          ':pipeline': this.pipeline,
        },
      },
    );
    for await (const page of pages) yield* page.Items as JobItem[];
  }
}
