import type { Readable } from 'node:stream';
import { parseCommandLine, USAGE } from './command-line';
import { EXIT } from './exit-codes';
import { inferFile } from './infer-command';
import { initApp } from './init-command';
import { packageManifest } from './package-manifest';
import { UsageError } from './usage-error';
import { validateFile } from './validate-command';
import { NotProvidedError } from '../local/services';
import { SpecError } from '../spec/spec-error';

export interface MainOptions {
  /** @default - the current one */
  readonly directory?: string;
  readonly out?: (text: string | Uint8Array) => void;
  readonly error?: (text: string) => void;
  /** @default - the program's own */
  readonly input?: Readable;
  /** Whether a person watches `error`. @default - true where it is the program's own and a terminal */
  readonly terminal?: boolean;
  /** Resolves when the command is to end. @default - SIGINT or SIGTERM */
  readonly interrupted?: Promise<void>;
}

/** The command line as a function: arguments in, exit code out. */
export async function main(args: readonly string[], options: MainOptions = {}): Promise<number> {
  const {
    directory = process.cwd(),
    out = (text: string | Uint8Array) => void process.stdout.write(text),
    error = (text: string) => void process.stderr.write(text),
    terminal = options.error === undefined && process.stderr.isTTY,
    interrupted = signalled(),
  } = options;
  const around = {
    directory,
    out,
    error,
    input: () => options.input ?? process.stdin,
    terminal,
    interrupted,
  };
  // The SDK's advice on Node versions would stand between the lines.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    const command = parseCommandLine(args);
    switch (command.kind) {
      case 'help':
        out(USAGE);
        return EXIT.succeeded;
      case 'version':
        out(`${packageManifest().version}\n`);
        return EXIT.succeeded;
      case 'validate':
        return await validateFile(command, around);
      case 'init':
        return await initApp(command, around);
      case 'infer':
        return await inferFile(command, around);
      default:
        return await runCommand().runFiles(command, around);
    }
  } catch (problem) {
    const expected = [UsageError, NotProvidedError, SpecError].some((kind) => problem instanceof kind);
    error(
      `serverless-csv-etl: ${expected ? (problem as Error).message : ((problem as Error).stack ?? problem)}\n`,
    );
    return EXIT.usage;
  }
}

/** With the local run and the AWS SDK behind it, which take longer to load than a small file to validate. */
function runCommand(): typeof import('./run-command') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./run-command');
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
