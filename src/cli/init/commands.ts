import type { AppSubject } from './template';

/** Runs the CSV through the app, as a shell takes it. */
export function runCommand({ csv }: AppSubject): string {
  return `npx serverless-csv-etl run ${/^[\w./-]+$/.test(csv) ? csv : `'${csv.replace(/'/g, "'\\''")}'`}`;
}

/** Deploys the app. The CLI's major version is said, since 3 cannot read the assemblies of aws-cdk-lib 2. */
export const deployCommands = ['npx aws-cdk@2 bootstrap', 'npx aws-cdk@2 deploy'] as const;
