import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a peer's package is there. */
export function isInstalled(name: string): boolean {
  return existsSync(join(__dirname, 'node_modules', name, 'package.json'));
}

/** Installs the packages of bench/package.json where one of these is missing; says so where it cannot. */
export function installPeers(names: readonly string[], say: (text: string) => void): void {
  if (names.every(isInstalled)) return;
  say('installing the peers (once)');
  try {
    // None of them needs a script to be run.
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', args, {
      cwd: __dirname,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
  } catch (error) {
    say(`the peers could not be installed, so they are left out: ${(error as Error).message}`);
  }
}
