import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { UsageError } from './usage-error';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../local/services';

export interface SynthesiseOptions {
  /** Folder of the app: its cdk.json is there, and the command runs there. */
  readonly directory: string;
  /** Command that synthesises the app, or a folder that holds its assembly. @default - `app` of cdk.json */
  readonly app?: string;
  /** Folder that a command writes the assembly to. */
  readonly output: string;
}

interface CdkConfiguration {
  readonly app?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * Synthesises an app as the CDK CLI does, without it: same command, same context, so same feature flags. Stacks that
 * take account and region from the environment get those of the local run.
 *
 * @returns the folder of the cloud assembly
 * @throws UsageError where there is no app, or it fails; with what it wrote to standard error
 */
export async function synthesise({ directory, app, output }: SynthesiseOptions): Promise<string> {
  const configuration = readJson<CdkConfiguration>(path.join(directory, 'cdk.json')) ?? {};
  const command = app ?? configuration.app;
  if (!command) {
    throw new UsageError(
      `no app: give --app 'COMMAND', or run where a cdk.json with "app" is (looked in ${directory})`,
    );
  }
  const assembly = path.resolve(directory, command);
  if (existsSync(assembly) && statSync(assembly).isDirectory()) return assembly;

  const cached = readJson<Record<string, unknown>>(path.join(directory, 'cdk.context.json'));
  await runApp(command, directory, {
    CDK_OUTDIR: output,
    CDK_CONTEXT_JSON: JSON.stringify({ ...configuration.context, ...cached }),
    CDK_DEFAULT_ACCOUNT: LOCAL_ACCOUNT,
    CDK_DEFAULT_REGION: LOCAL_REGION,
  });
  if (!existsSync(path.join(output, 'manifest.json'))) {
    throw new UsageError(`the app '${command}' ended without writing a cloud assembly: does it make an App?`);
  }
  return output;
}

async function runApp(command: string, cwd: string, env: Record<string, string>): Promise<void> {
  const child = spawn(command, {
    cwd,
    shell: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const [code, signal] = await once(child, 'close');
  if (code !== 0) {
    const said = Buffer.concat(output).toString().trim();
    throw new UsageError(`the app '${command}' failed (${signal ?? `exit code ${code}`}):\n${said}`);
  }
}

function readJson<T>(file: string): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`);
  }
}
