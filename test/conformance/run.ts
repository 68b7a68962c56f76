import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Case, Verdict } from './cases';
import { DIFFERENCES, matching, NOT_APPLICABLE } from './differences';
import { judgeCell } from './judge-cells';
import { judgeDialect } from './judge-dialects';
import { judgeRecords } from './judge-records';
import { judgeTable } from './judge-tables';
import { pageOf, type SetResult } from './page';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'conformance.md');

async function judge(one: Case): Promise<Verdict> {
  const other = matching(NOT_APPLICABLE, one);
  if (other) return { kind: 'not-applicable', why: other.why };
  if ('cell' in one) return judgeCell(one);
  if ('columns' in one) return judgeTable(one);
  return 'property' in one ? judgeDialect(one) : judgeRecords(one);
}

/**
 * Runs the cases. Each that differs has to be one of those that are meant to, each of these has to differ, and the page has
 * to say so.
 */
async function run(files: readonly string[], onPage: 'compare' | 'write' | 'leave'): Promise<void> {
  const cases = files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as Case[]);
  const results = new Map<string, SetResult>();
  const unexplained: string[] = [];
  for (const one of cases) {
    const result: SetResult = results.get(one.set) ?? {
      cases: 0,
      passed: 0,
      notApplicable: [],
      differing: new Map(),
    };
    results.set(one.set, result);
    result.cases++;
    const verdict = await judge(one);
    if (verdict.kind === 'passed') {
      result.passed++;
    } else if (verdict.kind === 'not-applicable') {
      result.notApplicable.push(verdict.why);
    } else {
      const meant = matching(DIFFERENCES, one);
      if (meant) {
        result.differing.set(meant, [...(result.differing.get(meant) ?? []), one.name]);
      } else {
        unexplained.push(
          `${one.set}: ${one.name}\n  got      ${verdict.got}\n  expected ${verdict.expected}`,
        );
      }
    }
  }
  const passing = DIFFERENCES.filter((each) => !results.get(each.set)?.differing.has(each));
  unexplained.push(...passing.map(({ set, cases: names }) => `${set}: no case of ${names} differs any more`));
  for (const [set, { cases: count, passed, notApplicable }] of results) {
    console.log(
      `${set}: ${passed} of ${count - notApplicable.length} passed, ${notApplicable.length} not applicable`,
    );
  }
  if (unexplained.length > 0) throw new Error(`not meant:\n${unexplained.join('\n')}`);

  const page = pageOf(results);
  if (onPage === 'write') writeFileSync(PAGE, page);
  if (onPage === 'compare' && readFileSync(PAGE, 'utf8') !== page) {
    throw new Error('docs/conformance.md says otherwise: run with --write');
  }
}

const args = process.argv.slice(2);
void run(
  args.filter((arg) => !arg.startsWith('--')),
  args.includes('--write') ? 'write' : args.includes('--without-page') ? 'leave' : 'compare',
);
