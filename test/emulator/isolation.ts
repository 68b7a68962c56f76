import { spawn, spawnSync } from 'node:child_process';
import * as path from 'node:path';

/** Set in the process that runs inside the network namespace. */
const INSIDE = 'ETL_EMULATOR_INSIDE';

/**
 * Runs this program again in a network namespace of its own that has a loopback interface and nothing else, so that
 * nothing can leave the machine, and ends with it. Comes back where the program runs inside already, and where the
 * machine has no such namespaces; `true` says that egress is cut off.
 */
export async function cutOffEgress(python: string): Promise<boolean> {
  if (process.env[INSIDE]) return true;
  const enter = ['-rn', python, path.join(__dirname, 'loopback.py')];
  if (spawnSync('unshare', [...enter, 'true']).status !== 0) return false;
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn('unshare', [...enter, ...again], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE]: 'true' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const status = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  process.exit(status ?? 1);
}
