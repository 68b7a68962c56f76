import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { runExample } from '../example';
import type { Language } from './language';

const BUILD_TOOLS = ['setuptools~=75.3.2', 'wheel', 'uv'];

/** A wheel in a virtual environment. */
export const PYTHON: Language = {
  name: 'python',
  needs: { python3: 'https://www.python.org, or python3 and python3-venv of the system' },
  run: async (workshop, packages) => {
    const example = workshop.copy('examples/python', 'example');
    // Where the example's cdk.json has it.
    const bin = path.join(example, '.venv', 'bin');
    const python = path.join(bin, 'python');
    const wheels = workshop.at('wheels');
    await workshop.run('venv', 'python3', ['-m', 'venv', path.join(example, '.venv')]);
    await workshop.run('build tools', python, ['-m', 'pip', 'install', '-q', ...BUILD_TOOLS]);
    const source = path.join(packages.code, 'python');
    const build = ['--no-deps', '--no-build-isolation', '-w', wheels];
    await workshop.run('wheel', python, ['-m', 'pip', 'wheel', '-q', ...build, source]);
    const wheel = path.join(wheels, readdirSync(wheels)[0]!);
    const { cdk } = packages;
    await workshop.run('install', path.join(bin, 'uv'), [
      ...['pip', 'install', '-q', '--python', python, wheel],
      ...Object.entries(cdk).map(([name, version]) => `${name}==${version}`),
      ...['-r', path.join(example, 'requirements-local.txt')],
    ]);

    const cwd = workshop.copy('test/bindings/fivefold/python', 'fivefold');
    workshop.copy('test/bindings/fivefold/files', 'fivefold/files');
    await workshop.run('synth', python, ['app.py'], { cwd, env: { CDK_OUTDIR: 'cdk.out' } });
    const refusals = await workshop.run('mistakes', python, ['refused.py'], { cwd });
    const published = await runExample(workshop, packages, example);
    return [{ templates: path.join(cwd, 'cdk.out'), refusals, published }];
  },
};
