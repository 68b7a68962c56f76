import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

/**
 * Path of a Python that has MiniStack. Its environment is made once for each state of `requirements.txt`, in the user's
 * cache folder, and stays there.
 */
export function pythonWithMiniStack(): string {
  const version = run(
    'python3',
    ['--version'],
    'Python 3 is needed to run MiniStack: install python3',
  ).trim();
  const key = createHash('sha256').update(fs.readFileSync(REQUIREMENTS)).update(version).digest('hex');
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const directory = path.join(cache, 'serverless-csv-etl', `ministack-${key.slice(0, 12)}`);
  const python = path.join(directory, 'bin', 'python');
  const complete = path.join(directory, 'complete');
  if (fs.existsSync(complete)) return python;
  console.log(`Installing MiniStack from PyPI into ${directory}`);
  fs.rmSync(directory, { recursive: true, force: true });
  run('python3', ['-m', 'venv', directory], 'Python 3 has no venv module: install python3-venv');
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
  run(python, install, 'MiniStack could not be installed from PyPI');
  fs.writeFileSync(complete, '');
  return python;
}

function run(command: string, args: readonly string[], otherwise: string): string {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  if (result.status === 0) return result.stdout;
  throw new Error(`${otherwise}\n${result.error?.message ?? result.stderr}`);
}
