import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DIFFERENCES } from './differences';
import { cutOffEgress } from './isolation';
import { KNOWN_FAILURES, KNOWN_LEFTOVERS } from './known-failures';
import { MiniStack } from './ministack';
import { spawnGroup } from './process-group';
import { pythonWithMiniStack } from './python';
import { synthesise } from '../e2e/assembly';

/** A name that no first release has. */
const NEXT_RELEASE = 'next';
const LOG_LINES = 60;

/** How the tests are run: without roles, and then with every call judged by the caller's role. */
const PASSES = [
  { name: 'plain', auth: false, report: 'emulator' },
  { name: 'with roles, over https', auth: true, report: 'emulator-with-roles' },
];

/** Deploys the app under test to MiniStack and runs the end-to-end tests against it. */
async function main(only?: string): Promise<void> {
  const python = pythonWithMiniStack();
  const isolated = await cutOffEgress(python);
  // By default a signal ends a process without its 'exit' event, and what it started would stay.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  console.log(
    isolated
      ? 'Nothing can leave the machine: this runs in a network namespace of its own.'
      : 'Egress is not cut off: this machine gives no network namespaces.',
  );
  printTables();
  const assemblies = [synthesise(), synthesise(NEXT_RELEASE)];
  for (const pass of PASSES.filter(({ name }) => only === undefined || name.startsWith(only))) {
    console.log(`\n${pass.name}`);
    if (!(await runPass(python, assemblies, pass))) process.exitCode = 1;
  }
}

function printTables(): void {
  console.log('\nDifferences from what would be deployed to AWS:');
  DIFFERENCES.forEach(({ what, why }) => console.log(`- ${what}: ${why}`));
  console.log('\nTests that MiniStack cannot run:');
  KNOWN_FAILURES.forEach(({ test, why }) => console.log(`- ${test}: ${why}`));
  console.log('\nWhat may be left after deletion:');
  KNOWN_LEFTOVERS.forEach(({ name, why }) => console.log(`- ${name.source}: ${why}`));
}

async function runPass(
  python: string,
  assemblies: string[],
  { auth, report }: (typeof PASSES)[number],
): Promise<boolean> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'etl-emulator-'));
  process.once('exit', () => fs.rmSync(home, { recursive: true, force: true }));
  const environment = Object.assign({}, ...DIFFERENCES.map((difference) => difference.environment ?? {}));
  const server = await MiniStack.start({ python, auth, home, environment });
  try {
    const passed = await work([python, ...assemblies, NEXT_RELEASE, home, report], {
      ...server.clientEnvironment,
      ETL_OUTPUTS: path.join(home, 'outputs', 'flat-outputs.json'),
    });
    if (!passed) console.error(lastLines(path.join(home, 'ministack.log')));
    return passed;
  } finally {
    await server.stop();
  }
}

/** Runs pass.ts in a process of its own, as a process learns only at its start whom to trust. */
async function work(args: string[], environment: Record<string, string>): Promise<boolean> {
  const child = spawnGroup(
    process.execPath,
    [...process.execArgv, path.join(__dirname, 'pass.ts'), ...args],
    {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    },
  );
  return new Promise((resolve) => child.once('exit', (status) => resolve(status === 0)));
}

function lastLines(file: string): string {
  const lines = fs.readFileSync(file, 'utf8').split('\n').slice(-LOG_LINES);
  return ['', "The end of MiniStack's log:", ...lines].join('\n');
}

main(process.argv[2]).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
