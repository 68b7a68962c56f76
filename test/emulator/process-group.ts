import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

/**
 * Starts a process at the head of a group of its own, and kills what is left of the group when this process ends, however
 * it ends. So nothing that the process started itself outlives it.
 */
export function spawnGroup(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  // Before any folder that it writes to is deleted.
  process.prependOnceListener('exit', () => killGroup(child));
  return child;
}

export function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
