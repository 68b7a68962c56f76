import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FENCES } from '../../docs/code-fences';
import { ServerlessCsvEtl, StepHandler } from '../../src';
import { main } from '../../src/cli/main';

const directory = mkdtempSync(join(tmpdir(), 'replaced-step-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('does what docs/replacing-a-step.md says of its example', async () => {
  const code = join(directory, 'upper-case');
  const step = join(FENCES, 'docs-replacing-a-step-1.ts');
  execFileSync(
    'node_modules/.bin/esbuild',
    [step, '--bundle', '--platform=node', `--outfile=${code}/index.js`],
    {
      stdio: 'ignore',
    },
  );
  const app = new App({ outdir: join(directory, 'cdk.out') });
  const transform = StepHandler.fromCode({ code: lambda.Code.fromAsset(code), handler: 'index.handler' });
  new ServerlessCsvEtl(new Stack(app, 'Shop'), 'Orders', { steps: { transform } });
  app.synth();
  writeFileSync(join(directory, 'orders.csv'), 'id,product\n1,"pear, green"\n2,none\n');

  let out = '';
  const quiet = { error: () => {}, terminal: false, interrupted: new Promise<void>(() => {}) };
  const around = { directory, out: (text: string | Uint8Array) => void (out += String(text)), ...quiet };
  expect(await main(['run', 'orders.csv', '--app', 'cdk.out', '--json'], around)).toBe(0);
  const [job] = JSON.parse(out).jobs;
  expect(job).toMatchObject({ rowsRead: 2, rowsWritten: 1, rowsRejected: 1, rowsFiltered: 0 });
  expect(readFileSync(job.outputFiles[0], 'utf8')).toBe('id,product\n1,"PEAR, GREEN"\n');
  expect(readFileSync(job.rejectsFile, 'utf8')).toBe(
    'id,product,_row,_column,_code,_message\n2,none,3,product,no-product,is called none\n',
  );
});
