import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { PYTHON_RUNTIME } from './python-runtime-client';
import { runtimeMissing, type Runtime, type RuntimeContext } from './runtime';

const PROGRAM = 'python-runtime.py';
/** AWS's own client of the Runtime API (https://pypi.org/project/awslambdaric/). */
const CLIENT = 'awslambdaric';
const EXECUTABLE = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];

/**
 * Python functions run on the first Python that has AWS's runtime interface client: that of the active virtual
 * environment, of the app's own, or of the machine. Packages that AWS's runtime ships, boto3 above all, have to be there
 * as well.
 */
export const PYTHON: Runtime = {
  pattern: /^python3\.\d+$/,
  programs: { [PROGRAM]: PYTHON_RUNTIME },
  find: (context) => {
    const candidates = candidatesOf(context);
    const found = candidates.find(hasClient);
    if (found === undefined) {
      throw runtimeMissing(
        context,
        `no Python with the module ${CLIENT}, AWS's runtime interface client (looked for ${candidates.join(', ')})`,
        `Get it with: python3 -m venv .venv && .venv/bin/pip install ${CLIENT} boto3`,
      );
    }
    const program = path.join(context.programs, PROGRAM);
    return () => ({ command: found, arguments: [program], marksOutput: false });
  },
};

function candidatesOf({ settings, appDirectory }: RuntimeContext): string[] {
  const active = process.env.VIRTUAL_ENV;
  const environments = [
    ...(active ? [active] : []),
    ...['.venv', 'venv'].map((name) => path.join(appDirectory, name)),
  ];
  return [
    ...environments.map((environment) => path.join(environment, ...EXECUTABLE)),
    settings.runtime,
    'python3',
    'python',
  ];
}

function hasClient(python: string): boolean {
  return spawnSync(python, ['-c', `import ${CLIENT}`], { stdio: 'ignore', env: process.env }).status === 0;
}
