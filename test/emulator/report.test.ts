import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { junit } from './report';
import type { TestResult } from './suite';

const RESULTS: readonly TestResult[] = [
  { test: 'a.test.ts: "a" & <b>', status: 'passed', message: '' },
  { test: 'a.test.ts: c', status: 'failed', message: '\u001b[31mexpected\u001b[39m <1> & got "2"' },
  { test: 'a.test.ts: d', status: 'failed', message: 'x' },
  { test: 'a.test.ts: e', status: 'skipped', message: '' },
];
const KNOWN = [{ test: 'a.test.ts: d', why: 'it has no d' }];

it('reports what passed and failed, and known failures as skipped with their reason', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', htmlEntities: true });
  const { testsuites } = parser.parse(junit('emulator', RESULTS, KNOWN));
  expect(testsuites).toMatchObject({ tests: '4', failures: '1', errors: '0' });
  expect(testsuites.testsuite.testcase).toEqual([
    { name: 'a.test.ts: "a" & <b>' },
    { name: 'a.test.ts: c', failure: '[31mexpected[39m <1> & got "2"' },
    { name: 'a.test.ts: d', skipped: { message: 'it has no d' } },
    { name: 'a.test.ts: e', skipped: { message: 'needs the local run' } },
  ]);
});

describe('the closing lines of CI', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(tmpdir(), 'etl-reports-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function summary(...expected: string[]) {
    const script = path.join(__dirname, '..', '..', '.ci', 'summary.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder, ...expected], {
      encoding: 'utf8',
    });
    return { status, lines: stdout.trim().split('\n'), stderr };
  }
  const write = (name: string, results: readonly TestResult[]) =>
    fs.writeFileSync(path.join(folder, `${name}.xml`), junit(name, results, KNOWN));

  it('add up all reports', () => {
    write('one', [RESULTS[0], RESULTS[2]]);
    write('two', [RESULTS[0], RESULTS[3]]);
    expect(summary('one.xml', 'two.xml')).toEqual({
      status: 0,
      lines: [
        'one.xml: 1 passed, 0 failed, 1 skipped',
        'two.xml: 1 passed, 0 failed, 1 skipped',
        '2 passed, 0 failed, 2 skipped',
      ],
      stderr: '',
    });
  });

  it.each<[string, readonly TestResult[]]>([
    ['a test that failed', RESULTS],
    ['a report without a test that passed', [RESULTS[3]]],
  ])('fail for %s', (_, results) => {
    write('one', [RESULTS[0]]);
    write('two', results);
    expect(summary('one.xml', 'two.xml').status).toBe(1);
  });

  it('fail where a report is missing', () => {
    write('one', [RESULTS[0]]);
    expect(summary('one.xml', 'two.xml')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('two.xml: no report'),
    });
  });
});
