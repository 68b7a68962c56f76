import { parseArgs, type ParseArgsConfig } from 'node:util';
import { DEFAULT_LANGUAGE, type Language, LANGUAGES } from './init/languages';
import { UsageError } from './usage-error';

export const USAGE = `Usage: serverless-csv-etl run FILE... [options]
       serverless-csv-etl validate FILE --schema FILE [options]
       serverless-csv-etl infer FILE [options]
       serverless-csv-etl init [FILE] [--language NAME]

run       runs your own synthesised stack on this machine, drops the files in the pipeline's bucket, and brings back what
          comes out. No AWS account, no Docker, no network.
validate  checks a CSV against a Frictionless Table Schema, with no stack at all.
infer     writes a Table Schema that fits a CSV.
init      writes an app for a CSV into this folder, with its schema: a pipeline that runs and deploys as it is. Without FILE
          it is for a small sample. Nothing that is there is overwritten.

FILE is - for standard input in validate and infer.

Options of run:
  --app CMD        command that synthesises the app, or its cdk.out folder   (default: "app" of cdk.json)
  --pipeline PATH  construct path of the pipeline, where the app has several
  --out DIR        folder for the results                                    (default: ./etl-local)
  --code PATH=DIR  code of a function on this machine, by construct path, in the place of that which would be deployed:
                   for programs built for another processor; may be given several times
  --keep           leave everything up afterwards, until Ctrl-C
  --secret NAME=FILE
                   the text of FILE, as it is, is the value of this secret of Secrets Manager, which the app imports; once
                   for each of them

Options of validate:
  --schema FILE    the Table Schema, JSON
  --rejects FILE   gets the rejected rows: cells as they were, then _row, _column, _code and _message
  --output FILE    gets the valid rows; - for standard output
  --format NAME    format of --output: csv, json-lines or parquet             (default: csv)
  --quoting WHEN   quotes of a CSV: minimal, all or none                      (default: minimal)
  --max-rejects N  keeps the first N rejected rows, and counts the others    (default: all of them)

Options of infer:
  --rows N         looks at the first N rows only                            (default: the whole file)

Options of validate and infer:
  --dialect FILE   JSON of how the CSV is written                            (default: RFC 4180 with a header)
  --delimiter CHAR what stands between two cells                             (default: ,)
  --no-header      the first record is data
  --detect         finds out what the options above do not say, and the encoding

Options of init:
  --language NAME  ${Object.keys(LANGUAGES).join(', ')}        (default: ${DEFAULT_LANGUAGE})

Options of all:
  --json           one JSON document on standard output, and nothing else there
  --help           this text
  --version        the version

Exit codes:
  0  every job SUCCEEDED; every row is valid; a schema was found; an app was written
  1  a job ended otherwise; rows were rejected
  2  wrong usage, an app that does not synthesise, something that the local run does not provide, or a file that
     cannot be read as the CSV that it should be

Results of run: <out>/processed/, <out>/failed/ and <out>/jobs.json. As on AWS, each file is stored under the name it has
here. Calls of functions and of the state machine are judged by the policies of their roles and of what they call; what is
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
  /** Files with the values of secrets, by the secrets' names. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Folders by construct paths of functions. */
  readonly code: Readonly<Record<string, string>>;
  readonly json: boolean;
  readonly keep: boolean;
}

/** A CSV on this machine, and how it is written. */
export interface CsvCommand {
  /** A path, or `-` for standard input. */
  readonly file: string;
  /** Path of a dialect as JSON. */
  readonly dialect: string | undefined;
  readonly delimiter: string | undefined;
  readonly header: boolean;
  readonly detect: boolean;
  readonly json: boolean;
}

export interface ValidateCommand extends CsvCommand {
  readonly kind: 'validate';
  readonly schema: string;
  readonly rejects: string | undefined;
  readonly output: string | undefined;
  readonly format: string | undefined;
  readonly quoting: string | undefined;
  readonly maxRejects: number | undefined;
}

export interface InferCommand extends CsvCommand {
  readonly kind: 'infer';
  readonly rows: number | undefined;
}

export interface InitCommand {
  readonly kind: 'init';
  /** Path of a CSV; undefined for the sample. */
  readonly file: string | undefined;
  readonly language: Language;
  readonly json: boolean;
}

export type Command =
  RunCommand | ValidateCommand | InferCommand | InitCommand | { readonly kind: 'help' | 'version' };

const GENERAL = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const CSV = {
  dialect: { type: 'string' },
  delimiter: { type: 'string' },
  'no-header': { type: 'boolean' },
  detect: { type: 'boolean' },
} as const;

/** How each command reads its own arguments. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Command>> = {
  run: readRun,
  validate: readValidate,
  infer: readInfer,
  init: readInit,
};

/** @throws UsageError */
export function parseCommandLine(args: readonly string[]): Command {
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) return { kind: 'help' };
  if (args.includes('--version')) return { kind: 'version' };
  const name = args.find((arg) => Object.hasOwn(COMMANDS, arg));
  if (name === undefined) {
    const [first] = args.filter((arg) => !arg.startsWith('-'));
    throw new UsageError(
      `unknown command '${first ?? ''}', expected 'run', 'validate', 'infer' or 'init' (see --help)`,
    );
  }
  const place = args.indexOf(name);
  return COMMANDS[name]([...args.slice(0, place), ...args.slice(place + 1)]);
}

function readRun(args: readonly string[]): RunCommand {
  const { values, positionals } = parse(args, {
    ...GENERAL,
    app: { type: 'string' },
    pipeline: { type: 'string' },
    out: { type: 'string' },
    code: { type: 'string', multiple: true },
    keep: { type: 'boolean' },
    secret: { type: 'string', multiple: true },
  });
  if (positionals.length === 0) {
    throw new UsageError('no file given: serverless-csv-etl run FILE... (see --help)');
  }
  return {
    kind: 'run',
    files: positionals,
    app: values.app,
    pipeline: values.pipeline,
    out: values.out ?? 'etl-local',
    secrets: new Map((values.secret ?? []).map(secretOf)),
    code: Object.fromEntries((values.code ?? []).map(readCode)),
    json: values.json ?? false,
    keep: values.keep ?? false,
  };
}

function secretOf(value: string): [name: string, file: string] {
  const sign = value.indexOf('=');
  if (sign < 1 || sign === value.length - 1) {
    // What was written may be the secret itself.
    throw new UsageError('--secret expects NAME=FILE, such as prod/hash-key=hash-key.txt');
  }
  return [value.slice(0, sign), value.slice(sign + 1)];
}

function readCode(text: string): [string, string] {
  const [, functionPath, directory] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!functionPath || !directory) {
    throw new UsageError(
      `--code is ${text}, expected the construct path of a function and a folder: Shop/Step=build`,
    );
  }
  return [functionPath, directory];
}

function readValidate(args: readonly string[]): ValidateCommand {
  const { values, positionals } = parse(args, {
    ...GENERAL,
    ...CSV,
    schema: { type: 'string' },
    rejects: { type: 'string' },
    output: { type: 'string' },
    format: { type: 'string' },
    quoting: { type: 'string' },
    'max-rejects': { type: 'string' },
  });
  const { schema, rejects, output, format, quoting } = values;
  const usage = 'serverless-csv-etl validate FILE --schema FILE (see --help)';
  if (schema === undefined) throw new UsageError(`no schema given: ${usage}`);
  if (output === '-' && values.json) {
    throw new UsageError('--output - and --json both write to standard output');
  }
  if (output === undefined && (format ?? quoting) !== undefined) {
    throw new UsageError('--format and --quoting say how --output is written, and there is none');
  }
  const maxRejects = numberOf('--max-rejects', values['max-rejects']);
  return {
    kind: 'validate',
    ...csvOf(values, positionals, usage),
    schema,
    rejects,
    output,
    format,
    quoting,
    maxRejects,
  };
}

function readInfer(args: readonly string[]): InferCommand {
  const { values, positionals } = parse(args, { ...GENERAL, ...CSV, rows: { type: 'string' } });
  const rows = numberOf('--rows', values.rows);
  const csv = csvOf(values, positionals, 'serverless-csv-etl infer FILE (see --help)');
  return { kind: 'infer', ...csv, rows };
}

function numberOf(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9][0-9]{0,14}$/.test(value)) {
    throw new UsageError(`${option} is ${value}, expected a number such as 1000`);
  }
  return Number(value);
}

function readInit(args: readonly string[]): InitCommand {
  const { values, positionals } = parse(args, { ...GENERAL, language: { type: 'string' } });
  const { language = DEFAULT_LANGUAGE, json = false } = values;
  if (positionals.length > 1) {
    throw new UsageError(`${positionals.length} files given: serverless-csv-etl init [FILE] (see --help)`);
  }
  if (!Object.hasOwn(LANGUAGES, language)) {
    throw new UsageError(`--language is ${language}, expected one of ${Object.keys(LANGUAGES).join(', ')}`);
  }
  return { kind: 'init', file: positionals[0], language: language as Language, json };
}

interface CsvValues {
  readonly json?: boolean;
  readonly dialect?: string;
  readonly delimiter?: string;
  readonly 'no-header'?: boolean;
  readonly detect?: boolean;
}

function csvOf(values: CsvValues, files: readonly string[], usage: string): CsvCommand {
  if (files.length !== 1) {
    throw new UsageError(`${files.length === 0 ? 'no file' : `${files.length} files`} given: ${usage}`);
  }
  return {
    file: files[0]!,
    dialect: values.dialect,
    // What a shell passes on for a tab.
    delimiter: values.delimiter === '\\t' ? '\t' : values.delimiter,
    header: !(values['no-header'] ?? false),
    detect: values.detect ?? false,
    json: values.json ?? false,
  };
}

function parse<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} (see --help)`);
  }
}
