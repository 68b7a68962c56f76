import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

/**
 * Runs the end-to-end tests again and again, and says how often they failed:
 * `npm run test:repeat -- 50 [test file...]`. Output is shown for failed runs only.
 */
const ROOT = path.join(__dirname, '..', '..');
const [given = '50', ...only] = process.argv.slice(2);
const times = Number(given);
if (!Number.isInteger(times) || times < 1) throw new Error(`expected a number of runs, got ${given}`);

const jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const tests = only.length > 0 ? only : ['test/e2e'];
let failures = 0;
for (let run = 1; run <= times; run++) {
  const started = process.hrtime.bigint();
  const result = spawnSync(process.execPath, [jest, '--coverage=false', ...tests], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const seconds = (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1);
  const passed = result.status === 0;
  if (!passed) {
    failures += 1;
    process.stdout.write(`${result.stdout}${result.stderr}`);
  }
  console.log(`run ${run} of ${times}: ${passed ? 'passed' : 'FAILED'} in ${seconds} s`);
}
console.log(`${times - failures} of ${times} runs passed`);
process.exitCode = failures === 0 ? 0 : 1;
