import type { LocalServices } from '../../src/local/local-services';
import { JOB_TABLE_KEYS, STATUS_RANK } from '../../src/shared/job';
import type { Pipeline } from '../e2e/pipeline';

/**
 * Records a job as failed in the moment in which its rejects appear: after finish has looked at the job for the first
 * time, and before it looks again. An answer of the service's own is quicker than any client, so this speaks to the
 * table behind the endpoint.
 */
export async function endJobWhenRejectsAppear<T>(pipeline: Pipeline, start: () => Promise<T>): Promise<T> {
  const run = pipeline.target.run!;
  const { dynamodb, user } = (run as unknown as { services: LocalServices }).services;
  const off = run.journal.on((entry) => {
    if (entry.kind !== 'object-created' || !entry.key.startsWith('failed/')) return;
    off();
    const [, jobId] = /\.([0-9a-f]{32})\.rejects\.csv$/.exec(entry.key)!;
    const fileName = `${entry.key.replace('failed/', 'raw/').split(`.${jobId}`)[0]}.csv`;
    const { partitionKey, sortKey } = JOB_TABLE_KEYS;
    void dynamodb.call(
      'UpdateItem',
      {
        TableName: pipeline.table,
        Key: { [partitionKey]: { S: jobId }, [sortKey]: { S: fileName } },
        UpdateExpression: 'SET #status = :failed, statusRank = :rank',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':failed': { S: 'FAILED' }, ':rank': { N: String(STATUS_RANK.FAILED) } },
      },
      user,
    );
  });
  return start();
}
