import * as path from 'node:path';
import type { RunJournal } from '../local/journal';

/** States that people know by name; the others only keep the books. */
const SHOWN_STATES = ['Validate', 'Transform', 'Enrich', 'Finish'];

/**
 * Shows each step of each job as it ends, one line a step, until the returned function is called. `now` gives
 * milliseconds.
 */
export function showProgress(
  journal: RunJournal,
  print: (line: string) => void,
  now: () => number = () => performance.now(),
): () => void {
  const names = new Map<string, string>();
  const entered = new Map<string, number>();
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
      case 'dead-letter':
        print(`dead letter from ${entry.from} in ${entry.queueArn}`);
        break;
    }
  });
}
