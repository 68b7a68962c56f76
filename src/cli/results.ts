import { createReadStream, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { DroppedFile, PipelineSession } from './pipeline-session';
import { readCsv } from '../engine/read/read-csv';
import type { JobItem } from '../shared/job';
import { REJECT_COLUMNS } from '../shared/step-contract';

/** Rejected rows that a result tells of; the rejects file has them all. */
export const FIRST_REJECTS = 5;

export interface Reject {
  /** Number of the record in the source; the header is record 1. */
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
}

/** A job's item without what only conditions compare, and where what came out of it can be opened. */
export interface JobResult extends Omit<JobItem, 'statusRank' | 'replays'> {
  /** The file that was dropped. */
  readonly file: string;
  readonly outputFiles: readonly string[];
  readonly rejectsFile: string | null;
  readonly firstRejects: readonly Reject[];
}

/** Brings the outputs and rejects of an ended job into the folder, under their keys. */
export async function collectResult(
  session: PipelineSession,
  dropped: DroppedFile,
  { statusRank: _, replays: __, ...job }: JobItem,
  out: string,
): Promise<JobResult> {
  const bring = async (key: string): Promise<string> => {
    const file = path.join(out, key);
    await session.download(key, file);
    return file;
  };
  const outputFiles: string[] = [];
  for (const key of job.outputs) outputFiles.push(await bring(key));
  const rejectsFile = job.rejects === null ? null : await bring(job.rejects);
  const firstRejects = rejectsFile === null ? [] : await readRejects(rejectsFile);
  return { ...job, file: dropped.file, outputFiles, rejectsFile, firstRejects };
}

/** Writes `jobs.json`, as a whole or not at all. */
export function writeJobs(document: object, out: string): void {
  mkdirSync(out, { recursive: true });
  const file = path.join(out, 'jobs.json');
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, `${JSON.stringify(document, null, 2)}\n`);
  renameSync(unfinished, file);
}

async function readRejects(file: string): Promise<Reject[]> {
  const rejects: Reject[] = [];
  let places: number[] | undefined;
  for await (const { cells } of readCsv(createReadStream(file))) {
    if (!places) {
      places = REJECT_COLUMNS.map((column) => cells.lastIndexOf(column));
      continue;
    }
    const [row, column, code, message] = places.map((place) => cells[place]!) as [
      string,
      string,
      string,
      string,
    ];
    rejects.push({ row: Number(row), column, code, message });
    if (rejects.length === FIRST_REJECTS) break;
  }
  return rejects;
}
