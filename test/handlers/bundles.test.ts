import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { handler as api } from '../../src/handlers/api.lambda';
import { handler as qualityCheck } from '../../src/handlers/quality-check.lambda';
import { enrich, finish, transform, validate } from '../../src/handlers/state-machine.lambda';
import { handler as trigger } from '../../src/handlers/trigger.lambda';

const HANDLERS = { trigger, validate, transform, enrich, finish, qualityCheck, api };

/** The clients that each bundle may carry: every further one costs load time at each cold start. */
const CLIENTS = {
  trigger: ['client-dynamodb', 'client-sfn', 'lib-dynamodb'],
  'state-machine': ['client-dynamodb', 'client-s3', 'client-secrets-manager', 'lib-dynamodb'],
  'quality-check': ['client-dynamodb', 'client-s3', 'lib-dynamodb'],
  api: ['client-dynamodb', 'client-s3', 'client-sfn', 'lib-dynamodb'],
};

let directory: string;
let outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bundles-'));
  const metafile = join(directory, 'meta.json');
  await promisify(execFile)('node_modules/.bin/esbuild', [
    ...Object.keys(CLIENTS).map((name) => `src/handlers/${name}.lambda.ts`),
    '--bundle',
    '--platform=node',
    '--main-fields=module,main',
    '--entry-names=[name]',
    `--outdir=${directory}`,
    `--metafile=${metafile}`,
    '--log-level=warning',
  ]);
  ({ outputs } = JSON.parse(await readFile(metafile, 'utf8')));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it.each(Object.entries(CLIENTS))('%s carries just its own clients', (name, clients) => {
  const [, output] = Object.entries(outputs).find(([path]) => path.endsWith(`/${name}.lambda.js`))!;
  const carried = Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /@aws-sdk\/((?:client|lib)-[a-z0-9-]+)/.exec(path)?.[1] ?? []);
  expect([...new Set(carried)].sort()).toEqual(clients);
});

it.each(Object.entries(HANDLERS))('%s exports an async handler without a callback', (_name, handler) => {
  // Node 24's runtime refuses handlers that take a callback.
  expect(handler).toHaveLength(1);
  expect(handler.constructor.name).toBe('AsyncFunction');
});
