import * as fc from 'fast-check';
import { bytes } from '../in-memory';
import { inferSchema, type InferOptions, PipelineError, validateCsv } from 'serverless-csv-etl/engine';

/** A file of one column. */
function column(values: readonly string[], name = 'c'): string {
  return [name, ...values]
    .map((value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join('\n');
}

async function fieldOf(values: readonly string[], name?: string) {
  const { schema } = await inferSchema(column(values, name));
  const { name: _, constraints: __, ...shape } = schema.fields[0];
  return shape;
}

describe('types and formats', () => {
  it.each<[string, string[], object]>([
    ['text', ['a', 'b c'], { type: 'string' }],
    ['nothing at all', ['', ''], { type: 'string' }],
    ['uuid', ['0f8fad5b-d9cb-469f-a165-70867728950e'], { type: 'string', format: 'uuid' }],
    ['email', ['a@b.de', 'c@d.com'], { type: 'string', format: 'email' }],
    ['uri', ['https://example.com/a', 'ftp://b'], { type: 'string', format: 'uri' }],
    ['binary', ['SGVsbG8gd29ybGQ0MTIz', 'QUJDREVGR0hJSktMbW5vMTIz'], { type: 'string', format: 'binary' }],
    ['boolean', ['true', 'False'], { type: 'boolean' }],
    [
      'yes and no',
      ['yes', 'No'],
      { type: 'boolean', trueValues: ['yes', 'YES', 'Yes'], falseValues: ['no', 'NO', 'No'] },
    ],
    ['Y and N', ['Y', 'N'], { type: 'boolean', trueValues: ['y', 'Y'], falseValues: ['n', 'N'] }],
    ['integer', ['1', '-20', '0'], { type: 'integer' }],
    ['0 and 1 as integers', ['0', '1'], { type: 'integer' }],
    ['leading zeros as text', ['01234', '99999'], { type: 'string' }],
    ['number', ['1', '2.50', '-.5', '1e5'], { type: 'number' }],
    ['integer in groups', ['1,000', '999'], { type: 'integer', groupChar: ',' }],
    ['number in groups', ['1,000.50', '999'], { type: 'number', groupChar: ',' }],
    ['decimal comma', ['1,5', '20'], { type: 'number', decimalChar: ',' }],
    ['decimal comma and groups', ['1.234,5', '20'], { type: 'number', decimalChar: ',', groupChar: '.' }],
    ['decimal comma and blanks', ['1 234,5', '20'], { type: 'number', decimalChar: ',', groupChar: ' ' }],
    ['apostrophes', ["1'234.5", '20'], { type: 'number', groupChar: "'" }],
    ['money', ['$ 1,000.50', '-$20'], { type: 'number', groupChar: ',', bareNumber: false }],
    ['money of many digits', ['$1000.50', '$1,000'], { type: 'string' }],
    ['ungrouped money', ['$1000.50', '$20'], { type: 'number', bareNumber: false }],
    ['percent', ['5%', '12.5%'], { type: 'number', groupChar: ',', bareNumber: false }],
    ['euro', ['1.234,50 €', '3 €'], { type: 'number', decimalChar: ',', groupChar: '.', bareNumber: false }],
    ['date', ['2024-02-29', '2023-12-31'], { type: 'date' }],
    ['a day that is none', ['2024-02-30'], { type: 'string' }],
    ['German date', ['31.12.2024', '1.1.2023'], { type: 'date', format: '%d.%m.%Y' }],
    ['American date', ['12/31/2024', '01/01/2023'], { type: 'date', format: '%m/%d/%Y' }],
    ['short date', ['31/12/24'], { type: 'date', format: '%d/%m/%y' }],
    ['named month', ['Mar 5, 2024'], { type: 'date', format: '%b %d, %Y' }],
    ['datetime', ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.5+01:00'], { type: 'datetime' }],
    ['datetime of SQL', ['2024-02-29 12:00:00'], { type: 'datetime', format: '%Y-%m-%d %H:%M:%S' }],
    ['American datetime', ['12/31/2024 11:59 PM'], { type: 'datetime', format: '%m/%d/%Y %I:%M %p' }],
    ['time', ['12:00:00', '23:59:59'], { type: 'time' }],
    ['short time', ['12:00', '23:59'], { type: 'time', format: '%H:%M' }],
    ['year and month', ['2024-01', '2023-12'], { type: 'yearmonth' }],
    ['duration', ['P1Y', 'PT5M'], { type: 'duration' }],
    ['GeoJSON', ['{"type":"Point","coordinates":[1,2]}'], { type: 'geojson' }],
    ['object', ['{"a":1}', '{"b":2}'], { type: 'object' }],
    ['array', ['[1]', '[]'], { type: 'array' }],
    ['point', ['90.50, 45.50', '-1.0,2.0'], { type: 'geopoint' }],
    ['a mixture', ['1', 'x', '2024-01-01'], { type: 'string' }],
  ])('finds %s', async (_what, values, expected) => {
    expect(await fieldOf(values)).toEqual(expected);
  });

  it('needs a name that says so where digits could be an integer as well', async () => {
    expect(await fieldOf(['1999', '2024'], 'Build year')).toEqual({ type: 'year' });
    expect(await fieldOf(['1999', '2024'], 'seats')).toEqual({ type: 'integer' });
    expect(await fieldOf(['20240229'], 'order_date')).toEqual({ type: 'date', format: '%Y%m%d' });
    expect(await fieldOf(['20240229'], 'amount')).toEqual({ type: 'integer' });
  });

  it('tells of other formats that hold as well', async () => {
    const { columns } = await inferSchema('a,b\n01/02/2024,31/01/2024\n');
    expect(columns[0]).toMatchObject({ shape: { format: '%d/%m/%Y' }, alternatives: ['%m/%d/%Y'] });
    expect(columns[1].alternatives).toEqual([]);
  });
});

describe('missing values', () => {
  it('are told in columns that are no plain text', async () => {
    const { schema, columns } = await inferSchema('id,country\n1,DE\nNA,NA\nnull,NULL\n2,\n');
    expect(schema.fields).toEqual([
      { name: 'id', type: 'integer', missingValues: ['', 'NA', 'null'] },
      { name: 'country', type: 'string' },
    ]);
    expect(columns.map(({ values, missing }) => [values, missing])).toEqual([
      [2, 2],
      [3, 1],
    ]);
  });

  it('make a column optional; where there are none it is required', async () => {
    const { schema } = await inferSchema('a,b\nx,1\n,2\n');
    expect(schema.fields.map(({ constraints }) => constraints)).toEqual([undefined, { required: true }]);
  });

  it('are words where nothing else is there', async () => {
    const { schema } = await inferSchema('a\nNA\n-\nNA\n');
    expect(schema).toEqual({ fields: [{ name: 'a', type: 'string', constraints: { required: true } }] });
  });
});

describe('enumerations and keys', () => {
  const rows = Array.from({ length: 40 }, (_, row) => ({
    name: `name ${row}`,
    id: String(row + 1),
    colour: ['red', 'green', 'NA'][row % 3],
    mail: `m${row}@example.com`,
    price: `${row}.5`,
  }));
  const csv = (labels: readonly (keyof (typeof rows)[0])[]) =>
    [labels.join(','), ...rows.map((row) => labels.map((label) => row[label]).join(','))].join('\n');

  it('finds the values of a column that come again and again, words for nothing among them', async () => {
    const { schema } = await inferSchema(csv(['colour']));
    expect(schema.fields[0].constraints).toEqual({ required: true, enum: ['NA', 'green', 'red'] });
  });

  it('takes no enumeration from a few rows, one value, or many', async () => {
    for (const values of [
      ['a', 'b', 'a'],
      Array(100).fill('same'),
      rows.flatMap(({ name }) => Array(9).fill(name)),
    ]) {
      expect((await inferSchema(column(values))).schema.fields[0].constraints).toEqual({ required: true });
    }
  });

  it('takes the column for the key that is named like one', async () => {
    const { schema } = await inferSchema(csv(['name', 'mail', 'id', 'price']));
    expect(schema.primaryKey).toBe('id');
    expect(schema.fields.map(({ constraints }) => constraints)).toEqual([
      { required: true, unique: true },
      { required: true, unique: true },
      { required: true },
      { required: true },
    ]);
    expect((await inferSchema('what,orderId\na,x\nb,y\n')).schema.primaryKey).toBe('orderId');
  });

  it('else takes one of integers, else one of texts where there are enough of them', async () => {
    expect((await inferSchema('a,b\nx,1\ny,2\n')).schema.primaryKey).toBe('b');
    expect((await inferSchema(csv(['price', 'name']))).schema.primaryKey).toBe('name');
    expect((await inferSchema('a\nx\ny\n')).schema.primaryKey).toBeUndefined();
    expect((await inferSchema('id\n1\n\n1\n')).schema.primaryKey).toBeUndefined();
  });

  it('takes a text twice for a text twice, also where it could mean nothing', async () => {
    expect((await inferSchema('id\nNA\na\nNA\nb\n')).columns[0].unique).toBe(false);
    expect((await inferSchema('id\nNA\na\nb\n')).columns[0].unique).toBe(true);
  });

  it('does not look for what takes too much memory', async () => {
    const many = Array.from({ length: 5000 }, (_, row) => `${row},a rather long text ${row}`).join('\n');
    const { columns } = await inferSchema(`id,text\n${many}`, { uniqueBudgetBytes: 1_200_000 });
    expect(columns.map(({ unique }) => unique)).toEqual([true, undefined]);
    const none = await inferSchema(`id,text\n${many}`, { uniqueBudgetBytes: 0 });
    expect(none.columns.map(({ unique }) => unique)).toEqual([undefined, undefined]);
  });
});

describe('a file', () => {
  it('is looked at as far as is asked', async () => {
    const csv = `a\n${'1\n'.repeat(2000)}x\n`;
    const shape = async (options?: InferOptions) => {
      const { schema, rows, complete } = await inferSchema(bytes(csv, 100), options);
      return [schema.fields[0].type, rows, complete];
    };
    expect(await shape()).toEqual(['string', 2001, true]);
    expect(await shape({ rows: 10 })).toEqual(['integer', 10, false]);
    expect(await shape({ rows: 1500 })).toEqual(['integer', 1500, false]);
    expect(await shape({ rows: 2001 })).toEqual(['string', 2001, true]);
  });

  it('is read in its dialect, with a header or none', async () => {
    const { schema, dialect } = await inferSchema('1;a\n2;b\n', {
      dialect: { delimiter: ';', header: false },
    });
    expect(schema.fields.map(({ name, type }) => [name, type])).toEqual([
      ['field1', 'integer'],
      ['field2', 'string'],
    ]);
    expect(dialect).toMatchObject({ delimiter: ';', header: false });
  });

  it('may have rows of the wrong shape: they are passed over, and counted', async () => {
    const { schema, raggedRows, rows } = await inferSchema('a,b\n1,2\nx\n\n3,4,5\n');
    expect([rows, raggedRows]).toEqual([4, 3]);
    expect(schema.fields.map(({ type }) => type)).toEqual(['integer', 'integer']);
  });

  it('with only a header has texts', async () => {
    expect((await inferSchema('a,b\n')).schema).toEqual({
      fields: [
        { name: 'a', type: 'string' },
        { name: 'b', type: 'string' },
      ],
    });
  });

  it.each([
    ['', 'empty-file'],
    ['a,a\n', 'duplicate-label'],
    ['a\n"', 'unclosed-quote'],
  ])('that is wrong as a whole is an error: %j', async (csv, code) => {
    const error = await inferSchema(csv).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PipelineError);
    expect(error).toMatchObject({ code });
  });
});

it('finds a schema by which every row of the right shape is valid', async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      'NA',
      '-',
      '?',
      'nan',
      'true',
      'no',
      'Y',
      '0',
      '1',
      '-0',
      '007',
      '+1',
      '1.50',
      '1,5',
      '1.000',
    ),
    fc.constantFrom(
      '1,000',
      '$ 5',
      '5%',
      '2024-02-29',
      '29.2.2024',
      '1/2/24',
      '12:00',
      'P1D',
      '[]',
      '{}',
      '1.5,2.5',
    ),
    fc.integer().map(String),
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toJSON()),
    fc.uuid(),
    fc.emailAddress(),
    fc.webUrl(),
    fc.base64String(),
    fc.json(),
    fc.string({ unit: 'binary', maxLength: 5 }).map((text) => text.replace(/[\0\ud800-\udfff]/g, '')),
  );
  const cells = fc.oneof(
    fc.array(cell, { minLength: 1, maxLength: 6 }),
    fc.tuple(cell, cell).map(([one, other]) => [one, other, one]),
  );
  const names = fc.constantFrom(['id', 'year', 'c'], ['a', 'orderDate', 'b']);
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(cells, cells, cells),
      names,
      fc.integer({ min: 1, max: 30 }),
      async (columns, labels, times) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const rows = Array.from({ length: 6 * times }, (_, row) =>
          columns.map((values) => quoted(values[row % values.length])).join(','),
        );
        const csv = [labels.join(','), ...rows].join('\n');
        const { schema } = await inferSchema(csv);
        const wrong: string[] = [];
        await validateCsv(csv, schema, {
          onReject: ({ errors }) => {
            wrong.push(
              ...errors.map((one) => `${one.column} ${one.code}`).filter((one) => one !== ' blank-row'),
            );
          },
        });
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});
