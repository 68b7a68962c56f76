import * as fc from 'fast-check';
import { operations } from './operations';
import {
  DEFAULT_DIALECT,
  DEFAULT_LIMITS,
  type DialectSpec,
  type FieldSpec,
  type PipelineSpec,
} from '../../../src/engine';
import { field, pipeline, schema } from '../in-memory';

/** A file and how it is read: everything that validate depends on. */
export interface Case {
  readonly spec: PipelineSpec;
  readonly sourceKey: string;
  readonly file: Buffer;
  /** Bytes of the pieces in which the file comes. */
  readonly chunkBytes: number;
  /** Bytes that are read ahead: fewer make the text slide through its window more often. */
  readonly windowBytes: number;
}

interface Kind {
  readonly field: Partial<FieldSpec>;
  /** Cells: some of the common shape first, then those that are valid otherwise, nearly valid, or not at all. */
  readonly cells: readonly string[];
}

const DIGITS = [
  '1',
  '7',
  '42',
  '-5',
  '007',
  '+3',
  '',
  '-',
  '0',
  '1.0',
  '1.50',
  '.5',
  '5.',
  '1e3',
  '99999999999999999999',
];
const NUMBERS = [
  ...DIGITS,
  '12345678',
  '123456789',
  '123456789012345',
  '1234567890123456',
  '12345.678901',
  '-0',
  '1,5',
  '1..5',
  'NaN',
  '--1',
  '9 ',
];
const DATES = [
  '2024-02-29',
  '2024-12-31',
  '2000-02-29',
  '2023-02-29',
  '2100-02-29',
  '2024-04-31',
  '2024-13-01',
  '2024-00-10',
  '2024-1-01',
  '0000-01-01',
  '2024-12-31 ',
];
const TIMES = [
  '23:59:59',
  '00:00:00',
  '12:30:01',
  '24:00:00',
  '00:00:60',
  '12:60:00',
  '1:02:03',
  '12:00:00Z',
];
const TEXTS = [
  'abcdef',
  'abc',
  'ä',
  '',
  'a',
  'xyz',
  '😀',
  'äöü€',
  'a"b',
  "it's",
  'NA',
  'n/a',
  '\ufeffa',
  '  x ',
  'x'.repeat(17),
  'x'.repeat(70),
  'line\nfeed',
  'c\rr',
  'a,b;c|d\te',
  '""',
  '"',
  "'",
  '-',
];
const EMAILS = [
  'customer123@example.com',
  'first.last+tag@example.com',
  'a@b',
  'a@b.',
  '@b.c',
  'a@',
  'a@@b',
  'a@b..c',
  'a@b-c.d',
  'ä@b.c',
  "o'brien@x.org",
  'a b@c.d',
  `${'x'.repeat(40)}@example.org`,
  'a@' + 'b'.repeat(64),
  'a.@b.c',
  'a@.b',
];
const UUIDS = [
  '123e4567-e89b-12d3-a456-426614174000',
  '123E4567-E89B-12D3-A456-42661417400F',
  '00000000-0000-0000-0000-000000000000',
  '123e4567-e89b-12d3-a456-42661417400g',
  '123e4567e89b12d3a456426614174000',
  '123e4567-e89b-12d3-a456_426614174000',
  '123e4567-e89b-12d3-a456-42661417400',
];
const WORDS = ['EUR', 'USD', 'ÄÖ', 'eur', 'EURO', 'E', 'a"b', 'x'.repeat(20), 'NA'];
const TRUTHS = ['true', '0', 'yes', 'False', 'TRUE', '1', '2', '', 'NA', 'tru'];

const KINDS: readonly Kind[] = [
  { field: { type: 'string' }, cells: TEXTS },
  { field: { type: 'string', constraints: { minLength: 1, maxLength: 6 } }, cells: TEXTS },
  { field: { type: 'string', constraints: { minLength: 3 } }, cells: TEXTS },
  { field: { type: 'string', constraints: { pattern: '[a-z]+' } }, cells: TEXTS },
  { field: { type: 'string', format: 'email' }, cells: EMAILS },
  { field: { type: 'string', format: 'email', constraints: { maxLength: 20 } }, cells: EMAILS },
  { field: { type: 'string', format: 'uuid' }, cells: UUIDS },
  {
    field: { type: 'string', format: 'uri' },
    cells: ['http://x.org/?a=b', 'mailto:a@b', 'a:b', 'x', 'a:%zz'],
  },
  {
    field: { type: 'string', constraints: { enum: ['EUR', 'USD', 'ÄÖ', 'a"b', 'x'.repeat(20)] } },
    cells: WORDS,
  },
  { field: { type: 'string', constraints: { enum: ['EUR', 'E'], minLength: 2 } }, cells: WORDS },
  { field: { type: 'integer' }, cells: NUMBERS },
  { field: { type: 'integer', constraints: { minimum: '-5', maximum: '123456789' } }, cells: NUMBERS },
  { field: { type: 'integer', groupChar: ',' }, cells: NUMBERS },
  { field: { type: 'integer', bareNumber: false }, cells: [...NUMBERS, '$ 5', '5%'] },
  { field: { type: 'integer', constraints: { enum: ['1', '7', '42'] } }, cells: NUMBERS },
  { field: { type: 'number' }, cells: NUMBERS },
  {
    field: { type: 'number', constraints: { exclusiveMinimum: '0', exclusiveMaximum: '42.5' } },
    cells: NUMBERS,
  },
  { field: { type: 'number', constraints: { minimum: '1e0' } }, cells: NUMBERS },
  { field: { type: 'number', decimalChar: ',', groupChar: '.' }, cells: [...NUMBERS, '1.234,5'] },
  { field: { type: 'boolean' }, cells: TRUTHS },
  { field: { type: 'boolean', trueValues: ['yes'], falseValues: ['0', 'true', 'NA', ''] }, cells: TRUTHS },
  { field: { type: 'date' }, cells: DATES },
  { field: { type: 'date', constraints: { minimum: '2024-01-01' } }, cells: DATES },
  {
    field: { type: 'date', format: '%d.%m.%Y' },
    cells: ['29.02.2024', '01.01.2024', '30.11.1999', '29.02.2023', '31.04.2024', '1.1.2024', '31.12.1999'],
  },
  { field: { type: 'date', format: '%d %b %Y' }, cells: ['29 Feb 2024', '1 Jan 2024'] },
  { field: { type: 'date', format: 'any' }, cells: [...DATES, '2024/02/29'] },
  { field: { type: 'time' }, cells: TIMES },
  { field: { type: 'time', format: '%H:%M' }, cells: ['23:59', '00:00', '11:11', '24:00', '1:00'] },
  { field: { type: 'datetime' }, cells: TIMES.flatMap((time) => DATES.map((date) => `${date}T${time}Z`)) },
  {
    field: { type: 'datetime', format: '%Y%m%d%H%M%S' },
    cells: ['20240229235959', '20240101000000', '19991231010101', '20230229235959', '2024022923595'],
  },
  { field: { type: 'year' }, cells: ['2024', '1999', '0000', '24', '-2024', '20245'] },
  { field: { type: 'yearmonth' }, cells: ['2024-01', '2024-12', '1999-07', '2024-13', '2024-00', '2024-1'] },
  { field: { type: 'any' }, cells: TEXTS },
];

const constraints = fc.record(
  { required: fc.boolean(), unique: fc.constantFrom(true, false, false) },
  { requiredKeys: [] },
);

const ownMissingValues = fc.constantFrom(
  ...Array<undefined>(12).fill(undefined),
  ['', '1', 'abc'],
  ['xyz'],
  [],
);

const column = fc
  .tuple(fc.constantFrom(...KINDS), constraints, ownMissingValues)
  .map(([kind, more, own]): Kind => ({
    ...kind,
    field: {
      ...kind.field,
      constraints: { ...kind.field.constraints, ...more },
      ...(own && { missingValues: own }),
    },
  }));

const dialect = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.record(
    {
      delimiter: fc.constantFrom(',', ',', ';', '\t', '|', ' ', '-', '@', '.'),
      quoteChar: fc.constantFrom('"', "'", null),
      header: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  fc
    .record(
      {
        delimiter: fc.constantFrom(',', ',', ';', ' '),
        quoteChar: fc.constantFrom('"', '"', "'", null),
        quoting: fc.constantFrom(
          { doubleQuote: true },
          { doubleQuote: false },
          { doubleQuote: false, escapeChar: '\\' },
          { doubleQuote: false, escapeChar: '^' },
        ),
        commentChar: fc.constantFrom('#', null, null),
        skipInitialSpace: fc.boolean(),
        nullSequence: fc.constantFrom('NA', 'abc', '\\N', '1', 'a,b', ' x', undefined, undefined),
        header: fc.constantFrom(true, true, true, false),
      },
      { requiredKeys: ['delimiter', 'quoteChar', 'quoting'] },
    )
    .map(({ quoting, ...others }) => ({ ...others, ...quoting })),
);

const missingValues = fc.constantFrom(
  [''],
  [''],
  [''],
  ['', 'NA'],
  ['NA', '-', '7', '""'],
  [],
  ['', 'x'.repeat(17)],
);

/** Which cell of its kind: mostly one of the first three. */
const choice = fc.oneof({ weight: 15, arbitrary: fc.nat(2) }, fc.nat());
const style = fc.oneof(
  { weight: 15, arbitrary: fc.constant('plain') },
  { weight: 3, arbitrary: fc.constant('quoted') },
  fc.constant('scribbled'),
  fc.constant('missing'),
);

/** How the cells of a row are written, and what is done to the row. */
const row = fc.record({
  cells: fc.array(fc.tuple(choice, style), {
    minLength: 5,
    maxLength: 5,
  }),
  number: fc.nat(30),
  shape: fc.oneof(
    { weight: 15, arbitrary: fc.constant('whole') },
    fc.constantFrom('short', 'long', 'blank', 'empty', 'broken'),
  ),
  scribble: fc.string({
    unit: fc.constantFrom('a', '"', "'", ',', ';', '\n', '\r', '1', 'ä', ' ', '#', '\\', '^'),
    maxLength: 6,
  }),
});

const HOSTILE = [
  Buffer.from([0]),
  Buffer.from([0xff]),
  Buffer.from([0xc3]),
  Buffer.from('"'),
  Buffer.from('\ufeff'),
];

export const cases: fc.Arbitrary<Case> = fc
  .record({
    columns: fc.array(column, { minLength: 1, maxLength: 5 }),
    // Some files have more columns than a word has bits.
    width: fc.constantFrom(...Array<number>(40).fill(1), 9, 15),
    rows: fc.array(row, { maxLength: 12 }),
    repeats: fc.constantFrom(...Array<number>(40).fill(1), 3, 3, 3, 3, 20, 20, 200),
    newline: fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
    lastNewline: fc.boolean(),
    dialect,
    missingValues,
    keys: fc.constantFrom(0, 0, 1, 2),
    uniqueKeys: fc.constantFrom<number[][]>([], [], [], [[0]], [[1, 0]], [[0, 2], [1]]),
    foreignKeys: fc.constantFrom<number[][][]>(
      [],
      [],
      [],
      [[[0], [1]]],
      [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    ),
    withSchema: fc.constantFrom(true, true, true, true, false),
    fieldsMatch: fc.constantFrom('exact', 'exact', 'partial'),
    maxRecordBytes: fc.constantFrom(...Array<number>(8).fill(DEFAULT_LIMITS.maxRecordBytes), 60),
    maxRows: fc.constantFrom(...Array<undefined>(40).fill(undefined), 3, 30),
    maxFieldBytes: fc.constantFrom(...Array<undefined>(20).fill(undefined), 16, 69),
    hostile: fc.oneof(
      { weight: 15, arbitrary: fc.constant(undefined) },
      fc.tuple(fc.nat(), fc.constantFrom(...HOSTILE)),
    ),
    behind: operations,
    chunkBytes: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.constant(100_000)),
    windowBytes: fc.oneof(fc.integer({ min: 4, max: 300 }), fc.constant(256 * 1024)),
  })
  .map(({ width, ...made }): Case => {
    const parts = { ...made, columns: Array<Kind[]>(width).fill(made.columns).flat() };
    const how: DialectSpec = { ...DEFAULT_DIALECT, ...parts.dialect };
    const names = parts.columns.map((_, index) => `c${index}`);
    const fields = parts.columns.map((kind, index) => field(names[index], kind.field));
    const namesOf = (columns: readonly number[]) => columns.map((place) => names[place % names.length]);
    const areKeys = parts.fieldsMatch !== 'partial' && names.length > 2;
    const table = schema(parts.fieldsMatch === 'partial' ? fields.slice(0, 1) : fields, {
      missingValues: parts.missingValues,
      primaryKey: parts.fieldsMatch === 'partial' ? [] : names.slice(0, parts.keys),
      uniqueKeys: areKeys ? parts.uniqueKeys.map(namesOf) : [],
      foreignKeys: areKeys
        ? parts.foreignKeys.map(([own, other]) => ({
            fields: namesOf(own),
            reference: { resource: '', fields: namesOf(other) },
          }))
        : [],
      fieldsMatch: parts.fieldsMatch as 'exact' | 'partial',
    });
    const missing = [how.nullSequence ?? '', ...parts.missingValues];
    const lines = Array.from({ length: parts.repeats }, (_, repeat) =>
      parts.rows.map((one) => line(one, parts.columns, how, missing, repeat)),
    ).flat();
    if (how.header) lines.unshift(names.join(how.delimiter));
    const text = Buffer.from(lines.join(parts.newline) + (parts.lastNewline ? parts.newline : ''));
    return {
      spec: pipeline({
        dialect: how,
        schema: parts.withSchema ? table : undefined,
        limits: {
          ...DEFAULT_LIMITS,
          maxRecordBytes: parts.maxRecordBytes,
          maxRows: parts.maxRows,
          maxFieldBytes: parts.maxFieldBytes,
        },
        ...parts.behind(names),
      }),
      sourceKey: 'raw/file.csv',
      file: parts.hostile ? spoilt(text, parts.hostile) : text,
      chunkBytes: parts.chunkBytes,
      windowBytes: parts.windowBytes,
    };
  });

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

function line(
  one: Row,
  columns: readonly Kind[],
  { delimiter, quoteChar }: DialectSpec,
  missing: readonly string[],
  repeat: number,
): string {
  const quote = quoteChar ?? '"';
  const cells = columns.map(({ field: { type, constraints: rules }, cells: pool }, index) => {
    const [which, how] = one.cells[index % one.cells.length];
    // Keys differ from row to row for the most part.
    const isNumber = type === 'integer' && rules?.unique && which % 3 > 0;
    const texts = how === 'missing' ? missing : pool;
    const cell = isNumber ? String(one.number + repeat * 31) : texts[which % texts.length];
    const quoted = `${quote}${cell.replaceAll(quote, quote + quote)}${quote}`;
    if (how === 'quoted') return quoted;
    if (how === 'scribbled') return which % 4 === 0 ? `${quoted}${one.scribble}` : cell + one.scribble;
    return [delimiter, quote, '\n', '\r'].some((special) => cell.includes(special)) ? quoted : cell;
  });
  switch (one.shape) {
    case 'short':
      return cells.slice(1).join(delimiter);
    case 'long':
      return [...cells, one.scribble].join(delimiter);
    case 'blank':
      return '';
    case 'empty':
      return cells.map((_, index) => (index % 2 ? '' : `${quote}${quote}`)).join(delimiter);
    case 'broken':
      return one.scribble;
    default:
      return cells.join(delimiter);
  }
}

function spoilt(text: Buffer, [at, bytes]: readonly [number, Buffer]): Buffer {
  const place = at % (text.length + 1);
  return Buffer.concat([text.subarray(0, place), bytes, text.subarray(place)]);
}
