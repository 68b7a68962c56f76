import * as fs from 'node:fs';
import * as path from 'node:path';
import type { KnownFailure } from './known-failures';
import type { TestResult } from './suite';

const FOLDER = path.join(__dirname, '..', '..', 'test-reports');

/** Writes the results of a pass as a report in the form of JUnit, beside those of other tests. */
export function writeReport(
  name: string,
  results: readonly TestResult[],
  known: readonly KnownFailure[],
): void {
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(path.join(FOLDER, `${name}.xml`), junit(name, results, known));
}

/** A known failure counts as skipped: it says nothing about the pipeline. */
export function junit(name: string, results: readonly TestResult[], known: readonly KnownFailure[]): string {
  const cases = results.map(({ test, status, message }) => {
    const why = known.find((each) => each.test === test)?.why;
    const skipped = status === 'skipped' || (status === 'failed' && why !== undefined);
    const body = skipped
      ? `<skipped message="${escaped(why ?? 'needs the local run')}"/>`
      : status === 'failed'
        ? `<failure>${escaped(message)}</failure>`
        : '';
    return {
      failed: status === 'failed' && !skipped,
      text: `<testcase name="${escaped(test)}">${body}</testcase>`,
    };
  });
  const failures = cases.filter(({ failed }) => failed).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(name)}" ${counts}>`,
    `<testsuite name="${escaped(name)}" ${counts}>`,
    ...cases.map(({ text }) => text),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return (
    text
      // XML has no way to write most control characters, and messages of jest are coloured.
      .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '')
      .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
