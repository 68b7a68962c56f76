import type { TableCase, TableColumn, Verdict } from './cases';
import { type DialectSpec, PipelineError, runCsv, type TransformSpec } from '../../src/engine';
import { definePipeline } from '../../src/engine/stream/define-pipeline';

/** Letters of the date formats of CSV on the Web (https://www.w3.org/TR/tabular-data-model/#formats-for-dates-and-times). */
const DATE_PARTS: ReadonlyArray<readonly [RegExp, string]> = [
  [/yyyy/, '%Y'],
  [/MM/, '%m'],
  [/dd/, '%d'],
  [/HH/, '%H'],
  [/mm/, '%M'],
  [/ss/, '%S'],
];

/** How the triples write times; those without a zone are UTC. */
const CANONICAL: Readonly<Record<string, { readonly type: string; readonly format: string }>> = {
  date: { type: 'date', format: '%Y-%m-%d' },
  dateTime: { type: 'datetime', format: '%Y-%m-%dT%H:%M:%S.000Z' },
};

/** Reads a table by its metadata, and compares the texts of each row with those that the triples have. */
export async function judgeTable({ bytes, dialect, columns, rows }: TableCase): Promise<Verdict> {
  if (!rows) return { kind: 'not-applicable', why: 'refuses a prefix of URLs' };
  if (columns.every(({ predicate }) => predicate === undefined)) {
    return { kind: 'not-applicable', why: 'makes links of all cells, and texts of none' };
  }
  const how = dialectOf(dialect);
  if (typeof how === 'string') return { kind: 'not-applicable', why: how };
  // A column that is described a second time is made up of others, and not in the file.
  const own = columns.filter(({ name }, place) => columns.findIndex((each) => each.name === name) === place);
  const got = await textsOf(Buffer.from(bytes, 'base64'), how, own, dialect.trim === 'true');
  const expected = JSON.stringify(rows);
  return got === expected ? { kind: 'passed' } : { kind: 'differs', got, expected };
}

function dialectOf({
  delimiter,
  quoteChar,
  trim = 'false',
}: TableCase['dialect']): Partial<DialectSpec> | string {
  if (trim === 'start' || trim === 'end') return 'blanks that are trimmed at one end of the cells';
  return {
    ...(delimiter !== undefined && { delimiter }),
    ...(quoteChar !== undefined && { quoteChar: quoteChar === 'false' ? null : quoteChar }),
    detect: ['encoding'],
  };
}

async function textsOf(
  csv: Buffer,
  dialect: Partial<DialectSpec>,
  columns: readonly TableColumn[],
  trim: boolean,
): Promise<string> {
  const pipeline = definePipeline({
    dialect,
    schema: { fields: columns.map(fieldOf), missingValues: [''] },
    transforms: [
      ...(trim ? [{ type: 'trim' as const, columns: columns.map(({ name }) => name) }] : []),
      ...columns.flatMap(transformsOf),
    ],
    output: { type: 'json-lines' },
  });
  let written = '';
  const output = { write: (chunk: Uint8Array) => void (written += Buffer.from(chunk).toString('utf8')) };
  try {
    await runCsv(csv, pipeline, { output });
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return `refused: ${error.code}`;
  }
  const rows = written.split('\n').slice(0, -1);
  return JSON.stringify(rows.map((row) => textsOfRow(JSON.parse(row) as Record<string, unknown>, columns)));
}

function textsOfRow(row: Record<string, unknown>, columns: readonly TableColumn[]): string[][] {
  return columns
    .filter(({ name, predicate }) => predicate !== undefined && row[name] !== null)
    .map(({ name, predicate }) => [predicate!, String(row[name])])
    .sort();
}

function fieldOf({ name, base, format, missing }: TableColumn): object {
  return {
    name,
    type: CANONICAL[base]?.type ?? 'string',
    ...(format !== undefined && { format: strptime(format) }),
    ...(missing !== undefined && { missingValues: [missing] }),
  };
}

function transformsOf({ name, base, format, filling }: TableColumn): TransformSpec[] {
  return [
    ...(filling !== undefined ? [{ type: 'fill-missing' as const, column: name, value: filling }] : []),
    ...(format !== undefined
      ? [
          {
            type: 'format-date' as const,
            column: name,
            inputFormat: strptime(format),
            outputFormat: CANONICAL[base]!.format,
          },
        ]
      : []),
  ];
}

function strptime(format: string): string {
  return DATE_PARTS.reduce((text, [part, code]) => text.replace(part, code), format);
}
