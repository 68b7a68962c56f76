import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, LegacyStackSynthesizer, Size, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  CastType,
  CsvQuoting,
  CsvSchema,
  Dialect,
  Encoding,
  Disambiguation,
  Enrichment,
  ExtraParts,
  FieldsMatch,
  FieldType,
  KeptDuplicate,
  LetterCase,
  LookupSource,
  OtherValue,
  OutputFormat,
  ParquetCompression,
  RejectPolicy,
  RoundingMode,
  Transform,
  WhenMissing,
} from '../src';
import { definePipeline, type PipelineProps } from '../src/pipeline-definition';
import { DEFAULT_DIALECT } from '../src/spec/dialect-spec';
import { BINARY_OPERATORS } from '../src/spec/expression/expression';
import { FUNCTIONS } from '../src/spec/expression/functions';
import { DEFAULT_LIMITS } from '../src/spec/pipeline-spec';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lookup-'));
const cities = path.join(folder, 'cities.csv');
beforeAll(() => fs.writeFileSync(cities, 'id,name\nB,Berlin\n'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const stack = () => new Stack(new App(), 'Etl');
const token = Token.asString({ Ref: 'Parameter' });
const schema = CsvSchema.of({ fields: [{ name: 'a' }, { name: 'b', type: FieldType.NUMBER }] });

describe('a pipeline of props', () => {
  it('is structural checks alone where no prop is given', () => {
    expect(definePipeline(stack(), {})).toEqual({
      spec: {
        version: 1,
        dialect: DEFAULT_DIALECT,
        transforms: [],
        enrichments: [],
        rejectPolicy: { type: 'quarantine-all' },
        limits: DEFAULT_LIMITS,
      },
      lookups: { keys: [], assets: [] },
      hashKeys: new Map(),
      references: { keys: [], assets: [] },
    });
  });

  it('holds every prop as data, and ships the lookup files', () => {
    const scope = stack();
    const { spec, lookups } = definePipeline(scope, {
      schema,
      dialect: Dialect.SEMICOLON,
      transforms: [Transform.trim('a')],
      enrichments: [
        Enrichment.lookup({
          source: LookupSource.fromAsset(cities),
          on: { a: 'id' },
          columns: { name: 'city' },
        }),
        Enrichment.lookup({
          source: LookupSource.fromBucket('reference/x.csv'),
          on: { a: 'id' },
          columns: { n: 'n1' },
        }),
        Enrichment.lookup({
          source: LookupSource.fromBucket('reference/x.csv'),
          on: { a: 'id' },
          columns: { n: 'n2' },
        }),
        Enrichment.constant('from', 'x'),
        Enrichment.lineage(),
      ],
      rejectPolicy: RejectPolicy.tolerateRows(5),
      limits: { uniqueBudgetBytes: 1024 * 1024 },
    });
    expect(spec.dialect.delimiter).toBe(';');
    expect(spec.schema?.fields.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(spec.transforms).toEqual([{ type: 'trim', columns: ['a'] }]);
    expect(spec.rejectPolicy).toEqual({ type: 'tolerate-rows', rows: 5 });
    expect(spec.limits).toEqual({ ...DEFAULT_LIMITS, uniqueBudgetBytes: 1024 * 1024 });
    expect(spec.enrichments.map(({ type }) => type)).toEqual([
      'lookup',
      'lookup',
      'lookup',
      'constant',
      'lineage',
    ]);
    expect(lookups.assets).toHaveLength(1);
    expect(spec.enrichments[0]).toMatchObject({
      source: { type: 'asset', key: expect.stringMatching(/^[0-9a-f]{64}\.csv$/) },
      whenMissing: { type: 'null' },
    });
    expect(lookups.keys).toEqual(['reference/x.csv']);
    Template.fromStack(scope);
  });

  it('is refused with the path of its construct', () => {
    expect(() => definePipeline(stack(), { schema, transforms: [Transform.trim('z')] })).toThrow(
      'Etl: pipeline spec: transforms[0].columns: got the unknown column "z", expected one of a, b',
    );
    expect(() => definePipeline(stack(), { limits: { maxRecordBytes: 1 } })).toThrow(
      'Etl: limits: maxRecordBytes: got 1, expected a whole number from 1024 to 1073741824',
    );
  });

  it('passes on an error that is none of the spec', () => {
    const broken = {
      _toSpec: () => {
        throw new RangeError('broken');
      },
    } as unknown as Dialect;
    expect(() => definePipeline(stack(), { dialect: broken })).toThrow(RangeError);
  });

  it('refuses lookup files whose asset key only CloudFormation knows', () => {
    const scope = new Stack(new App(), 'Etl', { synthesizer: new LegacyStackSynthesizer() });
    const lookup = Enrichment.lookup({
      source: LookupSource.fromAsset(cities),
      on: { a: 'id' },
      columns: {},
    });
    expect(() => definePipeline(scope, { enrichments: [lookup] })).toThrow(
      'needs an asset key that is known at synthesis, got a token, expected a stack with the DefaultStackSynthesizer',
    );
  });
});

describe('the value classes', () => {
  it('say of expressions, in the reference, every operator and every function', () => {
    const source = fs.readFileSync(path.join(__dirname, '../src/transform.ts'), 'utf8');
    const docstrings = ['derive', 'filter'].map((name) => {
      const end = source.indexOf(`public static ${name}(`);
      return source.slice(source.lastIndexOf('/**', end), end).replace(/\s+\*\s+/g, ' ');
    });
    for (const docstring of docstrings) {
      for (const { usage, meaning } of Object.values(FUNCTIONS)) {
        expect(docstring).toContain(`- \`${usage}\`: ${meaning}`);
      }
      for (const operator of BINARY_OPERATORS) expect(docstring).toContain(`\`${operator}\``);
    }
  });

  it('give each transform as data', () => {
    const transforms = [
      Transform.trim('a', 'b'),
      Transform.rename('a', 'x'),
      Transform.drop('a'),
      Transform.keep('b', 'a'),
      Transform.fillMissing('a', '-'),
      Transform.replace('a', '.', ''),
      Transform.replacePattern('a', '[.]', ''),
      Transform.changeCase('a', LetterCase.TITLE),
      Transform.cast('a', CastType.NUMBER, { decimalChar: ',', groupChar: undefined }),
      Transform.cast('a', CastType.INTEGER),
      Transform.formatDate('a', '%d/%m/%Y', '%Y-%m-%d'),
      Transform.derive('c', 'a * 2'),
      Transform.derive('c', 'a / 2', { scale: 1, rounding: RoundingMode.HALF_UP }),
      Transform.filter('a > 1'),
      Transform.split('a', { separator: ' ', into: ['x', 'y'] }),
      Transform.split('a', { separator: ' ', into: ['x'], extra: ExtraParts.REJECT }),
      Transform.concatenate('n', { columns: ['a', 'b'] }),
      Transform.concatenate('n', { columns: ['a', 'b'], separator: ' ' }),
      Transform.mapValues('a', { values: { M: 'male', F: 'female' } }),
      Transform.mapValues('a', { values: { M: '' }, otherwise: OtherValue.reject() }),
      Transform.mapValues('a', { values: { M: '' }, otherwise: OtherValue.empty() }),
      Transform.mapValues('a', { values: { M: '' }, otherwise: OtherValue.value('x') }),
      Transform.mask('a'),
      Transform.mask('a', { keepFirst: 1, keepLast: 2, character: 'x' }),
      Transform.round('a', { scale: 2 }),
      Transform.round('a', { scale: 2, rounding: RoundingMode.FLOOR }),
      Transform.deDuplicate(),
      Transform.deDuplicate({ columns: ['a'], keep: KeptDuplicate.LAST }),
      Transform.convertTimeZone('a', { target: 'UTC' }),
      Transform.convertTimeZone('a', {
        source: 'Europe/Berlin',
        target: 'UTC',
        outputFormat: '%H',
        disambiguation: Disambiguation.COMPATIBLE,
      }),
    ];
    expect(transforms.map((transform) => transform._toSpec())).toEqual([
      { type: 'trim', columns: ['a', 'b'] },
      { type: 'rename', column: 'a', to: 'x' },
      { type: 'drop', columns: ['a'] },
      { type: 'keep', columns: ['b', 'a'] },
      { type: 'fill-missing', column: 'a', value: '-' },
      { type: 'replace', column: 'a', search: '.', replacement: '', pattern: false },
      { type: 'replace', column: 'a', search: '[.]', replacement: '', pattern: true },
      { type: 'change-case', column: 'a', to: 'title' },
      { type: 'cast', column: 'a', to: 'number', decimalChar: ',' },
      { type: 'cast', column: 'a', to: 'integer' },
      { type: 'format-date', column: 'a', inputFormat: '%d/%m/%Y', outputFormat: '%Y-%m-%d' },
      { type: 'derive', column: 'c', expression: 'a * 2' },
      { type: 'derive', column: 'c', expression: 'a / 2', scale: 1, rounding: 'half-up' },
      { type: 'filter', expression: 'a > 1' },
      { type: 'split', column: 'a', separator: ' ', into: ['x', 'y'], extra: 'merge' },
      { type: 'split', column: 'a', separator: ' ', into: ['x'], extra: 'reject' },
      { type: 'concatenate', column: 'n', columns: ['a', 'b'], separator: '' },
      { type: 'concatenate', column: 'n', columns: ['a', 'b'], separator: ' ' },
      {
        type: 'map-values',
        column: 'a',
        values: [
          { from: 'F', to: 'female' },
          { from: 'M', to: 'male' },
        ],
        otherwise: { type: 'keep' },
      },
      ...[{ type: 'reject' }, { type: 'value', value: '' }, { type: 'value', value: 'x' }].map(
        (otherwise) => ({
          type: 'map-values',
          column: 'a',
          values: [{ from: 'M', to: '' }],
          otherwise,
        }),
      ),
      { type: 'mask', column: 'a', keepFirst: 0, keepLast: 0, character: '*' },
      { type: 'mask', column: 'a', keepFirst: 1, keepLast: 2, character: 'x' },
      { type: 'round', column: 'a', scale: 2, rounding: 'half-even' },
      { type: 'round', column: 'a', scale: 2, rounding: 'floor' },
      { type: 'de-duplicate', keep: 'first' },
      { type: 'de-duplicate', columns: ['a'], keep: 'last' },
      { type: 'convert-time-zone', column: 'a', target: 'UTC', disambiguation: 'reject' },
      {
        type: 'convert-time-zone',
        column: 'a',
        source: 'Europe/Berlin',
        target: 'UTC',
        outputFormat: '%H',
        disambiguation: 'compatible',
      },
    ]);
  });

  it('give lookups the same order of columns, whatever the order of the maps', () => {
    const bind = (on: Record<string, string>, columns: Record<string, string>) =>
      Enrichment.lookup({
        source: LookupSource.fromBucket('reference/x.csv'),
        on,
        columns,
        whenMissing: WhenMissing.value('-'),
      })._bind(stack(), 'Lookup');
    const bound = bind({ b: 'y', a: 'x' }, { q: 'two', p: 'one' });
    expect(bound).toEqual(bind({ a: 'x', b: 'y' }, { p: 'one', q: 'two' }));
    expect(bound.spec).toMatchObject({
      on: [
        { column: 'a', lookupColumn: 'x' },
        { column: 'b', lookupColumn: 'y' },
      ],
      columns: [
        { lookupColumn: 'p', column: 'one' },
        { lookupColumn: 'q', column: 'two' },
      ],
      whenMissing: { type: 'value', value: '-' },
    });
  });

  it('give each answer to a missing key as data', () => {
    const answers = [WhenMissing.empty(), WhenMissing.reject(), WhenMissing.value('')];
    expect(answers.map((answer) => answer._toSpec())).toEqual([
      { type: 'null' },
      { type: 'reject' },
      { type: 'value', value: '' },
    ]);
  });

  it('give each reject policy as data', () => {
    const policies = [
      RejectPolicy.failOnFirst(),
      RejectPolicy.toleratePercent(2.5),
      RejectPolicy.quarantineAll(),
    ];
    expect(policies.map((policy) => policy._toSpec())).toEqual([
      { type: 'fail-on-first' },
      { type: 'tolerate-percent', percent: 2.5 },
      { type: 'quarantine-all' },
    ]);
  });

  it('give each output format as data', () => {
    const formats = [
      OutputFormat.csv(),
      OutputFormat.csv({ quoting: CsvQuoting.ALL, neutralizeFormulas: true }),
      OutputFormat.jsonLines(),
      OutputFormat.parquet(),
      OutputFormat.parquet({
        compression: ParquetCompression.GZIP,
        rowGroupSize: Size.mebibytes(1),
        decimalPrecision: 18,
        decimalScale: 2,
      }),
    ];
    expect(formats.map((format) => format._toSpec())).toEqual([
      { type: 'csv', quoting: 'minimal', neutralizeFormulas: false },
      { type: 'csv', quoting: 'all', neutralizeFormulas: true },
      { type: 'json-lines' },
      {
        type: 'parquet',
        compression: 'snappy',
        rowGroupBytes: 64 * 1024 * 1024,
        decimalPrecision: 38,
        decimalScale: 18,
      },
      {
        type: 'parquet',
        compression: 'gzip',
        rowGroupBytes: 1024 * 1024,
        decimalPrecision: 18,
        decimalScale: 2,
      },
    ]);
    const [, , jsonLines] = formats;
    expect(definePipeline(stack(), { outputFormat: jsonLines }).spec.output).toEqual({ type: 'json-lines' });
    expect(definePipeline(stack(), {}).spec).not.toHaveProperty('output');
    expect(() =>
      definePipeline(stack(), { outputFormat: OutputFormat.parquet({ decimalScale: 39 }) }),
    ).toThrow(
      'outputFormat: OutputFormat.parquet: decimalScale: got 39, expected a whole number from 0 to 38',
    );
  });

  it('give dialects as data; an empty quote character means none', () => {
    expect(Dialect.CSV._toSpec()).toEqual(DEFAULT_DIALECT);
    expect(Dialect.TSV._toSpec().delimiter).toBe('\t');
    expect(Dialect.of({ quoteChar: '', commentChar: undefined })._toSpec()).toMatchObject({
      quoteChar: null,
      commentChar: null,
    });
  });

  it('give a dialect that is found out as data: what is said is not looked for', () => {
    expect(Dialect.detect()._toSpec()).toEqual({
      ...DEFAULT_DIALECT,
      detect: ['delimiter', 'quoteChar', 'header', 'encoding'],
    });
    expect(Dialect.detect({ quoteChar: '', encoding: Encoding.LATIN_1, skipLines: 2 })._toSpec()).toEqual({
      ...DEFAULT_DIALECT,
      quoteChar: null,
      encoding: 'iso-8859-1',
      skipLines: 2,
      detect: ['delimiter', 'header'],
    });
  });

  it('give schemas as data, from structs, text and files alike', () => {
    const struct = CsvSchema.of({
      fields: [
        {
          name: 'a',
          type: FieldType.INTEGER,
          title: 'A',
          constraints: { required: true, minimum: '1', allowedValues: ['1', '2'], pattern: undefined },
        },
        { name: 'b', format: 'email' },
      ],
      missingValues: ['-'],
      primaryKey: ['a'],
      fieldsMatch: FieldsMatch.SUBSET,
    });
    const text = JSON.stringify({
      fields: [
        { name: 'a', type: 'integer', constraints: { required: true, minimum: 1, enum: [1, 2] } },
        { name: 'b', format: 'email' },
      ],
      missingValues: ['-'],
      primaryKey: 'a',
      fieldsMatch: 'subset',
    });
    const file = path.join(folder, 'schema.json');
    fs.writeFileSync(file, `\uFEFF${text}`);
    expect(CsvSchema.fromJson(text)._toSpec()).toEqual(struct._toSpec());
    expect(CsvSchema.fromFile(file)._toSpec()).toEqual(struct._toSpec());
  });

  it('give foreign keys as data, and ship the files that they refer to', () => {
    const scope = stack();
    const source = LookupSource.fromAsset(cities);
    const { spec, references, lookups } = definePipeline(scope, {
      schema: CsvSchema.of({
        fields: [{ name: 'id' }, { name: 'home' }, { name: 'work' }, { name: 'boss' }, { name: 'land' }],
        uniqueKeys: [['home', 'work']],
        foreignKeys: [
          { fields: ['home'], source, sourceFields: ['id'] },
          { fields: ['work'], source, sourceFields: ['id'] },
          { fields: ['boss'], sourceFields: ['id'] },
          { fields: ['land'], source: LookupSource.fromBucket('reference/old/cities.csv') },
        ],
      }),
    });
    expect(spec.schema).toMatchObject({
      uniqueKeys: [['home', 'work']],
      foreignKeys: [
        { fields: ['home'], reference: { resource: 'cities', fields: ['id'] } },
        { fields: ['work'], reference: { resource: 'cities', fields: ['id'] } },
        { fields: ['boss'], reference: { resource: '', fields: ['id'] } },
        { fields: ['land'], reference: { resource: 'cities-2', fields: ['land'] } },
      ],
    });
    expect(spec.resources).toEqual({
      cities: { type: 'asset', key: references.assets[0].s3ObjectKey },
      'cities-2': { type: 'bucket', key: 'reference/old/cities.csv' },
    });
    expect(references.assets).toHaveLength(1);
    expect(references.keys).toEqual(['reference/old/cities.csv']);
    expect(lookups).toEqual({ keys: [], assets: [] });
  });

  it('ship files in the order of the foreign keys, whatever order a language gives to maps', () => {
    const descriptor = JSON.stringify({
      fields: [{ name: 'home' }, { name: 'work' }],
      foreignKeys: [
        { fields: 'work', reference: { resource: 'work', fields: 'work' } },
        { fields: 'home', reference: { resource: 'home', fields: 'home' } },
      ],
    });
    const home = LookupSource.fromBucket('reference/home.csv');
    const work = LookupSource.fromBucket('reference/work.csv');
    const specs = [
      { home, work },
      { work, home },
    ].map((resources) => {
      const { spec } = definePipeline(stack(), { schema: CsvSchema.fromJson(descriptor, { resources }) });
      return JSON.stringify(spec);
    });
    expect(specs[0]).toContain('"resources":{"work":');
    expect(specs[1]).toBe(specs[0]);
  });

  it('give the foreign keys of a descriptor their files, and ship no other', () => {
    const descriptor = JSON.stringify({
      fields: [{ name: 'home' }],
      foreignKeys: [{ fields: 'home', reference: { resource: 'cities', fields: 'id' } }],
    });
    const file = path.join(folder, 'schema.json');
    fs.writeFileSync(file, descriptor);
    const resources = {
      cities: LookupSource.fromAsset(cities),
      more: LookupSource.fromBucket('reference/more.csv'),
    };
    for (const one of [
      CsvSchema.fromJson(descriptor, { resources }),
      CsvSchema.fromFile(file, { resources }),
    ]) {
      const { spec, references } = definePipeline(stack(), { schema: one });
      expect(spec.resources).toEqual({ cities: { type: 'asset', key: references.assets[0].s3ObjectKey } });
    }
    expect(() => definePipeline(stack(), { schema: CsvSchema.fromJson(descriptor) })).toThrow(
      'Etl: pipeline spec: schema.foreignKeys[0].reference.resource: got "cities", expected a resource that has a ' +
        'lookup source, and there is none',
    );
  });

  it('refuse foreign keys to columns that a shipped file lacks', () => {
    const home = { fields: ['home'], source: LookupSource.fromAsset(cities) };
    const wrong = CsvSchema.of({ fields: [{ name: 'home' }], foreignKeys: [home] });
    expect(() => definePipeline(stack(), { schema: wrong })).toThrow(
      'Etl: schema: CsvSchema: foreignKeys[0].reference.fields: got the column "home", which the file of "cities" lacks, ' +
        'expected one of id, name',
    );
  });

  it.each<[string, () => Part, string]>([
    [
      'a transform without columns',
      () => Transform.trim(),
      'Transform.trim: columns: got [], expected at least one column',
    ],
    [
      'a reserved name',
      () => Transform.rename('a', '_row'),
      'Transform.rename: to: got "_row", expected another name',
    ],
    [
      'a bad pattern',
      () => Transform.replacePattern('a', '(', ''),
      'Transform.replacePattern: search: got "(", expected a pattern in RE2 syntax',
    ],
    [
      'a bad expression',
      () => Transform.derive('c', 'a = 1'),
      'Transform.derive: expression: got "=" at character 3 of "a = 1", expected an operator or the end',
    ],
    [
      'a filter that is no condition',
      () => Transform.filter('a + 1'),
      'Transform.filter: expression: got a number at character 3 of "a + 1", expected true or false',
    ],
    [
      'a token in a transform',
      () => Transform.fillMissing('a', token),
      'Transform.fillMissing: value: got a token, expected a value that is known at synthesis',
    ],
    ['a token in a list', () => Transform.drop('a', token), 'Transform.drop: columns[1]: got a token'],
    [
      'a token as a list',
      () => Transform.drop(...Token.asList({ Ref: 'P' })),
      'Transform.drop: columns: got a token',
    ],
    [
      'a token as a number',
      () => RejectPolicy.tolerateRows(Token.asNumber({ Ref: 'P' })),
      'RejectPolicy.tolerateRows: rows: got a token',
    ],
    [
      'a token in a schema',
      () => CsvSchema.of({ fields: [{ name: 'a', constraints: { minimum: token } }] }),
      'CsvSchema.of: fields[0].constraints.minimum: got a token',
    ],
    [
      'a negative tolerance',
      () => RejectPolicy.tolerateRows(-1),
      'RejectPolicy.tolerateRows: rows: got -1, expected a whole number',
    ],
    [
      'too many percent',
      () => RejectPolicy.toleratePercent(101),
      'RejectPolicy.toleratePercent: percent: got 101, expected a number from 0 to 100',
    ],
    [
      'a long delimiter',
      () => Dialect.of({ delimiter: ', ' }),
      'Dialect.of: delimiter: got ", ", expected one ASCII character',
    ],
    [
      'a lookup without key',
      () => Enrichment.lookup({ source: LookupSource.fromBucket('reference/x'), on: {}, columns: {} }),
      'Enrichment.lookup: on: got [], expected at least one pair of columns',
    ],
    [
      'a lookup outside reference/',
      () => LookupSource.fromBucket('x.csv'),
      'LookupSource.fromBucket: key: got "x.csv", expected a key under reference/',
    ],
    [
      'a lookup file that is not there',
      () => LookupSource.fromAsset('no/such.csv'),
      'LookupSource.fromAsset: path: got "no/such.csv", expected a file that exists',
    ],
    [
      'a reserved constant',
      () => Enrichment.constant('_code', ''),
      'Enrichment.constant: column: got "_code", expected another name',
    ],
    [
      'a schema that is not there',
      () => CsvSchema.fromFile('no/such.json'),
      'CsvSchema.fromFile("no/such.json"): got a file that cannot be read (ENOENT',
    ],
    [
      'a schema that is not JSON',
      () => CsvSchema.fromJson('{'),
      'CsvSchema.fromJson: got text that is not JSON (',
    ],
    [
      'a schema that is not sound',
      () => CsvSchema.fromJson('{"fields":[{"name":"a","type":"text"}]}'),
      'CsvSchema.fromJson: fields[0].type: got "text", expected "string"',
    ],
    ['a schema that is null', () => CsvSchema.fromJson('null'), 'CsvSchema.fromJson: 2 problems'],
  ])('refuse %s where a construct takes them in, under its path', (_, make, message) => {
    const [prop, props] = takenIn(make());
    expect(() => definePipeline(stack(), props)).toThrow(`Etl: ${prop}: ${message}`);
  });

  it('tell by the cause of an error where the part was written', () => {
    const wrong = RejectPolicy.tolerateRows(-1);
    expect.assertions(1);
    try {
      definePipeline(stack(), { rejectPolicy: wrong });
    } catch (error) {
      expect(((error as Error).cause as Error).stack).toContain('RejectPolicy.tolerateRows');
    }
  });
});

type Part = CsvSchema | Dialect | Transform | Enrichment | LookupSource | RejectPolicy;

/** The prop that takes a part in, and props with it alone. */
function takenIn(part: Part): [string, PipelineProps] {
  if (part instanceof CsvSchema) return ['schema', { schema: part }];
  if (part instanceof Dialect) return ['dialect', { dialect: part }];
  if (part instanceof Transform) return ['transforms[0]', { transforms: [part] }];
  if (part instanceof RejectPolicy) return ['rejectPolicy', { rejectPolicy: part }];
  if (part instanceof Enrichment) return ['enrichments[0]', { enrichments: [part] }];
  const lookup = Enrichment.lookup({ source: part, on: { a: 'id' }, columns: {} });
  return ['enrichments[0]', { enrichments: [lookup] }];
}
