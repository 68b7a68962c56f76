import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseCommandLine, USAGE } from './command-line';
import { EXIT, runFiles } from './run-command';
import { UsageError } from './usage-error';
import { NotProvidedError } from '../local/services';

export interface MainOptions {
  /** @default - the current one */
  readonly directory?: string;
  readonly out?: (text: string) => void;
  readonly error?: (text: string) => void;
  /** Resolves when the command is to end. @default - SIGINT or SIGTERM */
  readonly interrupted?: Promise<void>;
}

/** The command line as a function: arguments in, exit code out. */
export async function main(args: readonly string[], options: MainOptions = {}): Promise<number> {
  const {
    directory = process.cwd(),
    out = (text: string) => void process.stdout.write(text),
    error = (text: string) => void process.stderr.write(text),
    interrupted = signalled(),
  } = options;
  // The SDK's advice on Node versions would stand between the lines.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    const command = parseCommandLine(args);
    switch (command.kind) {
      case 'help':
        out(USAGE);
        return EXIT.succeeded;
      case 'version':
        out(`${version()}\n`);
        return EXIT.succeeded;
      default:
        return await runFiles(command, { directory, out, interrupted });
    }
  } catch (problem) {
    const expected = problem instanceof UsageError || problem instanceof NotProvidedError;
    error(`serverless-csv-etl: ${expected ? problem.message : ((problem as Error).stack ?? problem)}\n`);
    return EXIT.usage;
  }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/** The bundle and the sources lie at different depths below the package's folder. */
function version(): string {
  for (let directory = __dirname; ; directory = path.dirname(directory)) {
    const file = path.join(directory, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }
}
