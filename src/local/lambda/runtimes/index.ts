import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { JAVA } from './java';
import { NODE } from './node';
import { PROVIDED } from './provided';
import { PYTHON } from './python';
import type { Runtime, RuntimeContext, RuntimeLauncher } from './runtime';
import { NotProvidedError } from '../../services';

export type { RuntimeCommand, RuntimeLauncher } from './runtime';

/** Every runtime that the local run has. */
const RUNTIMES: readonly Runtime[] = [NODE, PROVIDED, PYTHON, JAVA];

/** Writes what runs in the processes of functions, in the place of what AWS's runtimes bring along. */
export function writeRuntimePrograms(directory: string): void {
  for (const { programs } of RUNTIMES) {
    Object.entries(programs).forEach(([name, text]) => writeFileSync(path.join(directory, name), text));
  }
}

/** @throws NotProvidedError where the local run, or the machine, does not have the function's runtime. */
export function findRuntime(context: RuntimeContext): RuntimeLauncher {
  const { runtime, path: functionPath } = context.settings;
  const found = RUNTIMES.find(({ pattern }) => pattern.test(runtime));
  if (!found) throw new NotProvidedError(`the Lambda runtime ${runtime}, needed by ${functionPath}`);
  return found.find(context);
}

/** Whether what a function needs may be missing on the machine: everything but Node may. */
export function mayBeMissing(runtime: string): boolean {
  return !NODE.pattern.test(runtime);
}
