import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';

export const USAGE = `Usage: serverless-csv-etl run FILE... [options]

Runs your own synthesised stack on this machine, drops the files in the pipeline's bucket, and brings back what comes
out. No AWS account, no Docker, no network.

Options:
  --app CMD        command that synthesises the app, or its cdk.out folder   (default: "app" of cdk.json)
  --pipeline PATH  construct path of the pipeline, where the app has several
  --out DIR        folder for the results                                    (default: ./etl-local)
  --json           one JSON document on standard output, and nothing else there
  --keep           leave everything up afterwards, until Ctrl-C
  --help           this text
  --version        the version

Exit codes:
  0  every job SUCCEEDED
  1  a job ended otherwise
  2  wrong usage, an app that does not synthesise, or something that the local run does not provide

Results: <out>/processed/, <out>/failed/ and <out>/jobs.json. As on AWS, each file is stored under the name it has here.
Calls of functions and of the state machine are judged by the policies of their roles and of what they call; what is
denied is shown with the statement that is missing.
Differences from AWS: aws:SecureTransport counts as true, you may do everything, waits between retries are short, and
metrics and alarms go nowhere but to this display.
`;

export interface RunCommand {
  readonly kind: 'run';
  readonly files: readonly string[];
  readonly app: string | undefined;
  readonly pipeline: string | undefined;
  readonly out: string;
  readonly json: boolean;
  readonly keep: boolean;
}

export type Command = RunCommand | { readonly kind: 'help' | 'version' };

/** @throws UsageError */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help || args.length === 0) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const [command, ...files] = positionals;
  if (command !== 'run') {
    throw new UsageError(`unknown command '${command ?? ''}', expected 'run' (see --help)`);
  }
  if (files.length === 0) throw new UsageError('no file given: serverless-csv-etl run FILE... (see --help)');
  return {
    kind: 'run',
    files,
    app: values.app,
    pipeline: values.pipeline,
    out: values.out ?? 'etl-local',
    json: values.json ?? false,
    keep: values.keep ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        app: { type: 'string' },
        pipeline: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean' },
        keep: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} (see --help)`);
  }
}
