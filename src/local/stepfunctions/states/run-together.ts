import { setMaxListeners } from 'node:events';
import type { Json } from '../../json/json-value';
import { StateError } from '../state-error';
import { StoppedError, type Progress, type Visit, type WorkflowScope } from './visit';

/** Workflows that run beside each other: the branches of Parallel, the iterations of Map. */
export interface Companions {
  readonly count: number;
  readonly concurrency: number;
  /** So many may fail before the rest is stopped. */
  readonly toleratedFailures: number;
  run(index: number, scope: WorkflowScope): Promise<Json>;
}

/**
 * Runs all, and stops those under way once more have failed than are tolerated. One that has ended before a redrive
 * is not run again. `results` keeps the order and leaves out what failed.
 */
export async function runTogether(
  visit: Visit,
  { count, concurrency, toleratedFailures, run }: Companions,
): Promise<{ results: Json[]; failures: number; firstError?: StateError }> {
  const controller = new AbortController();
  // All forty iterations of a Map may wait on it.
  setMaxListeners(0, controller.signal);
  const stop = () => controller.abort();
  visit.signal.addEventListener('abort', stop);
  if (visit.signal.aborted) stop();

  const errors: StateError[] = [];
  const children = Array.from({ length: count }, (_, i): Progress => visit.children[i] ?? {});
  visit.children.splice(0, visit.children.length, ...children);
  let next = 0;
  const worker = async () => {
    while (next < count && !controller.signal.aborted) {
      const index = next++;
      const progress = children[index];
      if (progress.output) continue;
      try {
        await run(index, { ...visit, signal: controller.signal, trail: visit.trail.fork(), progress });
      } catch (problem) {
        if (problem instanceof StateError) errors.push(problem);
        else if (!(problem instanceof StoppedError)) throw problem;
        if (errors.length > toleratedFailures) controller.abort();
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker));
  } finally {
    visit.signal.removeEventListener('abort', stop);
  }
  if (visit.signal.aborted) throw new StoppedError();
  const results = children.flatMap((child) => (child.output ? [child.output.value] : []));
  return { results, failures: errors.length, firstError: errors[0] };
}
