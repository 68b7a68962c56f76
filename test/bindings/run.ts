import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { compareOutcomes } from './compare';
import { DOTNET } from './languages/dotnet';
import { GO } from './languages/go';
import { JAVA } from './languages/java';
import type { Language, Outcome, Packages } from './languages/language';
import { installFromTarball, NPM } from './languages/npm';
import { PYTHON } from './languages/python';
import { Workshop } from './workshop';

const ROOT = path.join(__dirname, '..', '..');
const LANGUAGES: readonly Language[] = [NPM, PYTHON, JAVA, GO, DOTNET];

/**
 * Installs the package in every language as its users do, in fresh folders, and holds the apps that are built with it
 * to be one: the same templates, the same errors, the same results of the examples.
 */
async function main(only: readonly string[], keep: boolean): Promise<void> {
  const languages = LANGUAGES.filter(({ name }) => only.length === 0 || only.includes(name));
  checkMachine(languages);
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'etl-bindings-'));
  const workshops = new Map(LANGUAGES.map(({ name }) => [name, new Workshop(path.join(home, name))]));
  try {
    const cdk = await makePackages(home);
    const npm = workshops.get(NPM.name)!;
    const packages: Packages = { ...cdk, commandLine: installFromTarball(npm, cdk) };
    packages.commandLine.catch(() => {});

    const run = async ({ name, run: work }: Language): Promise<[string, Outcome[]]> => {
      const outcomes = await work(workshops.get(name)!, packages).catch((error: Error) => {
        throw new Error(`${name}: ${error.message}`);
      });
      return [name, outcomes];
    };
    // Go compiles longest; the others come one after the other beside it.
    const others = languages.filter((language) => language !== GO);
    const results = await settle([
      ...languages.filter((language) => language === GO).map(run),
      packages.commandLine.then(async () => {
        const done: [string, Outcome[]][] = [];
        for (const language of others) done.push(await run(language));
        return done;
      }),
    ]);
    console.log(compareOutcomes(new Map(results)));
  } finally {
    report(workshops);
    if (keep) console.log(`kept: ${home}`);
    else fs.rmSync(home, { recursive: true, force: true });
  }
}

type Result = [string, Outcome[]];

/** Waits for all, so that no process is left behind, and then fails with the first that failed. */
async function settle(work: readonly Promise<Result | Result[]>[]): Promise<Result[]> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.flatMap((each) => {
    const { value } = each as PromiseFulfilledResult<Result | Result[]>;
    return typeof value[0] === 'string' ? [value as Result] : (value as Result[]);
  });
}

function checkMachine(languages: readonly Language[]): void {
  const missing = languages.flatMap(({ name, needs }) =>
    Object.entries(needs)
      .filter(([program]) => spawnSync(program, [program === 'go' ? 'version' : '--version']).error)
      .map(([program, remedy]) => `${name} needs ${program}, which is not on this machine: ${remedy}`),
  );
  if (missing.length > 0) throw new Error(missing.join('\n'));
}

/** Packs what is compiled, and generates the sources of the other languages. */
async function makePackages(home: string): Promise<Omit<Packages, 'commandLine'>> {
  const workshop = new Workshop(path.join(home, 'packages'));
  if (!fs.existsSync(path.join(ROOT, '.jsii'))) {
    throw new Error('the package is not compiled: npx projen pre-compile && npx projen compile');
  }
  const pacmak = ['--no-install', 'jsii-pacmak'];
  const code = workshop.at('code');
  const targets = ['python', 'java', 'go', 'dotnet'];
  const options = { cwd: ROOT };
  await workshop.run(
    'tarball',
    'npx',
    [...pacmak, '--outdir', workshop.at('npm'), '--target', 'js'],
    options,
  );
  await workshop.run(
    'code',
    'npx',
    [...pacmak, '--code-only', '--outdir', code, '--targets', ...targets],
    options,
  );
  const [tarball] = fs.readdirSync(workshop.at('npm', 'js'));
  const { devDependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const { 'aws-cdk-lib': library, constructs } = devDependencies;
  print('packages', workshop);
  return { tarball: workshop.at('npm', 'js', tarball!), code, cdk: { 'aws-cdk-lib': library, constructs } };
}

function report(workshops: ReadonlyMap<string, Workshop>): void {
  workshops.forEach((workshop, name) => print(name, workshop));
}

function print(name: string, { times }: Workshop): void {
  if (times.length > 0) {
    console.log(`${name}: ${times.map(([what, seconds]) => `${what} ${seconds.toFixed(1)} s`).join(', ')}`);
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false } },
});
main(positionals, values.keep).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
