import { REJECT_COLUMNS } from '../../shared/step-contract';

/** `<name>.<jobId>.rejects.csv`; the job id of a replay has a number behind it. */
const REJECTS_NAME = /\.[0-9a-f]{32}(-[1-9][0-9]*)?\.rejects\.csv$/;

/** True where a source is named like a rejects file that this pipeline wrote. Only its header makes it one. */
export function isRejectsName(sourceKey: string): boolean {
  return REJECTS_NAME.test(sourceKey);
}

/** True where the last columns of a header are those that the rejects file puts behind the source's own. */
export function hasRejectColumns(header: readonly string[]): boolean {
  const own = header.length - REJECT_COLUMNS.length;
  return own > 0 && REJECT_COLUMNS.every((column, index) => header[own + index] === column);
}
