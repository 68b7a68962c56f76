import type { KnownFailure } from './known-failures';
import type { TestResult } from './suite';

export interface Verdict {
  readonly passed: number;
  readonly skipped: number;
  readonly failedAsKnown: number;
  /** What must not be; empty where the pass is as expected. */
  readonly complaints: readonly string[];
}

/** Holds results against the table of known failures. */
export function judge(results: readonly TestResult[], known: readonly KnownFailure[]): Verdict {
  const isKnown = ({ test }: TestResult) => known.some((each) => each.test === test);
  const of = (status: TestResult['status']) => results.filter((result) => result.status === status);
  const names = new Set(results.map(({ test }) => test));
  return {
    passed: of('passed').length,
    skipped: of('skipped').length,
    failedAsKnown: of('failed').filter(isKnown).length,
    complaints: [
      ...of('failed')
        .filter((result) => !isKnown(result))
        .map(({ test, message }) => `failed: ${test}\n${message}`),
      ...[...of('passed'), ...of('skipped')]
        .filter(isKnown)
        .map(({ test, status }) => `${status}, though listed as a known failure: ${test}`),
      ...known
        .filter(({ test }) => !names.has(test))
        .map(({ test }) => `listed, but no test's name: ${test}`),
    ],
  };
}
