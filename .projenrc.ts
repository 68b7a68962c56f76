import { awscdk, javascript, typescript } from 'projen';
import { addBuildWorkflow } from './projenrc/build-workflow';

const nodeVersion = '20.0.0';

/** The functions that deploy, bundled apart so that each carries only its own clients. */
const handlers = ['trigger', 'state-machine', 'quality-check', 'api'];

/** AssemblyScript: the same syntax, another language. It is tested through the module that is built of it. */
const kernelSources = 'src/engine/assembly/**';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'serverless-csv-etl',
  description:
    'AWS CDK constructs for a serverless CSV pipeline: a file dropped in a bucket is validated, transformed and enriched, every rejected row explained.',
  author: 'serverless-csv-etl contributors',
  authorOrganization: true,
  authorAddress: 'maintainers@serverless-csv-etl.example',
  repositoryUrl: 'https://github.com/serverless-csv-etl/serverless-csv-etl.git',
  keywords: ['aws', 'cdk', 'csv', 'etl', 'serverless', 'stepfunctions', 'data-quality', 'frictionless'],
  stability: 'experimental',
  license: 'Apache-2.0',
  copyrightOwner: 'serverless-csv-etl contributors',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: nodeVersion,

  cdkVersion: '2.260.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  // The sources are in the repository; inlined in every file they would be half of the package.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  excludeTypescript: ['src/handlers/**', 'src/local/**', 'src/cli.ts', 'src/cli/**', kernelSources],
  publishToPypi: { distName: 'serverless-csv-etl', module: 'serverless_csv_etl' },
  publishToMaven: {
    javaPackage: 'io.github.serverlesscsvetl',
    mavenGroupId: 'io.github.serverlesscsvetl',
    mavenArtifactId: 'serverless-csv-etl',
  },
  publishToGo: {
    moduleName: 'github.com/serverless-csv-etl/serverless-csv-etl-go',
    packageName: 'serverlesscsvetl',
  },
  publishToNuget: { dotNetNamespace: 'ServerlessCsvEtl', packageId: 'ServerlessCsvEtl' },

  bin: { 'serverless-csv-etl': 'assets/cli/index.js' },
  devDeps: [
    '@aws-sdk/client-cloudwatch',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-sqs',
    '@aws-sdk/lib-dynamodb',
    '@aws-sdk/lib-storage',
    '@smithy/signature-v4',
    '@aws-crypto/sha256-js',
    '@aws-crypto/crc32c',
    '@arethetypeswrong/cli',
    'ajv',
    'asl-validator',
    'assemblyscript@^0.28.0',
    // The tag `latest` is of old, and knows no aws-cdk-lib.
    'awslint@2.262.2-alpha.0',
    'cdk-nag@^3.0.0',
    'csv-parse',
    'csv-spectrum',
    'csv-stringify',
    'dynalite',
    'esbuild',
    'fast-check',
    'fast-xml-parser',
    'hyparquet',
    'jsep@^1.4.0',
    'jsii-pacmak@^1.140.0',
    'jsonpath-plus',
    'prettier',
    'projen@^0.103.25',
    'publint',
    're2js@^2.0.0',
    'tsx',
    'vega-datasets',
    '@types/aws-lambda',
    'aws-cdk@2.1148.1',
  ],

  sampleCode: false,
  // One workflow, which runs what a contributor can run as well: .ci/run. A release is done by hand: docs/releasing.md.
  githubOptions: { mergify: false, pullRequestLint: false },
  buildWorkflow: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,

  projenrcTs: true,
  projenrcTsOptions: { runner: typescript.TypeScriptRunner.tsx() },
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['.projenrc.ts'],
    exclude: ['node_modules', 'lib', 'dist', 'cdk.out', kernelSources],
    compilerOptions: {
      // Examples read as a user would write them: they import the package by its name.
      paths: { 'serverless-csv-etl': ['./src/index.ts'], 'serverless-csv-etl/*': ['./src/*/index.ts'] },
      types: ['node', 'jest'],
      skipLibCheck: true,
    },
  },

  eslint: true,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'bench', 'docs', 'examples/typescript', '.projenrc.ts'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    prettier: true,
    commandOptions: { extraArgs: ['--max-warnings=0'] },
  },
  prettier: true,
  prettierOptions: {
    settings: { singleQuote: true, printWidth: 110, trailingComma: javascript.TrailingComma.ALL },
  },

  typecheckTests: true,
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      // Counters in the code that is measured, and nothing else: V8's own coverage slows all code down, that of packages
      // included, and what it keeps makes each test file slower than the one before.
      coverageProvider: 'babel',
      // A net, not a wait: the first end-to-end test synthesises its app, which takes a minute on a busy machine.
      testTimeout: 180_000,
      maxWorkers: 2,
      // A stack of its own for every right takes minutes: test:least-privilege.
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/least-privilege/'],
      // A package that has a name which another one here has, too.
      modulePathIgnorePatterns: ['<rootDir>/examples/javascript/'],
      coveragePathIgnorePatterns: ['/node_modules/'],
      moduleNameMapper: {
        '^serverless-csv-etl$': '<rootDir>/src/index.ts',
        '^serverless-csv-etl/engine$': '<rootDir>/src/engine/index.ts',
      },
      // Declarations of untyped packages hold no code.
      collectCoverageFrom: ['src/**/*.ts', '!src/**/*.d.ts', `!${kernelSources}`],
    },
  },
  npmIgnoreOptions: {
    ignorePatterns: [
      'lib/tsconfig.tsbuildinfo',
      '/.ci/',
      '/CONTRIBUTING.md',
      '/bench/',
      '/docs/*.ts',
      '/examples/',
      '/cdk.out/',
      '/cfn-outputs/',
      '/etl-local/',
      '/.bench/',
      '/.bundles/',
      '/.npmrc',
      '/.jsii.tabl.json',
      '/rosetta/',
    ],
  },
  gitignore: [
    // What the examples build.
    '/examples/go/build/',
    '/examples/java/**/target/',
    '.venv/',
    'cdk.out/',
    'cfn-outputs/',
    'etl-local/',
    '.bench/',
    '.bundles/',
    '.jsii.tabl.json',
    'THIRD-PARTY-LICENSES',
  ],
});

// The lock file names no registry's host, so that it installs from any mirror.
new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');

// Everything that runs by itself is bundled: one call for all functions, which is ten times faster than one each.
const esbuild = [
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
project.eslint!.addIgnorePattern(kernelSources);
// Byte tables, bit pages and hashes are what the engine is made of.
project.eslint!.addOverride({
  files: ['src/engine/**', 'src/spec/**', 'src/local/**', 'test/engine/**', 'bench/**'],
  rules: { 'no-bitwise': 'off' },
});

// What the package promises is covered whole; of the local run, what a test can reach without harm.
project.jest!.config.coverageThreshold = {
  global: { statements: 100, branches: 100, functions: 100, lines: 100 },
  './src/local/': { lines: 95 },
  './src/cli/': { lines: 95 },
  './src/cli.ts': { lines: 95 },
};

// Functions, the local run and the command line are bundled, so what they import is no dependency of the package.
const bundledSources = ['src/handlers/**', 'src/local/**', 'src/cli/**', 'src/cli.ts', 'src/spec/pattern.ts'];
for (const bundled of [...bundledSources, 'docs/**']) {
  project.eslint!.allowDevDeps(bundled);
}

// The bench has a package of its own for its peers, beside what the project has for its tests.
project.eslint!.addOverride({
  files: ['bench/**'],
  rules: {
    'import/no-extraneous-dependencies': ['error', { devDependencies: true, packageDir: ['.', 'bench'] }],
    // The peers are installed by the first measurement, not with the project.
    'import/no-unresolved': [
      'error',
      { ignore: ['^(@duckdb/node-api|fast-csv|nodejs-polars|papaparse|udsv)$'] },
    ],
  },
});

// Lambda hands credentials over in the environment, which the SDK tries first: the ways of a person's machine
// (profiles, single sign-on, ...) are a fifth of a bundle and would never run.
const foreignCredentials = ['ini', 'process', 'sso', 'web-identity', 'login'].map(
  (way) => `--external:@aws-sdk/credential-provider-${way}`,
);

const bundleHandlers = [
  ...esbuild,
  ...foreignCredentials,
  '--outdir=assets/handlers',
  '--metafile=.bundles/handlers.json',
  '--entry-names=[name]/index',
  ...handlers.map((handler) => `src/handlers/${handler}.lambda.ts`),
].join(' ');
const bundle = project.bundler.bundleTask;
bundle.reset();
bundle.exec(bundleHandlers);

// The command line with the local run inside. dynalite keeps its tables in memory here, without its native store.
const bundleCli = project.addTask('bundle:cli', {
  description: 'Bundles the command line and the local run',
});
bundleCli.exec(
  [
    ...esbuild,
    '--alias:level=memory-level',
    '--metafile=.bundles/cli.json',
    '--outfile=assets/cli/index.js',
    'src/cli.ts',
  ].join(' '),
);
project.preCompileTask.spawn(bundleCli);

// The one library behind the package's own modules stands inside the only one that uses it, so that installing the package
// installs nothing else. As a bundled dependency it would be packed three times over, in all its module formats.
project.compileTask.exec(
  [
    ...esbuild,
    '--metafile=.bundles/pattern.json',
    '--outfile=lib/spec/pattern.js',
    'src/spec/pattern.ts',
  ].join(' '),
);
project.compileTask.exec('tsx --tsconfig tsconfig.dev.json projenrc/third-party.ts');

const kernel = project.addTask('kernel', {
  description: "Compiles the CSV engine's kernel from AssemblyScript to a module that holds its bytes",
});
kernel.exec('tsx --tsconfig tsconfig.dev.json projenrc/build-kernel.ts');
project.preCompileTask.prependSpawn(kernel);

/** Runs a TypeScript source as it is, with the package known by its own name. */
const run = 'tsx --tsconfig tsconfig.dev.json';

// What a newcomer runs first is a plain script: projen's own start would be a third of its time.
// `synth` writes the example's templates to cdk.out without the CDK CLI; `demo` runs real files through them.
project.package.setScript(
  'synth',
  `${bundleHandlers} && CDK_OUTDIR=cdk.out ${run} examples/typescript/app.ts`,
);
project.package.setScript('demo', `${bundleHandlers} && ${run} examples/typescript/demo.ts`);

const e2e = project.addTask('test:e2e', {
  description: 'End-to-end tests, against the local run or against the stack that ETL_OUTPUTS names',
});
e2e.spawn(bundle);
e2e.exec('jest --coverage=false --testTimeout=60000 test/e2e test/examples', { receiveArgs: true });

const leastPrivilege = project.addTask('test:least-privilege', {
  description: 'Takes away every right of a pipeline, one by one, and sees the call fail that needs it',
});
leastPrivilege.spawn(bundle);
leastPrivilege.exec(
  'jest --coverage=false --testPathIgnorePatterns=/node_modules/ --testTimeout=120000 test/least-privilege/',
  { receiveArgs: true },
);

const agreement = project.addTask('test:agreement', {
  description:
    'Compares the kernel with the TypeScript engine on many more made-up files than `npm test` does',
});
agreement.exec('jest --coverage=false --testTimeout=600000 test/engine/kernel/agreement.test.ts', {
  receiveArgs: true,
});
agreement.env('AGREEMENT_RUNS', '1500');

const repeat = project.addTask('test:repeat', {
  description: 'Runs the end-to-end tests N times and stops at the first failure',
});
repeat.spawn(bundle);
repeat.exec(`${run} test/e2e/repeat.ts`, { receiveArgs: true });

const emulator = project.addTask('test:emulator', {
  description:
    'Deploys the app under test to MiniStack, runs the end-to-end tests there, updates and deletes it',
});
emulator.spawn(bundle);
emulator.exec(`${run} test/emulator/run.ts`, { receiveArgs: true });

const bindings = project.addTask('test:bindings', {
  description:
    'Installs the compiled package in every language as its users do, and holds the apps built with it to be one (npm python java go dotnet, --keep)',
});
bindings.exec(`${run} test/bindings/run.ts`, { receiveArgs: true });

const releaseCheck = project.addTask('release:check', {
  description: 'Makes every artefact as it would be published, into dist/, and checks it',
});
releaseCheck.exec('bash .ci/release/run');

const bench = project.addTask('bench', {
  description:
    'Measures the CSV engine beside its peers (--size 300MB, --runs 5, --only WORD, --suite table|small|special|all, --json)',
});
bench.exec(`${run} bench/run.ts`, { receiveArgs: true });

const fuzz = project.addTask('fuzz', {
  description: 'Compares the kernel with the TypeScript engine on files that are made up (--minutes 10)',
});
fuzz.exec(`${run} test/engine/kernel/fuzz.ts`, { receiveArgs: true });

const docs = project.addTask('docs', { description: "Writes the tables of docs/ from the code's own" });
docs.exec(`${run} docs/pages.ts`);

const compatibility = project.tasks.tryFind('compat')!;
compatibility.description = 'Compares the public API with the one that was released last';
compatibility.reset('tsx --tsconfig tsconfig.dev.json projenrc/compatibility.ts');
const renewApi = project.addTask('compat:renew', {
  description: 'Takes the compiled public API for the released one; part of a release',
});
renewApi.exec('tsx --tsconfig tsconfig.dev.json projenrc/released-api.ts');
const api = project.addTask('api', {
  description:
    'Holds the compiled API to the rules of the CDK and to its last release, and compiles its examples',
});
api.exec('tsx --tsconfig tsconfig.dev.json projenrc/api-rules.ts');
api.spawn(compatibility);
// The translations lie beside the assembly, where the packages for other languages are made from them.
api.exec('jsii-rosetta extract --strict .');
project.package.addField('awslint', {
  exclude: [
    // Rules of aws-cdk-lib itself, and of its own classes: what is passed in here is granted rights and asked for metrics.
    'prefer-ref-interface:*',
    'no-grants:*',
    '*:aws-cdk-lib.*',
  ],
});

project.package.addField('overrides', {
  // 1.13 leaves optional packages out of the lock file, and `npm ci` then refuses the lock.
  'unrs-resolver': '1.12.2',
  // The Go module requires what is installed here: what aws-cdk-lib's own Go module requires, and nothing newer.
  '@aws-cdk/asset-node-proxy-agent-v6': '2.1.2',
  '@aws-cdk/cloud-assembly-schema': '54.1.0',
});

project.package.addField('type', 'commonjs');
// Only these paths are the package's; `./engine` is the CSV engine for use alone, `./.jsii` what jsii's compiler reads.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './engine': { types: './lib/engine/index.d.ts', default: './lib/engine/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

// Every run of tests has a report of its own, which .ci/summary.js adds up.
leastPrivilege.env('JEST_JUNIT_OUTPUT_NAME', 'least-privilege.xml');
agreement.env('JEST_JUNIT_OUTPUT_NAME', 'agreement.xml');

// The SDK's notice about Node 20 says nothing about the tests.
for (const task of [project.testTask, e2e, leastPrivilege, agreement, repeat, emulator]) {
  task.env('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
}

// jsii never cleans its output: without this, deleted sources would be published.
project.preCompileTask.prependExec('rm -rf lib .jsii .bundles assets');
// Tests and synthesis read the functions' bundles.
project.testTask.prependSpawn(project.bundler.bundleTask);
// The linter asks for types again, and for the layout of every file: CI runs it beside other stages, `npm test` not at all.
project.testTask.removeStep(project.testTask.steps.findIndex(({ spawn }) => spawn === 'eslint'));
// All languages are packaged by the release; a build makes the npm tarball only.
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

addBuildWorkflow(project.github!);

project.synth();
