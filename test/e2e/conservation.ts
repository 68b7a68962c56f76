import type { Pipeline } from './pipeline';

/** Holds every job that ended well to the law that no row gets lost: asked at the end of each file of tests. */
export async function expectConservation(...pipelines: Pipeline[]): Promise<void> {
  for (const pipeline of pipelines) {
    const jobs = (await pipeline.scan()).filter((job) => job.status === 'SUCCEEDED');
    for (const job of jobs) {
      expect(job.countsComplete).toBe(true);
      expect(job.rowsRead).toBe(job.rowsWritten! + job.rowsRejected! + job.rowsFiltered!);
    }
  }
}
