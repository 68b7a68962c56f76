import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { expectedBirdstrikes, expectedFlights, expectedZipcodes } from './expected-counts';
import type { JobItem } from '../../src/shared/job';

const ROOT = path.join(__dirname, '..', '..');

/** Runs the demo as `npm run demo -- --json` does. */
function runDemo(...options: string[]) {
  const tsx = path.join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const demo = path.join(ROOT, 'examples', 'typescript', 'demo.ts');
  return spawnSync(process.execPath, [tsx, '--tsconfig', 'tsconfig.dev.json', demo, ...options], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

describe('npm run demo -- --json', () => {
  let jobs: JobItem[];

  beforeAll(() => {
    const run = runDemo('--json');
    if (run.status !== 0) throw new Error(run.stderr);
    jobs = JSON.parse(run.stdout).jobs;
  });

  const jobOf = (fileName: string) => jobs.find((job) => job.fileName === fileName);

  it.each([
    ['raw/flights-airport.csv', expectedFlights],
    ['raw/birdstrikes.csv', () => expectedBirdstrikes()],
    ['raw/zipcodes.csv', expectedZipcodes],
  ])('counts the rows of %s as a second program does', (fileName, expected) => {
    expect(jobOf(fileName)).toMatchObject({ status: 'SUCCEEDED', countsComplete: true, ...expected() });
  });

  it('brings the corrected rows of birdstrikes.csv in, under a name of their own', () => {
    const first = jobOf('raw/birdstrikes.csv')!;
    const replay = jobOf(first.rejects!.replace('failed/', 'raw/'));
    expect(replay).toMatchObject({
      status: 'SUCCEEDED',
      rowsRead: first.rowsRejected,
      rowsWritten: first.rowsRejected,
      rowsRejected: 0,
      rejects: null,
    });
    expect(replay!.outputs).not.toEqual(first.outputs);
  });

  it('runs four jobs and no more', () => {
    expect(jobs).toHaveLength(4);
  });
});

it('refuses options that it does not know', () => {
  const run = runDemo('--jsno');
  expect(run.status).not.toBe(0);
  expect(run.stderr).toContain("Unknown option '--jsno'");
});
