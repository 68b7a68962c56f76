import { awscdk, javascript, typescript } from 'projen';
import { addBuildWorkflow } from './projenrc/build-workflow';
import { addBundles } from './projenrc/bundles';
import { addEngineTasks } from './projenrc/engine-tasks';
import { addPublicApi } from './projenrc/public-api';
import { addTestTasks } from './projenrc/test-tasks';

const nodeVersion = '20.0.0';

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

  // The types are checked by a task of their own, so that the tests begin at once.
  typecheckTests: false,
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

project.package.addField('overrides', {
  // 1.13 leaves optional packages out of the lock file, and `npm ci` then refuses the lock.
  'unrs-resolver': '1.12.2',
  // The Go module requires what is installed here: what aws-cdk-lib's own Go module requires, and nothing newer.
  '@aws-cdk/asset-node-proxy-agent-v6': '2.1.2',
  '@aws-cdk/cloud-assembly-schema': '54.1.0',
});

project.package.addField('type', 'commonjs');
// Bundles leave out what they do not use.
project.package.addField('sideEffects', false);
// Only these paths are the package's; `./engine` is the CSV engine for use alone, `./.jsii` what jsii's compiler reads.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './engine': { types: './lib/engine/index.d.ts', default: './lib/engine/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

addBundles(project);
addTestTasks(project);
addEngineTasks(project);
addPublicApi(project);
addBuildWorkflow(project.github!);

project.synth();
