import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import type { FunctionSettings } from './function-settings';
import { NotProvidedError } from '../services';

/** How a runtime's process is started. */
export interface RuntimeCommand {
  readonly command: string;
  readonly arguments: readonly string[];
  /** True where the process writes the mark to its output streams after each invocation. */
  readonly marksOutput: boolean;
}

export interface RuntimeContext {
  readonly settings: FunctionSettings;
  readonly codeDirectory: string;
  /** File of the program that serves Node functions. */
  readonly nodeRuntimeFile: string;
  readonly mark: string;
}

interface Runtime {
  readonly pattern: RegExp;
  readonly command: (context: RuntimeContext) => RuntimeCommand;
}

/** Part of a function's memory that Node's heap may take; the rest is for buffers, code and stacks. */
const HEAP_SHARE = 0.9;

/** Every runtime that the local run has, by the names of Lambda's runtimes. */
const RUNTIMES: readonly Runtime[] = [
  {
    // The Node that runs the local run also runs the functions, whichever version they name.
    pattern: /^nodejs\d+\.x$/,
    command: ({ settings, nodeRuntimeFile, mark }) => ({
      command: process.execPath,
      arguments: [
        `--max-old-space-size=${Math.floor(settings.memoryMb * HEAP_SHARE)}`,
        nodeRuntimeFile,
        mark,
      ],
      marksOutput: true,
    }),
  },
  {
    pattern: /^provided(\.al\d+)?$/,
    command: ({ codeDirectory }) => ({
      command: path.join(codeDirectory, 'bootstrap'),
      arguments: [],
      marksOutput: false,
    }),
  },
  {
    pattern: /^python3\.\d+$/,
    command: ({ settings }) => {
      const found = spawnSync('python3', ['-c', 'import awslambdaric'], {
        stdio: 'ignore',
        env: process.env,
      });
      if (found.status !== 0) {
        throw new NotProvidedError(
          `the runtime ${settings.runtime} without Python's runtime interface client (pip install awslambdaric), needed by ${settings.path}`,
        );
      }
      return { command: 'python3', arguments: ['-m', 'awslambdaric', settings.handler], marksOutput: false };
    },
  },
];

/** @throws NotProvidedError where the local run does not have the function's runtime. */
export function runtimeCommand(context: RuntimeContext): RuntimeCommand {
  const { runtime, path: functionPath } = context.settings;
  const found = RUNTIMES.find(({ pattern }) => pattern.test(runtime));
  if (!found) throw new NotProvidedError(`the Lambda runtime ${runtime}, needed by ${functionPath}`);
  return found.command(context);
}
