import type { RecordsCase, Verdict } from './cases';
import { type DialectSpec, PipelineError, readCsv } from '../../src/engine';

type Read = (value: unknown) => Partial<DialectSpec> | string;

/** What options of the sets' readers are in a dialect; a text says why there is nothing like it. */
const OPTIONS: Readonly<Record<string, Read>> = {
  delimiter: (value) =>
    isCharacter(value) && !/[\r\n"]/.test(value)
      ? { delimiter: value }
      : 'a delimiter that is guessed or not one character',
  quoteChar: (value) =>
    value === null || isCharacter(value) ? { quoteChar: value as string } : 'a quote of several characters',
  quotechar: (value) =>
    value === null || isCharacter(value) ? { quoteChar: value as string } : 'a quote of several characters',
  escapeChar: (value) => (value === '"' ? {} : escape(value)),
  escapechar: (value) => (value === null ? {} : escape(value)),
  doublequote: (value) => ({ doubleQuote: value === true }),
  comments: (value) =>
    value === false
      ? {}
      : value === true
        ? { commentChar: '#' }
        : isCharacter(value)
          ? { commentChar: value }
          : 'a comment mark of several characters',
  skipinitialspace: (value) => ({ skipInitialSpace: value === true }),
  quoting: (value) =>
    value === 3
      ? { quoteChar: null }
      : value === 0 || value === 1
        ? {}
        : 'quotes that tell numbers from texts',
  strict: () => ({}),
  fastMode: () => ({}),
  newline: (value) => (['\n', '\r', '\r\n'].includes(value as string) ? {} : 'line ends of its own'),
  lineterminator: () => ({}),
};

function isCharacter(value: unknown): value is string {
  return typeof value === 'string' && /^[\x01-\x7f]$/.test(value);
}

function escape(value: unknown): Partial<DialectSpec> | string {
  return isCharacter(value) ? { escapeChar: value, doubleQuote: false } : 'an escape of several characters';
}

/** Reads the records of a case and compares them. */
export async function judgeRecords({
  input,
  options,
  expected,
  error,
  errors = [],
}: RecordsCase): Promise<Verdict> {
  let dialect: Partial<DialectSpec> = {};
  for (const [name, value] of Object.entries(options)) {
    const part = OPTIONS[name]?.(value) ?? `the option ${name}`;
    if (typeof part === 'string') return { kind: 'not-applicable', why: part };
    dialect = { ...dialect, ...part };
  }
  const got = await recordsOf(input, dialect);
  const wanted = error === undefined ? JSON.stringify(expected) : 'refused';
  if (got === wanted || (error !== undefined && got.startsWith('refused: '))) return { kind: 'passed' };
  const found = errors.length > 0 ? ` with ${errors.join()}` : '';
  return { kind: 'differs', got, expected: wanted + found };
}

async function recordsOf(input: string, dialect: Partial<DialectSpec>): Promise<string> {
  const records: string[][] = [];
  try {
    const pieces = (async function* () {
      yield Buffer.from(input, 'utf8');
    })();
    for await (const { cells } of readCsv(pieces, dialect)) records.push([...cells]);
  } catch (problem) {
    if (!(problem instanceof PipelineError)) throw problem;
    return `refused: ${problem.code}`;
  }
  return JSON.stringify(records);
}
