import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { synthesise } from '../../src/cli/synthesise';

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
    const synthesis = synthesise({
      directory: __dirname,
      app: `"${process.execPath}" "${require.resolve('tsx/cli')}" --tsconfig ../../tsconfig.dev.json app.ts`,
      output: path.join(workspace, 'cdk.out'),
    });
    // The local run is loaded while the app's process synthesises.
    const [assembly, { describeEndpoints, LocalRun, writeJobs }, { dropFiles }] = await Promise.all([
      synthesis,
      import('../../src/cli/index.js'),
      import('./demo/drop-files.js'),
    ]);
    const run = await LocalRun.start({ assembly, appDirectory: ROOT });
    try {
      say(`Running their templates at ${run.endpoint}. Dropping three files into raw/ ...\n`);
      const jobs = await dropFiles(run, { out: OUT, workspace, say });
      const document = { out: OUT, jobs };
      writeJobs(document, OUT);
      if (options.json) console.log(JSON.stringify(document, null, 2));
      if (options.keep) {
        for (const pipeline of run.pipelines) say(`\n${pipeline.path}\n${describeEndpoints(run, pipeline)}`);
        say('\nUp until Ctrl-C.');
        await interrupted();
      }
      if (jobs.some((job) => job.status !== 'SUCCEEDED')) process.exitCode = 1;
    } finally {
      await run.stop();
    }
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
});
main({ json: values.json, keep: values.keep }).catch((error: Error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
