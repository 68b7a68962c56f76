import { spawn } from 'node:child_process';
import { createWriteStream, cpSync, mkdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { finished } from 'node:stream/promises';

const ROOT = path.join(__dirname, '..', '..');
const LOG_LINES = 40;

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A folder of one language's own, what runs in it, and how long that took. */
export class Workshop {
  /** Seconds by what was done, in order. */
  readonly times: [what: string, seconds: number][] = [];
  private commands = 0;

  constructor(readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  at(...names: string[]): string {
    return path.join(this.directory, ...names);
  }

  /** Copies a folder of the repository in. */
  copy(source: string, target: string): string {
    cpSync(path.resolve(ROOT, source), this.at(target), { recursive: true });
    return this.at(target);
  }

  /** Runs a command to its end, and gives what it wrote to standard output. @throws where it fails, with its last lines */
  async run(
    what: string,
    command: string,
    args: readonly string[],
    options: CommandOptions = {},
  ): Promise<string> {
    const log = this.at(`${++this.commands}.log`);
    const output = createWriteStream(log);
    const started = performance.now();
    const child = spawn(command, args, {
      cwd: options.cwd ?? this.directory,
      env: { ...surroundings(), ...QUIET, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    for (const stream of [child.stdout, child.stderr]) stream.pipe(output, { end: false });
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    output.end();
    await finished(output);
    this.times.push([what, (performance.now() - started) / 1000]);
    if (code !== 0) {
      const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_LINES);
      throw new Error(`${what}: ${command} ${args.join(' ')} ended with ${code}\n${lines.join('\n')}`);
    }
    return stdout;
  }
}

/** As in a shell of its own: what npm and tsx tell the scripts that they run is about this repository. */
function surroundings(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => !/^(npm_|TSX_|NODE_OPTIONS$)/.test(name)));
}

const QUIET = {
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
  // The template validator of newer CDKs writes files of its own.
  CDK_VALIDATION: 'false',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CDK_DISABLE_VERSION_CHECK: 'true',
};
