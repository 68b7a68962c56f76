import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { runExample } from '../example';
import type { Workshop } from '../workshop';
import type { Language, Outcome, Packages } from './language';

const COMPILER = ['typescript@~6.0.3', '@types/node@20'];
const STRICT = {
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'node16',
    moduleResolution: 'node16',
    types: ['node'],
    // The package's own declarations are what is checked; those of aws-cdk-lib take ten seconds.
    skipLibCheck: true,
    outDir: 'out',
  },
  include: ['*.ts'],
};

/** Where the tarball is installed first; the other languages take the command line from there. */
const INSTALLED = 'typescript';

/** Installs what every other language needs of npm: the command line. */
export async function installFromTarball(
  workshop: Workshop,
  packages: Omit<Packages, 'commandLine'>,
): Promise<string> {
  const directory = workshop.copy('test/bindings/fivefold/typescript', INSTALLED);
  workshop.copy('test/bindings/fivefold/files', `${INSTALLED}/files`);
  writeFileSync(path.join(directory, 'tsconfig.json'), JSON.stringify(STRICT));
  writeFileSync(path.join(directory, 'package.json'), '{}');
  const { cdk, tarball } = packages;
  const versions = Object.entries(cdk).map(([name, version]) => `${name}@${version}`);
  await install(workshop, directory, [tarball, ...versions, ...COMPILER]);
  return path.join(directory, 'node_modules', 'serverless-csv-etl', 'assets', 'cli', 'index.js');
}

export const NPM: Language = {
  name: 'npm',
  needs: { npm: 'comes with Node.js' },
  run: async (workshop, packages) => [
    await typescript(workshop),
    await javascript(workshop),
    ...(await Promise.all(
      ['examples/javascript', 'examples/typescript/orders'].map((name) => example(workshop, packages, name)),
    )),
  ],
};

/** Strict TypeScript, compiled to CommonJS. */
async function typescript(workshop: Workshop): Promise<Outcome> {
  const cwd = workshop.at(INSTALLED);
  await workshop.run('compile', process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd });
  await workshop.run('synth', process.execPath, ['out/app.js'], { cwd, env: { CDK_OUTDIR: 'cdk.out' } });
  const refusals = await workshop.run('mistakes', process.execPath, ['out/refused.js'], { cwd });
  return { templates: path.join(cwd, 'cdk.out'), refusals };
}

/** ES modules, as they are. */
async function javascript(workshop: Workshop): Promise<Outcome> {
  // Inside the folder that has the package, which Node finds from there.
  const cwd = workshop.copy('test/bindings/fivefold/javascript', `${INSTALLED}/javascript`);
  workshop.copy('test/bindings/fivefold/files', `${INSTALLED}/javascript/files`);
  await workshop.run('synth as ES modules', process.execPath, ['app.mjs'], {
    cwd,
    env: { CDK_OUTDIR: 'cdk.out' },
  });
  const refusals = await workshop.run('mistakes', process.execPath, ['refused.mjs'], { cwd });
  return { templates: path.join(cwd, 'cdk.out'), refusals };
}

async function example(workshop: Workshop, packages: Packages, name: string): Promise<Outcome> {
  await packages.commandLine;
  const directory = workshop.copy(name, name);
  await install(workshop, directory, [packages.tarball]);
  return { published: await runExample(workshop, packages, directory) };
}

async function install(workshop: Workshop, cwd: string, packages: readonly string[]): Promise<void> {
  await workshop.run(
    'install',
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages],
    { cwd },
  );
}
