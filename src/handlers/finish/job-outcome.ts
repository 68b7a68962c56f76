import type { JobItem } from '../../shared/job';
import type { JobFailure } from '../jobs/job-ending';

/** How a job came out, before it is written down. */
export interface JobOutcome extends Pick<
  JobItem,
  'rowsRead' | 'rowsWritten' | 'rowsRejected' | 'rowsFiltered' | 'countsComplete' | 'outputs' | 'rejects'
> {
  readonly status: 'SUCCEEDED' | 'SUPERSEDED' | 'FAILED';
  readonly failure?: JobFailure;
}
