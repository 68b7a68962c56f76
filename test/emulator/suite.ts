import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const TESTS = path.join(ROOT, 'test', 'e2e');
const JEST = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
/** No wait lasts longer than this; a known failure may be a wait for what never comes. */
const TEST_TIMEOUT_MS = 60_000;

export interface TestResult {
  /** File and full name, as in `api.test.ts: GET /status/{jobId} answers ...`. */
  readonly test: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly message: string;
}

/** Runs the end-to-end tests against deployed stacks. Files that share a stack run one after the other. */
export async function runTests(home: string): Promise<TestResult[]> {
  const files = fs.readdirSync(TESTS).filter((name) => name.endsWith('.test.ts'));
  const sharesStack = (name: string) =>
    fs.readFileSync(path.join(TESTS, name), 'utf8').includes('EtlE2eOrders');
  const groups = [files.filter(sharesStack), files.filter((name) => !sharesStack(name))];
  const reports = await Promise.all(
    groups.map((group, index) => runFiles(group, path.join(home, `jest-${index}.json`))),
  );
  return reports.flat();
}

async function runFiles(files: readonly string[], report: string): Promise<TestResult[]> {
  const options = [
    `--testTimeout=${TEST_TIMEOUT_MS}`,
    '--runInBand',
    '--coverage=false',
    '--silent',
    '--forceExit',
  ];
  const output = ['--reporters=default', '--json', `--outputFile=${report}`];
  const paths = files.map((name) => path.join(TESTS, name));
  const jest = spawn(process.execPath, [JEST, ...options, ...output, '--runTestsByPath', ...paths], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', NODE_OPTIONS: '' },
  });
  const said: Buffer[] = [];
  jest.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  await new Promise((resolve) => jest.once('close', resolve));
  if (!fs.existsSync(report)) throw new Error(`jest made no report:\n${Buffer.concat(said).toString()}`);
  const { testResults } = JSON.parse(fs.readFileSync(report, 'utf8'));
  return testResults.flatMap((file: any) => resultsOf(file));
}

function resultsOf(file: any): TestResult[] {
  const name = path.basename(file.name);
  if (file.assertionResults.length === 0) return [{ test: name, status: 'failed', message: file.message }];
  return file.assertionResults.map((each: any) => ({
    test: `${name}: ${each.fullName}`,
    status: each.status === 'passed' || each.status === 'failed' ? each.status : 'skipped',
    message: each.failureMessages.join('\n'),
  }));
}
