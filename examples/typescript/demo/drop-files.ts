import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import {
  collectResult,
  type JobResult,
  type LocalRun,
  PipelineSession,
  showProgress,
  summarise,
} from '../../../src/cli/index';
import { dataset } from '../datasets';
import { correctBirdstrikes } from './corrections';

/** Which file goes to which pipeline, told by its construct path. */
const FILES = [
  { pipeline: 'Flights-dev/Flights', file: dataset('flights-airport.csv') },
  { pipeline: 'Birdstrikes-dev/Birdstrikes', file: dataset('birdstrikes.csv') },
  { pipeline: 'Zipcodes-dev/Zipcodes', file: dataset('zipcodes.csv') },
];

export interface DemoOptions {
  /** Folder for what comes out. */
  readonly out: string;
  /** Folder for what is gone afterwards. */
  readonly workspace: string;
  readonly say: (text: string) => void;
}

/** Drops the files, shows what becomes of them, and brings the corrected bird strikes in. */
export async function dropFiles(run: LocalRun, { out, workspace, say }: DemoOptions): Promise<JobResult[]> {
  const sessions = FILES.map(({ pipeline }) => {
    const found = run.pipelines.find((each) => each.path === pipeline);
    if (!found) throw new Error(`the example app has no pipeline ${pipeline}`);
    return new PipelineSession(run, found);
  });
  const hide = showProgress(run.journal, say);
  const runFile = async (session: PipelineSession, file: string): Promise<JobResult> => {
    const dropped = await session.drop(file);
    return collectResult(session, dropped, await session.job(dropped), out);
  };

  const jobs = await Promise.all(FILES.map(({ file }, index) => runFile(sessions[index], file)));
  say(`\n${jobs.map(summarise).join('\n\n')}\n`);

  const [, birdstrikes] = jobs;
  if (birdstrikes.rejectsFile === null) throw new Error(`no rejects of ${birdstrikes.fileName} to correct`);
  say(
    `Correcting ${birdstrikes.rowsRejected} rejected bird strikes, and dropping their file back into raw/ ...\n`,
  );
  const corrected = path.join(workspace, path.basename(birdstrikes.rejectsFile));
  writeFileSync(corrected, correctBirdstrikes(readFileSync(birdstrikes.rejectsFile, 'utf8')));
  const replay = await runFile(sessions[1], corrected);
  say(`\n${summarise(replay)}\n\nThe rows that arrived:\n${firstLines(replay.outputFiles[0], 4)}`);

  hide();
  sessions.forEach((session) => session.close());
  return [...jobs, replay];
}

function firstLines(file: string, count: number): string {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const shown = lines.slice(0, count).map((line) => `  ${line}`);
  const more = lines.length - count;
  return [...shown, ...(more > 0 ? [`  ... and ${more} more in ${file}`] : [])].join('\n');
}
