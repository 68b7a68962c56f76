import type { awscdk } from 'projen';
import { addTask, RUN } from './tasks';

/** The functions that deploy, bundled apart so that each carries only its own clients. */
const HANDLERS = ['trigger', 'state-machine', 'quality-check', 'api'];

/** Everything that runs by itself is bundled: one call for all functions, which is ten times faster than one each. */
const ESBUILD = [
  'esbuild',
  '--bundle',
  '--platform=node',
  '--target=node20',
  '--minify',
  // Prefers the packages' ES modules, which shake to two thirds of the size and load time.
  '--main-fields=module,main',
  '--legal-comments=none',
  '--log-level=warning',
];

// Lambda hands credentials over in the environment, which the SDK tries first: the ways of a person's machine
// (profiles, single sign-on, ...) are a fifth of a bundle and would never run.
const FOREIGN_CREDENTIALS = ['ini', 'process', 'sso', 'web-identity', 'login'].map(
  (way) => `--external:@aws-sdk/credential-provider-${way}`,
);

const BUNDLE_HANDLERS = [
  ...ESBUILD,
  ...FOREIGN_CREDENTIALS,
  '--outdir=assets/handlers',
  '--metafile=.bundles/handlers.json',
  '--entry-names=[name]/index',
  ...HANDLERS.map((handler) => `src/handlers/${handler}.lambda.ts`),
].join(' ');

// dynalite keeps its tables in memory here, without its native store.
const BUNDLE_CLI = [
  ...ESBUILD,
  '--alias:level=memory-level',
  '--metafile=.bundles/cli.json',
  '--outfile=assets/cli/index.js',
  'src/cli.ts',
].join(' ');

// The one library behind the package's own modules stands inside the only one that uses it, so that installing the package
// installs nothing else. As a bundled dependency it would be packed three times over, in all its module formats.
const BUNDLE_PATTERNS = [
  ...ESBUILD,
  '--metafile=.bundles/pattern.json',
  '--outfile=lib/spec/pattern.js',
  'src/spec/pattern.ts',
].join(' ');

/** What is bundled or compiled to bytes: the functions, the command line with the local run inside, the kernel. */
export function addBundles(project: awscdk.AwsCdkConstructLibrary): void {
  const { preCompileTask, compileTask, testTask, bundler } = project;
  bundler.bundleTask.reset(BUNDLE_HANDLERS);
  const cli = addTask(project, 'bundle:cli', 'Bundles the command line and the local run', BUNDLE_CLI);
  const kernel = addTask(
    project,
    'kernel',
    "Compiles the CSV engine's kernel from AssemblyScript to a module that holds its bytes",
    `${RUN} projenrc/build-kernel.ts`,
  );
  preCompileTask.prependSpawn(kernel);
  preCompileTask.spawn(cli);
  // jsii never cleans its output: without this, deleted sources would be published.
  preCompileTask.prependExec('rm -rf lib .jsii .bundles assets');
  compileTask.exec(BUNDLE_PATTERNS);
  compileTask.exec(`${RUN} projenrc/third-party.ts`);
  // Tests and synthesis read the functions' bundles.
  testTask.prependSpawn(bundler.bundleTask);
  // What a newcomer runs first is a plain script: projen's own start would be a third of its time.
  // `synth` writes the example's templates to cdk.out without the CDK CLI; `demo` runs real files through them.
  project.package.setScript(
    'synth',
    `${BUNDLE_HANDLERS} && CDK_OUTDIR=cdk.out ${RUN} examples/typescript/app.ts`,
  );
  project.package.setScript('demo', `${BUNDLE_HANDLERS} && ${RUN} examples/typescript/demo.ts`);
}
