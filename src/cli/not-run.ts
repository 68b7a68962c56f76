import type { LocalRun } from '../local/local-run';

/** More resources than this are told by their number; each of them stands in `jobs.json`. */
const LISTED = 10;

/** What of the app the pipeline does not reach, so that nobody takes it for tested. */
export function describeNotRun(notRun: LocalRun['notRun']): string[] {
  if (notRun.length === 0) return [];
  if (notRun.length > LISTED) {
    const stacks = new Set(notRun.map(({ path }) => path.split('/')[0]));
    return [
      `not run, as the pipeline does not reach it: ${notRun.length} resources of ${[...stacks].join(', ')} (notRun in jobs.json lists them)`,
    ];
  }
  return [
    'not run, as the pipeline does not reach it:',
    ...notRun.map(({ path, type }) => `  ${path} (${type})`),
  ];
}
