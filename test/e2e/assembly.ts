import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'serverless-csv-etl', 'e2e');

/** What the templates are made from; a change in any of it asks for a new synthesis. */
const SOURCES = ['src', 'assets/handlers', 'test/e2e/app', 'node_modules/aws-cdk-lib/package.json'];

/**
 * Folder of the synthesised app under test, in its first release or another one. Made once for each state of the sources,
 * by whichever test comes first.
 */
export function synthesise(release?: string): string {
  const hash = hashOf(SOURCES.map((source) => path.join(ROOT, source)));
  const outdir = path.join(CACHE, release === undefined ? hash : `${hash}-${release}`);
  if (fs.existsSync(outdir)) return outdir;
  fs.mkdirSync(CACHE, { recursive: true });
  const draft = fs.mkdtempSync(path.join(CACHE, 'draft-'));
  synthesiseApp(
    path.join(ROOT, 'test', 'e2e', 'app', 'app.ts'),
    draft,
    release === undefined ? undefined : { release },
  );
  try {
    // A rename is atomic: a test that runs beside this one finds all of it or nothing.
    fs.renameSync(draft, outdir);
  } catch (error) {
    if (!fs.existsSync(outdir)) throw error;
    fs.rmSync(draft, { recursive: true });
  }
  return outdir;
}

/** Runs an app's source, as `npm run synth` does. */
export function synthesiseApp(app: string, outdir: string, context?: object): void {
  const tsx = path.join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const run = spawnSync(process.execPath, [tsx, '--tsconfig', path.join(ROOT, 'tsconfig.dev.json'), app], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...(context && { CDK_CONTEXT_JSON: JSON.stringify(context) }),
      CDK_OUTDIR: outdir,
      NODE_OPTIONS: '',
    },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`synthesis of ${path.basename(app)} failed:\n${run.stderr}`);
}

function hashOf(paths: string[]): string {
  const hash = createHash('sha256');
  for (const start of paths) {
    for (const file of filesUnder(start)) hash.update(file).update('\0').update(fs.readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesUnder(start: string): string[] {
  if (!fs.existsSync(start)) throw new Error(`${start} is missing: run "npx projen bundle" first`);
  if (fs.statSync(start).isFile()) return [start];
  return fs
    .readdirSync(start, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(start, name))
    .filter((file) => fs.statSync(file).isFile())
    .sort();
}
