import * as path from 'node:path';
import { checkUpdate } from './across-update';
import { awsCaller } from './aws';
import { Deployment } from './deployment';
import { inventory } from './inventory';
import { KNOWN_FAILURES, KNOWN_LEFTOVERS } from './known-failures';
import { writeReport } from './report';
import { runTests } from './suite';
import { uploadable } from './upload';
import { judge } from './verdict';
import { connectToDeployed } from '../e2e/connect';

/** The stack that the releases of the app differ in. */
const UPDATED_STACK = 'EtlE2eSteps-dev';

/**
 * One pass against the endpoint that the environment names: creates the stacks, tests, updates and deletes them.
 * Arguments: the Python with boto3, the assembly, that of the next release and its name, a folder to work in, and the name
 * of the report.
 */
async function main([python, assembly, nextAssembly, release, home, report]: string[]): Promise<void> {
  const call = awsCaller(python);
  const deployment = new Deployment({ call, home, outputs: process.env.ETL_OUTPUTS! });
  const first = path.join(home, 'assembly');
  const next = path.join(home, 'next-assembly');
  uploadable(assembly, first);
  uploadable(nextAssembly, next);

  await timed('prepare the account', () => deployment.bootstrap());
  const before = inventory(call);
  await timed('create the stacks', () => deployment.deploy(first));

  const results = await timed('run the tests', () => runTests(home));
  writeReport(report, results, KNOWN_FAILURES);
  const verdict = judge(results, KNOWN_FAILURES);
  const { passed, failedAsKnown, skipped } = verdict;
  console.log(`  ${passed} tests passed, ${failedAsKnown} failed as known, ${skipped} need the local run`);
  complain(verdict.complaints);

  const target = connectToDeployed();
  await timed('update while a job runs', () =>
    checkUpdate(target, release, () => deployment.deploy(next, [UPDATED_STACK])),
  );
  await target.stop();

  await timed('delete the stacks', () => deployment.destroy(next));
  const left = inventory(call).filter(
    (resource) => !before.includes(resource) && !KNOWN_LEFTOVERS.some(({ name }) => name.test(resource)),
  );
  complain(left.map((name) => `left after deletion: ${name}`));
}

function complain(complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  complaints.forEach((complaint) => console.error(`  ${complaint}`));
  process.exitCode = 1;
}

async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const started = process.hrtime.bigint();
  const result = await work();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(`  ${what}: ${seconds.toFixed(1)} s`);
  return result;
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
