import type { JobEnding } from '../jobs/job-ending';
import { emit } from '../metrics';

/**
 * The metrics of a job, emitted by whoever wrote its final status, so once. A superseded job is no failure: it did
 * what it should.
 */
export function emitJobMetrics(ending: JobEnding, createdAt: string): void {
  const { pipeline } = ending.otherwise;
  const properties = { jobId: ending.job.jobId, status: ending.status };
  const failed = ending.status === 'FAILED';
  emit({
    pipeline,
    properties,
    values: {
      processingLatency: Date.parse(ending.finishedAt) - Date.parse(createdAt),
      successRate: failed ? 0 : 100,
      failureRate: failed ? 100 : 0,
      ...knownCounts(ending),
    },
  });
  for (const [step, milliseconds] of Object.entries(ending.durationsMs)) {
    emit({ pipeline, step, properties, values: { processingLatency: milliseconds } });
  }
}

function knownCounts({
  rowsRead,
  rowsWritten,
  rowsRejected,
  rowsFiltered,
}: JobEnding): Record<string, number> {
  const counts = { rowsRead, rowsWritten, rowsRejected, rowsFiltered };
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => entry[1] !== null),
  );
}
