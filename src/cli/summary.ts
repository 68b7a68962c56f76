import * as path from 'node:path';
import type { JobResult } from './results';
import { alignColumns } from './table';
import type { FoundDialect } from '../shared/job';

/** A job for people: what became of the file, in a few lines. */
export function summarise(job: JobResult): string {
  const lines = [`${path.basename(job.file)}: ${job.status}   job ${job.jobId}`];
  const fact = (name: string, value: string): number => lines.push(`  ${name.padEnd(8)} ${value}`);
  if (job.errorCode) fact('error', `${job.errorCode} in ${job.step}: ${job.errorMessage}`);
  const count = (rows: number | null, what: string): string => `${rows ?? '?'} ${what}`;
  const counts = [
    count(job.rowsRead, 'read'),
    count(job.rowsWritten, 'written'),
    count(job.rowsRejected, 'rejected'),
    count(job.rowsFiltered, 'filtered'),
  ].join(', ');
  fact('rows', job.countsComplete ? counts : `${counts} (reading stopped early)`);
  if (job.dialect) fact('dialect', dialectText(job.dialect));
  const durations = Object.entries(job.durationsMs).map(([step, ms]) => `${step} ${ms} ms`);
  if (durations.length > 0) fact('time', durations.join(', '));
  job.outputFiles.forEach((file) => fact('output', file));
  if (job.rejectsFile) {
    const kept =
      job.rejectsKept === undefined ? '' : ` (the first ${job.rejectsKept} rows: the limit of those kept)`;
    fact('rejects', `${job.rejectsFile}${kept}`);
  }
  if (job.firstRejects.length > 0) lines.push(rejectsTable(job));
  return lines.join('\n');
}

/** How the source was found to be written. */
function dialectText({ delimiter, quoteChar, header, encoding }: FoundDialect): string {
  const quote = quoteChar === null ? 'no quotes' : `quote ${quoteChar}`;
  const found = `delimiter ${JSON.stringify(delimiter)}, ${quote}, ${header ? 'a' : 'no'} header, ${encoding}`;
  return `${found} (found out)`;
}

/** The first rejects of a file, and how many more there are. */
export function rejectsTable({
  firstRejects,
  rowsRejected,
}: Pick<JobResult, 'firstRejects' | 'rowsRejected'>): string {
  const rows = firstRejects.map(({ row, column, code, message }) => [row, column, code, message]);
  const table = alignColumns([['row', 'column', 'code', 'message'], ...rows], '    ');
  const more = (rowsRejected ?? 0) - firstRejects.length;
  return more > 0 ? `${table}\n    ... and ${more} more` : table;
}
