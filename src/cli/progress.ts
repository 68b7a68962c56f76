import * as path from 'node:path';
import type { RunJournal } from '../local/journal';
import { ERROR_CODES } from '../shared/error-codes';

/** States that people know by name; the others only keep the books. */
const SHOWN_STATES = ['Validate', 'Transform', 'Enrich', 'Finish'];

/** Last lines of a function's output that are shown when it fails. */
const SHOWN_LINES = 20;

/**
 * Shows each step of each job as it ends, one line a step, until the returned function is called. What a function
 * printed is shown when it fails by an error that is none of the pipeline's own. `now` gives milliseconds.
 */
export function showProgress(
  journal: RunJournal,
  print: (line: string) => void,
  now: () => number = () => performance.now(),
): () => void {
  const names = new Map<string, string>();
  const entered = new Map<string, number>();
  const output = new Map<string, string[]>();
  return journal.on((entry) => {
    switch (entry.kind) {
      case 'execution-started': {
        const { job } = JSON.parse(entry.input) as { job?: { key: string } };
        names.set(entry.executionArn, path.basename(job?.key ?? entry.executionArn));
        break;
      }
      case 'state-entered':
        entered.set(`${entry.executionArn} ${entry.state}`, now());
        break;
      case 'state-exited': {
        if (!SHOWN_STATES.includes(entry.state)) break;
        const ms = Math.round(now() - entered.get(`${entry.executionArn} ${entry.state}`)!);
        print(`${names.get(entry.executionArn)}  ${entry.state.padEnd(9)} ${String(ms).padStart(6)} ms`);
        break;
      }
      case 'execution-ended':
        print(`${names.get(entry.executionArn)}  ${entry.status}${entry.error ? ` (${entry.error})` : ''}`);
        break;
      case 'invocation-started':
        output.set(entry.functionName, []);
        break;
      case 'log':
        output.get(entry.functionName)?.push(entry.line);
        break;
      case 'invocation-ended':
        if (entry.error === undefined || entry.error in ERROR_CODES) break;
        print(`${entry.functionName} failed with ${entry.error}; it printed:`);
        output
          .get(entry.functionName)
          ?.slice(-SHOWN_LINES)
          .forEach((line) => print(`  | ${line}`));
        break;
      case 'dead-letter':
        print(`dead letter from ${entry.from} in ${entry.queueArn}`);
        break;
    }
  });
}
