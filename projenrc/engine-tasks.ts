import type { awscdk } from 'projen';
import { addTask, RUN } from './tasks';

/** What is done with the engine beside its tests. */
export function addEngineTasks(project: awscdk.AwsCdkConstructLibrary): void {
  addTask(
    project,
    'bench',
    'Measures the CSV engine beside its peers (--size 300MB, --runs 5, --only WORD, --suite table|small|special|all, --json)',
    `${RUN} bench/run.ts`,
  );
  addTask(
    project,
    'fuzz',
    'Compares the kernel with the TypeScript engine on files that are made up (--minutes 10 or --files 100000, --seed 42, --workers 2)',
    `${RUN} test/engine/kernel/fuzz.ts`,
  );
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
}
