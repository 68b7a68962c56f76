import { awscdk, javascript, typescript } from 'projen';

const nodeVersion = '20.0.0';

/** The seven functions that deploy, bundled one by one so that each carries only its own clients. */
const handlers = ['trigger', 'validate', 'transform', 'enrich', 'finish', 'quality-check', 'api'];

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
  constructsVersion: '10.5.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  excludeTypescript: ['src/handlers/**', 'src/local/**', 'src/cli.ts', 'src/cli/**'],
  publishToPypi: { distName: 'serverless-csv-etl', module: 'serverless_csv_etl' },
  publishToMaven: {
    javaPackage: 'io.github.serverlesscsvetl',
    mavenGroupId: 'io.github.serverlesscsvetl',
    mavenArtifactId: 'serverless-csv-etl',
  },
  publishToGo: { moduleName: 'github.com/serverless-csv-etl/serverless-csv-etl-go', packageName: 'serverlesscsvetl' },
  publishToNuget: { dotNetNamespace: 'ServerlessCsvEtl', packageId: 'ServerlessCsvEtl' },

  bundledDeps: ['jsep@^1.4.0', 're2js@^2.0.0'],
  devDeps: [
    '@aws-sdk/client-cloudwatch',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-sqs',
    '@aws-sdk/lib-dynamodb',
    '@aws-sdk/lib-storage',
    '@smithy/signature-v4',
    '@aws-crypto/sha256-js',
    '@aws-crypto/crc32c',
    'ajv',
    'asl-validator',
    'csv-parse',
    'csv-spectrum',
    'csv-stringify',
    'dynalite',
    'esbuild',
    'fast-check',
    'fast-xml-parser',
    'jsii-pacmak@^1.140.0',
    'jsonpath-plus',
    'prettier',
    'projen@^0.103.25',
    'tsx',
    'vega-datasets',
    '@types/aws-lambda',
    'aws-cdk@2.1148.1',
  ],

  sampleCode: false,
  // Workflows, release and dependency upgrades are generated together with the release tooling.
  github: false,
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
    include: ['examples/typescript/**/*.ts', 'bench/**/*.ts', 'demo/**/*.ts'],
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
    devdirs: ['test', 'bench', 'examples/typescript'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    prettier: true,
    commandOptions: { extraArgs: ['--max-warnings=0'] },
  },
  prettier: true,
  prettierOptions: {
    settings: { singleQuote: true, printWidth: 110, trailingComma: javascript.TrailingComma.ALL },
  },

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      testTimeout: 60_000,
      maxWorkers: 2,
      moduleNameMapper: {
        '^serverless-csv-etl$': '<rootDir>/src/index.ts',
        '^serverless-csv-etl/engine$': '<rootDir>/src/engine/index.ts',
      },
      collectCoverageFrom: ['src/**/*.ts'],
    },
  },
  npmIgnoreOptions: { ignorePatterns: ['lib/tsconfig.tsbuildinfo'] },
  gitignore: ['cdk.out/', 'cfn-outputs/', 'etl-local/', '.bench/'],
});

// The lock file names no registry's host, so that it installs from any mirror.
new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');

/** What esbuild needs to know for everything that runs by itself: functions and the command line. */
const bundleOptions = {
  platform: 'node',
  target: 'node20',
  sourcemap: false,
  minify: true,
  // Prefers the packages' ES modules, which shake to two thirds of the size and load time.
  esbuildArgs: { '--main-fields': 'module,main', '--legal-comments': 'none' },
};
for (const handler of handlers) {
  project.bundler.addBundle(`src/handlers/${handler}.lambda.ts`, bundleOptions);
}

// unrs-resolver 1.13 leaves optional packages out of the lock file, and `npm ci` then refuses the lock.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });

// jsii never cleans its output: without this, deleted sources would be published.
project.preCompileTask.prependExec('rm -rf lib .jsii');
// Tests and synthesis read the functions' bundles.
project.testTask.prependSpawn(project.bundler.bundleTask);
// All languages are packaged by the release; a build makes the npm tarball only.
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

project.synth();
