import type { Finding } from './finding';
import type { JobIndex } from './job-index';
import { FINAL_RANK, JOB_STATUSES, STATUS_RANK } from '../../shared/job';

const RUNNING_STATUSES = JOB_STATUSES.filter((status) => STATUS_RANK[status] < FINAL_RANK);

/** Jobs that have not ended, and whose status has not changed for longer than `afterMinutes`. */
export async function findStuckJobs(index: JobIndex, asOf: Date, afterMinutes: number): Promise<Finding[]> {
  const before = new Date(asOf.getTime() - afterMinutes * 60_000);
  const findings: Finding[] = [];
  for (const status of RUNNING_STATUSES) {
    for await (const { jobId, fileName, timestamp } of index.jobs(status, new Date(0), before)) {
      findings.push({ kind: 'stuck-job', jobId, fileName, detail: `${status} since ${timestamp}` });
    }
  }
  return findings;
}
