import type { awscdk } from 'projen';
import { addTask, RUN } from './tasks';

/** `npm test` runs what is fast; what takes minutes more is a task of its own, which .ci/run runs as well. */
export function addTestTasks(project: awscdk.AwsCdkConstructLibrary): void {
  const { testTask } = project;
  // The linter asks for types, and for the layout of every file: CI runs it beside other stages.
  testTask.removeStep(testTask.steps.findIndex(({ spawn }) => spawn === 'eslint'));
  addTask(
    project,
    'typecheck',
    'Checks the types of all sources, tests and examples',
    'tsc --noEmit -p tsconfig.dev.json',
  );

  const endToEnd = addTask(
    project,
    'test:e2e',
    'End-to-end tests, against the local run or against the stack that ETL_OUTPUTS names',
    'jest --coverage=false --testTimeout=60000 test/e2e test/examples',
  );
  const leastPrivilege = addTask(
    project,
    'test:least-privilege',
    'Takes away every right of a pipeline, one by one, and sees the call fail that needs it',
    'jest --coverage=false --testPathIgnorePatterns=/node_modules/ --testTimeout=120000 test/least-privilege/',
  );
  const agreement = addTask(
    project,
    'test:agreement',
    'Compares the kernel with the TypeScript engine on many more made-up files than `npm test` does',
    'jest --coverage=false --testTimeout=600000 test/engine/kernel/agreement.test.ts',
  );
  const repeat = addTask(
    project,
    'test:repeat',
    'Runs the end-to-end tests N times and stops at the first failure',
    `${RUN} test/e2e/repeat.ts`,
  );
  const emulator = addTask(
    project,
    'test:emulator',
    'Deploys the app under test to MiniStack, runs the end-to-end tests there, updates and deletes it',
    `${RUN} test/emulator/run.ts`,
  );
  addTask(
    project,
    'test:bindings',
    'Installs the compiled package in every language as its users do, and holds the apps built with it to be one (npm python java go dotnet, --keep)',
    `${RUN} test/bindings/run.ts`,
  );

  for (const task of [endToEnd, leastPrivilege, repeat, emulator]) {
    task.prependSpawn(project.bundler.bundleTask);
  }
  agreement.env('AGREEMENT_RUNS', '1500');
  // Every run of tests has a report of its own, which .ci/summary.js adds up.
  leastPrivilege.env('JEST_JUNIT_OUTPUT_NAME', 'least-privilege.xml');
  agreement.env('JEST_JUNIT_OUTPUT_NAME', 'agreement.xml');
  // The SDK's notice about Node 20 says nothing about the tests.
  for (const task of [testTask, endToEnd, leastPrivilege, agreement, repeat, emulator]) {
    task.env('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  }
}
