import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Packages } from './languages/language';
import type { Workshop } from './workshop';

/** What a person counts in the examples' file. */
const COUNTS = { rowsRead: 6, rowsWritten: 3, rowsRejected: 3, rowsFiltered: 0 };

/** Runs an example's file through its pipeline on this machine, with its own step, and gives what was published. */
export async function runExample(
  workshop: Workshop,
  packages: Packages,
  directory: string,
  args: readonly string[] = [],
): Promise<string> {
  const commandLine = await packages.commandLine;
  const json = await workshop.run(
    'synth and local run of the example',
    process.execPath,
    [commandLine, 'run', 'orders.csv', '--json', ...args],
    { cwd: directory },
  );
  const [job] = JSON.parse(json).jobs;
  assert.strictEqual(job.status, 'SUCCEEDED', json);
  const { rowsRead, rowsWritten, rowsRejected, rowsFiltered } = job;
  assert.deepStrictEqual({ rowsRead, rowsWritten, rowsRejected, rowsFiltered }, COUNTS);
  const rejects = readFileSync(path.join(directory, 'etl-local', job.rejects), 'utf8');
  assert.match(rejects, /^3,.*,wrong-check-digit,/m, 'the step of the example rejected nothing');
  return readFileSync(path.join(directory, 'etl-local', job.outputs[0]), 'utf8');
}
