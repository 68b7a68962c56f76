import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { dataset } from './datasets';
import { correctBirdstrikes } from './demo/corrections';
import {
  collectResult,
  describeEndpoints,
  type JobResult,
  LocalRun,
  PipelineSession,
  showProgress,
  summarise,
  synthesise,
  writeJobs,
} from '../../src/cli/index';

/** Which file goes to which pipeline, told by its construct path. */
const FILES = [
  { pipeline: 'Flights-dev/Flights', file: dataset('flights-airport.csv') },
  { pipeline: 'Birdstrikes-dev/Birdstrikes', file: dataset('birdstrikes.csv') },
  { pipeline: 'Zipcodes-dev/Zipcodes', file: dataset('zipcodes.csv') },
];

const ROOT = path.join(__dirname, '..', '..');
const OUT = path.join(ROOT, 'etl-local', 'demo');

/** `--json`: one document on standard output and nothing else there. `--keep`: stays up until it is interrupted. */
interface Options {
  readonly json: boolean;
  readonly keep: boolean;
}

async function main(options: Options): Promise<void> {
  // The SDK's advice on Node versions would stand between the lines.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const say = options.json ? () => {} : (text: string) => console.log(text);
  const workspace = mkdtempSync(path.join(tmpdir(), 'serverless-csv-etl-demo-'));
  try {
    say('Synthesising examples/typescript: three stacks, one pipeline each ...');
    const assembly = await synthesise({
      directory: __dirname,
      app: `"${process.execPath}" "${require.resolve('tsx/cli')}" --tsconfig ../../tsconfig.dev.json app.ts`,
      output: path.join(workspace, 'cdk.out'),
    });
    const run = await LocalRun.start({ assembly, appDirectory: ROOT });
    try {
      say(`Running their templates at ${run.endpoint}. Dropping three files into raw/ ...\n`);
      const jobs = await runDemo(run, workspace, say);
      const document = { out: OUT, jobs };
      writeJobs(document, OUT);
      if (options.json) console.log(JSON.stringify(document, null, 2));
      if (options.keep) await keep(run, say);
      if (jobs.some((job) => job.status !== 'SUCCEEDED')) process.exitCode = 1;
    } finally {
      await run.stop();
    }
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Drops the files, shows what becomes of them, and brings the corrected bird strikes in. */
async function runDemo(run: LocalRun, workspace: string, say: (text: string) => void): Promise<JobResult[]> {
  const sessions = FILES.map(({ pipeline }) => {
    const found = run.pipelines.find((each) => each.path === pipeline);
    if (!found) throw new Error(`the example app has no pipeline ${pipeline}`);
    return new PipelineSession(run, found);
  });
  const hide = showProgress(run.journal, say);
  const runFile = async (session: PipelineSession, file: string, key?: string): Promise<JobResult> => {
    const dropped = await session.drop(file, key);
    return collectResult(session, dropped, await session.job(dropped), OUT);
  };

  const jobs = await Promise.all(FILES.map(({ file }, index) => runFile(sessions[index], file)));
  say(`\n${jobs.map(summarise).join('\n\n')}\n`);

  const birdstrikes = jobs[1];
  say(
    `Correcting the ${birdstrikes.rowsRejected} rejected bird strikes, and dropping their file back into raw/ ...\n`,
  );
  const corrected = path.join(workspace, path.basename(birdstrikes.rejects!));
  writeFileSync(corrected, correctBirdstrikes(readFileSync(birdstrikes.rejectsFile!, 'utf8')));
  const replay = await runFile(sessions[1], corrected);
  say(`\n${summarise(replay)}\n`);
  say('The rows that arrived:');
  say(firstLines(replay.outputFiles[0], 4));

  hide();
  sessions.forEach((session) => session.close());
  return [...jobs, replay];
}

function firstLines(file: string, count: number): string {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const more = lines.length - count;
  return [...lines.slice(0, count), ...(more > 0 ? [`... and ${more} more in ${file}`] : [])]
    .map((line) => `  ${line}`)
    .join('\n');
}

async function keep(run: LocalRun, say: (text: string) => void): Promise<void> {
  for (const pipeline of run.pipelines) say(`\n${pipeline.path}\n${describeEndpoints(run, pipeline)}`);
  say('\nUp until Ctrl-C.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
});
main({ json: values.json, keep: values.keep }).catch((error: Error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
