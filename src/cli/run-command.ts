import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { RunCommand } from './command-line';
import { deniedCalls, describeDenials } from './denials';
import { describeEndpoints } from './endpoints';
import { EXIT } from './exit-codes';
import { describeImported } from './imported';
import { summariseMetrics } from './metrics-summary';
import { describeNotRun } from './not-run';
import { PipelineSession } from './pipeline-session';
import { showProgress } from './progress';
import { collectResult, writeJobs, type JobResult } from './results';
import { selectPipeline } from './select-pipeline';
import { summarise } from './summary';
import type { Surroundings } from './surroundings';
import { synthesise } from './synthesise';
import { UsageError } from './usage-error';
import { LocalRun } from '../local/local-run';
import type { Pipeline } from '../local/template/pipelines';

/** Does `serverless-csv-etl run`. @returns the exit code @throws UsageError, NotProvidedError */
export async function runFiles(command: RunCommand, around: Surroundings): Promise<number> {
  const files = command.files.map((file) => checkFile(path.resolve(around.directory, file)));
  checkNames(files);
  const secrets = readSecrets(command.secrets, around.directory);
  const workspace = mkdtempSync(path.join(tmpdir(), 'serverless-csv-etl-cli-'));
  try {
    const { directory } = around;
    if (!command.json) around.out('synthesising the app\n');
    const assembly = await synthesise({
      directory,
      app: command.app,
      output: path.join(workspace, 'cdk.out'),
    });
    const selected = selectPipeline(assembly, command.pipeline);
    const run = await LocalRun.start({
      assembly,
      pipelines: [selected],
      dataDir: path.join(workspace, 'data'),
      appDirectory: directory,
      secrets,
      code: resolveCode(command.code, directory),
    });
    try {
      const pipeline = run.pipelines.find((each) => each.path === selected)!;
      checkSuffixes(files, pipeline);
      void run.warmUp();
      const interruption = around.interrupted.then(() => EXIT.interrupted);
      const code = await Promise.race([useRun(run, pipeline, files, command, around), interruption]);
      if (command.keep) await keepUp(run, pipeline, command, around);
      return code;
    } finally {
      await run.stop();
    }
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

async function useRun(
  run: LocalRun,
  pipeline: Pipeline,
  files: readonly string[],
  { json, keep, out: outDirectory, secrets }: RunCommand,
  { directory, out }: Surroundings,
): Promise<number> {
  const print = (text: string): void => out(`${text}\n`);
  const results = path.resolve(directory, outDirectory);
  const session = new PipelineSession(run, pipeline);
  if (!json) {
    print(`pipeline ${pipeline.path}, started at ${run.endpoint}`);
    run.imported.forEach((resource) => print(describeImported(resource, secrets)));
    describeNotRun(run.notRun).forEach(print);
  }
  const hide = json ? () => {} : showProgress(run.journal, print);
  const jobs = await Promise.all(files.map((file) => runFile(session, file, results))).catch(
    (problem: Error) => {
      const denials = describeDenials(deniedCalls(run.journal.entries));
      throw denials === '' ? problem : new UsageError(`${problem.message}\n${denials}`);
    },
  );
  hide();
  session.close();

  const metrics = summariseMetrics(run.journal.entries, pipeline.pipeline);
  const denied = deniedCalls(run.journal.entries);
  const document = {
    pipeline: pipeline.path,
    out: results,
    jobs,
    metrics,
    imported: run.imported,
    notRun: run.notRun,
    denied,
    ...(keep && { endpoint: run.endpoint, credentials: run.credentials, outputs: run.outputs }),
  };
  writeJobs(document, results);
  if (json) {
    print(JSON.stringify(document, null, 2));
  } else {
    print(['', ...jobs.map(summarise)].join('\n'));
    print(`metrics: ${metrics.map(({ name, value, unit }) => `${name} ${value} ${unit}`).join(', ')}`);
    if (denied.length > 0) print(describeDenials(denied));
  }
  return jobs.every(({ status }) => status === 'SUCCEEDED') ? EXIT.succeeded : EXIT.jobFailed;
}

async function keepUp(
  run: LocalRun,
  pipeline: Pipeline,
  { json }: RunCommand,
  { out, interrupted }: Surroundings,
): Promise<void> {
  if (!json) out(`\n${describeEndpoints(run, pipeline)}\nup until Ctrl-C\n`);
  await interrupted;
}

async function runFile(session: PipelineSession, file: string, out: string): Promise<JobResult> {
  const dropped = await session.drop(file);
  return collectResult(session, dropped, await session.job(dropped), out);
}

function resolveCode(code: RunCommand['code'], directory: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(code).map(([functionPath, folder]) => [
      functionPath,
      checkFile(path.resolve(directory, folder)),
    ]),
  );
}

function checkFile(file: string): string {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  return file;
}

function readSecrets(secrets: ReadonlyMap<string, string>, directory: string): Record<string, Buffer> {
  const values = [...secrets].map(([name, file]) => [
    name,
    readFileSync(checkFile(path.resolve(directory, file))),
  ]);
  return Object.fromEntries(values) as Record<string, Buffer>;
}

function checkNames(files: readonly string[]): void {
  const names = files.map((file) => path.basename(file));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UsageError(`two files are named ${twice}: both would be the same object in S3`);
  }
}

function checkSuffixes(files: readonly string[], { inputSuffixes, path: pipelinePath }: Pipeline): void {
  const other = files.find((file) => !inputSuffixes.some((suffix) => file.endsWith(suffix)));
  if (other !== undefined) {
    throw new UsageError(
      `${path.basename(other)} would not start a job: ${pipelinePath} takes in ${inputSuffixes.join(', ')} (its prop inputSuffixes)`,
    );
  }
}
