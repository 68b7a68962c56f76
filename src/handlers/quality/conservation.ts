import type { Finding } from './finding';
import type { JobItem } from '../../shared/job';

/** Succeeded jobs for which rowsRead = rowsWritten + rowsRejected + rowsFiltered does not hold. */
export function findBrokenConservation(succeeded: readonly JobItem[]): Finding[] {
  return succeeded
    .filter(({ rowsRead, rowsWritten, rowsRejected, rowsFiltered }) => {
      // A missing count is NaN here, which equals nothing.
      const accounted =
        Number(rowsWritten ?? NaN) + Number(rowsRejected ?? NaN) + Number(rowsFiltered ?? NaN);
      return rowsRead !== accounted;
    })
    .map(({ jobId, fileName, rowsRead, rowsWritten, rowsRejected, rowsFiltered }) => ({
      kind: 'conservation',
      jobId,
      fileName,
      detail: `read ${rowsRead}, written ${rowsWritten}, rejected ${rowsRejected}, filtered ${rowsFiltered}`,
    }));
}
