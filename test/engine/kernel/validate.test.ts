import { gzipSync } from 'node:zlib';
import { byKernel, byTypeScript } from './agreement';
import type { Case } from './arbitraries';
import { agree, singleCase } from './single-case';
import {
  DEFAULT_DIALECT,
  DEFAULT_LIMITS,
  type FieldType,
  NOWHERE,
  type PipelineSpec,
  typescriptEngine,
} from '../../../src/engine';
import { kernelValidate } from '../../../src/engine/kernel/validate';
import { bytes, field, JOB_ID, MemorySink, pipeline, schema } from '../in-memory';

const spec = pipeline({
  schema: schema(
    [
      field('id', { type: 'integer' }),
      field('name', { constraints: { maxLength: 6 } }),
      field('day', { type: 'date' }),
    ],
    { primaryKey: ['id'] },
  ),
});

function caseOf(file: string | Buffer, parts: Partial<Case> = {}): Case {
  return singleCase(file, { spec, ...parts });
}

const FILES = [
  'id,name,day\n1,a,2024-01-01\n2,"b ""x""",2024-02-29\n3,"c,\r\nd",\n',
  'id,name,day\r\n1,ä,2024-01-01\r\n\r\n2,"b"x,2024-02-29\r\n3,"",2024-02-30\r\n"4","c,d","2024-01-01"',
  'id,name,day\r1,a"b,2024-01-01\r2,b,\r,,\r"","",""\r1,a,2024-01-01\r',
  '\ufeffid,name,day\n01,😀,2024-01-01\n1,a,b,c\n1\n-1,a,2024-01-01\n1.0,,\n,a,\n"2","un',
];

it.each(FILES)('agrees wherever the pieces of a file end: %j', async (file) => {
  const size = Buffer.byteLength(file);
  for (let chunkBytes = 1; chunkBytes <= size; chunkBytes++) await agree(caseOf(file, { chunkBytes }));
  for (let windowBytes = 4; windowBytes <= size + 1; windowBytes += 3) {
    await agree(caseOf(file, { windowBytes }));
  }
});

it.each(FILES)('agrees wherever a file breaks off: %j', async (file) => {
  const whole = Buffer.from(file);
  for (let end = 0; end <= whole.length; end++) await agree(caseOf(whole.subarray(0, end)));
});

it('agrees over many batches, and where keys come again much later', async () => {
  const rows = Array.from({ length: 5000 }, (_, row) =>
    [row % 4900, row % 7 ? 'name' : '"a ""b"""', row % 11 ? '2024-01-01' : 'never'].join(),
  );
  const output = await agree(caseOf(`id,name,day\n${rows.join('\n')}\n`));
  expect(output.split('\n').length).toBeGreaterThan(4400);
});

it('counts rows that go nowhere, and makes none of them', async () => {
  const file =
    'id,name,day\n1,a,2024-01-01\n1,b,2024-01-01\n2,"c""",2024-02-30\n3,"d""",\n4,e,\n+5,f,2024-02-30\n+6,h,\n';
  const counts = { rowsRead: 7, rowsWritten: 4, rowsRejected: 3, rowsFiltered: 0 };
  for (const validate of [kernelValidate, typescriptEngine.validate]) {
    const rejects = new MemorySink();
    const result = await validate({ spec, sourceKey: 'a', input: bytes(file), output: NOWHERE, rejects });
    expect(result.counts).toEqual(counts);
    expect(rejects.text.split('\n')).toHaveLength(5);
  }
});

it('agrees on records that are larger than its output, its index or its window', async () => {
  const long = `1,${'x'.repeat(70_000)},2024-01-01\n2,"${'"",\n'.repeat(20_000)}",\n3,${'y'.repeat(300_000)},\n`;
  const wide = `4,a\n5${','.repeat(70_000)}\n6,b,2024-01-01\n`;
  await agree(caseOf(`id,name,day\n${long}${wide}`));
  await agree(caseOf(`id,name,day\n${long}${wide}`, { spec: pipeline() }));
});

it('agrees on keys that are not dense, not integers, not alone or not there', async () => {
  const texts = schema([field('a', { constraints: { unique: true } }), field('b'), field('c')], {
    primaryKey: ['b', 'c'],
  });
  await agree(
    caseOf('a,b,c\nx,1,2\n"x",1,3\n,1,2\n"y""z",12,\n"y""z",1,23\n"y""z",12,3\n', {
      spec: pipeline({ schema: texts }),
    }),
  );
  const numbers = schema([field('a', { type: 'number', constraints: { unique: true } })]);
  const rows = [
    '1',
    '1.0',
    '01',
    '123456789012345',
    '1234567890123456',
    '5368709120',
    '0',
    '65536',
    '-0',
    '1e2',
    '100',
  ];
  await agree(caseOf(`a\n${[...rows, ...rows].join('\n')}\n`, { spec: pipeline({ schema: numbers }) }));
});

it('agrees on keys of more than 32 columns, where several share what the kernel says of them', async () => {
  const fields = Array.from({ length: 70 }, (_, index) =>
    field(`c${index}`, {
      type: index % 32 === 1 ? 'integer' : 'string',
      constraints: { unique: index === 33 },
    }),
  );
  const rows = Array.from({ length: 300 }, (_, row) =>
    fields
      .map(({ type }, index) => (type === 'string' ? 'x' : (row * index) % 13 ? row % 97 : 'none'))
      .join(),
  );
  const one = schema(fields, { primaryKey: ['c65'], uniqueKeys: [['c1', 'c2'], ['c33']] });
  await agree(
    caseOf(`${fields.map(({ name }) => name).join()}\n${rows.join('\n')}`, {
      spec: pipeline({ schema: one }),
    }),
  );
});

it('agrees on records that are wrong in several ways, or in none after all', async () => {
  const wrong = ['+1,abcdefg,', '2,"a""b",2024-02-30', '2,abcdefgh,2024-01-01', '"3""",a,2024-13-01', 'x,,'];
  await agree(caseOf(`id,name,day\n${wrong.join('\n')}\n4,ok,\n2,abcdefgh,never\n4,ok,`));
});

it('agrees on more kinds of wrong cells than it keeps in mind, and on long ones', async () => {
  const days = Array.from({ length: 2200 }, (_, row) =>
    row % 2 ? `day ${row}` : 'no day'.repeat(1 + (row % 9)),
  );
  await agree(caseOf(`id,name,day\n${days.map((day, row) => `${row},,${day}\n`).join('')}`));
});

it('says where the values of unique fields outgrow their budget, as the TypeScript engine does', async () => {
  const limits = { ...DEFAULT_LIMITS, uniqueBudgetBytes: 1_200_000 };
  const unique = schema([field('a', { constraints: { unique: true } })]);
  const one = caseOf(`a\n${Array.from({ length: 40_000 }, (_, row) => `key ${row}`).join('\n')}\n`, {
    spec: pipeline({ schema: unique, limits }),
  });
  const [kernel, typescript] = [await byKernel(one), await byTypeScript(one)];
  const { code, message } = typescript.error as { code: string; message: string };
  expect(kernel.error).toMatchObject({ code, message });
  expect(code).toBe('unique-budget-exceeded');
});

describe('limits', () => {
  const file = 'id,name,day\n1,"a""b",2024-01-01\n2\n\n3,ää"ä,2024-01-01,x\n4,abcdefg,\n5,"abc""def",\n6,"un';

  it.each([{ maxRows: 1 }, { maxRows: 5 }, { maxRows: 6 }, { maxRows: 7 }])('%j', async (limits) => {
    const limited = { ...spec, limits: { ...DEFAULT_LIMITS, ...limits } };
    for (let windowBytes = 4; windowBytes <= file.length; windowBytes += 3) {
      await agree(caseOf(file, { spec: limited, windowBytes }));
    }
    expect((await byKernel(caseOf(file, { spec: limited }))).error).toMatchObject(
      limits.maxRows < 6
        ? { code: 'too-many-rows', position: { record: limits.maxRows + 2 }, rowsRead: limits.maxRows }
        : { code: 'unclosed-quote', rowsRead: 6 },
    );
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 10])('cells of %d bytes at most', async (maxFieldBytes) => {
    for (const maxRows of [undefined, 3, 4]) {
      const limited = { ...spec, limits: { ...DEFAULT_LIMITS, maxFieldBytes, maxRows } };
      for (const windowBytes of [4, 9, 17, 33, 1000]) {
        await agree(caseOf(file, { spec: limited, windowBytes }));
      }
      await agree(caseOf(file.slice(0, -4), { spec: { ...limited, schema: undefined } }));
    }
  });

  it('of cells hold by what they are, not by how they are written', async () => {
    const limited = { ...pipeline(), limits: { ...DEFAULT_LIMITS, maxFieldBytes: 3 } };
    expect(await agree(caseOf('a,b\n"x""y",\nabc,"1,2"\n', { spec: limited }))).toBe(
      '_row,a,b\n2,"x""y",\n3,abc,"1,2"\n',
    );
  });

  it('of what a file inflates to are no matter of its records', async () => {
    const limited = { ...spec, limits: { ...DEFAULT_LIMITS, maxInflatedBytes: 1e6 } };
    expect(await agree(caseOf(gzipSync('id,name,day\n1,a,\n'), { spec: limited }))).toBe(
      '_row,id,name,day\n2,1,a,\n',
    );
  });
});

describe('what the kernel does not read', () => {
  const file = 'id,name,day\n1,a,2024-01-01\n2,"b\\"c",\n';
  const dialect = (parts: Partial<PipelineSpec['dialect']>) => ({
    ...spec,
    dialect: { ...DEFAULT_DIALECT, ...parts },
  });

  it.each<[string, PipelineSpec]>([
    ['a property that it does not know', dialect({ novel: 1 } as object)],
    ['a delimiter of two bytes', dialect({ delimiter: 'ä' })],
    ['a huge limit of records', { ...spec, limits: { ...spec.limits, maxRecordBytes: 1e9 } }],
    ['a huge budget', { ...spec, limits: { ...spec.limits, uniqueBudgetBytes: 1e10 } }],
    [
      'long texts for missing',
      { ...spec, schema: { ...spec.schema!, missingValues: ['not available at all'] } },
    ],
    [
      'rules that it does not know',
      { ...spec, schema: { ...spec.schema!, novel: [1] } as PipelineSpec['schema'] },
    ],
  ])('goes to the TypeScript engine: %s', async (_, other) => {
    await agree(caseOf(file, { spec: other }));
  });

  it('and it does where all that is peculiar is over when records begin', async () => {
    for (const parts of [{ skipLines: 1 }, { headerRows: [2] }, { detect: ['delimiter' as const] }]) {
      await agree(caseOf(`id,name,day\n${file}`, { spec: dialect(parts) }));
      await agree(caseOf(`id;name;day\n${file.replaceAll(',', ';')}`, { spec: dialect(parts) }));
    }
    const utf16 = Buffer.from(file.replace('a', 'ä'), 'utf16le');
    await agree(caseOf(utf16, { spec: dialect({ encoding: 'utf-16le' }) }));
  });

  it('and it does where comments stand between records', async () => {
    const comments = [
      'id,name,day\n1,a,\n#2,b\n3,c,\n',
      '#x\nid,name,day\r\n#"1,a,\r\n#\r\n1,"\n#a",\r\n2,#b,\r\n#\n3,"c"x,\r\n#end',
      'id,name,day\r1,a,\r#2\r\n3,c,\r#\r#\r4,"\r#d",\r#',
      `id,name,day\n${Array.from({ length: 30 }, (_, row) => `${row},a,\n#${row % 3 ? '' : '\n'}`).join('\n')}`,
    ];
    for (const text of comments) {
      for (let windowBytes = 4; windowBytes <= text.length + 1; windowBytes += 3) {
        await agree(caseOf(text, { spec: dialect({ commentChar: '#' }), windowBytes }));
      }
    }
    const many = `id,name,day\n${Array.from({ length: 9000 }, (_, row) => `${row},${'n'.repeat(row % 40)},\n${row % 2500 ? '' : '# note\n'}`).join('')}`;
    expect(
      (await agree(caseOf(many, { spec: dialect({ commentChar: '#' }) }))).split('\n').length,
    ).toBeGreaterThan(1000);
  });

  it('fails where a comment is longer than a record may be, however the text comes', async () => {
    const limited = {
      ...dialect({ commentChar: '#' }),
      schema: undefined,
      limits: { ...DEFAULT_LIMITS, maxRecordBytes: 60 },
    };
    for (const [text, record] of [
      [`a,b\n1,2\n3,4\n#${'x'.repeat(60)}\n5,6\n`, 4],
      [`#${'x'.repeat(60)}\na,b\n`, 1],
      [`a,b\n#${'x'.repeat(60)}`, 2],
    ] as const) {
      for (let windowBytes = 4; windowBytes < 100; windowBytes += 3) {
        const one = caseOf(text, { spec: limited, windowBytes, chunkBytes: windowBytes % 9 || 1000 });
        await agree(one);
        expect((await byKernel(one)).error).toMatchObject({ code: 'record-too-large', position: { record } });
        await agree({ ...one, file: Buffer.from(text.replace('xx', 'x')) });
      }
    }
  });

  it('goes there for replays and for thousands of columns as well', async () => {
    const replay = 'id,name,day,_row,_column,_code,_message\n1,a,2024-01-01,2,id,type-error,m\n';
    await agree(caseOf(replay, { sourceKey: `raw/a.csv.${JOB_ID}.rejects.csv` }));
    const names = Array.from({ length: 5000 }, (_, column) => `c${column}`);
    await agree(caseOf(`${names.join()}\n${names.join()}\n`, { spec: pipeline() }));
  });

  it('is read by it column by column where only a field is peculiar', async () => {
    const fields = [
      field('a', { constraints: { pattern: '[a-z]+' } }),
      field('b', { type: 'date', format: '%d %b %Y', constraints: { required: true } }),
      field('c', { type: 'integer', novel: true } as object),
      field('d', { constraints: { enum: Array.from({ length: 300 }, (_, word) => `word ${word}`) } }),
      field('e', { type: 'boolean' }),
    ];
    const rows =
      'a,b,c,d,e\nx,1 Jan 2024,1,word 7,true\nNA,1 Jan 2024,2,word 9,NA\n"x""",1 Jan 2024,3,word 1,\nX,,4,word,0\n';
    for (const primaryKey of [[], ['a']]) {
      for (const missingValues of [[''], ['', 'NA'], ['NA']]) {
        await agree(
          caseOf(`${rows},1 Jan 2024,5,,1\n`, {
            spec: pipeline({ schema: schema(fields, { primaryKey, missingValues }) }),
          }),
        );
      }
    }
  });
});

it('agrees where quotes have no meaning, and with quotes of another character', async () => {
  const file = `id,name,day\n1,"a,2024-01-01\n2,'b''c',2024-01-02\n"3",b",2024-01-03\n`;
  for (const quoteChar of [null, "'", '"']) {
    const dialect = { ...DEFAULT_DIALECT, quoteChar };
    await agree(caseOf(file, { spec: { ...spec, dialect } }));
  }
});

it('agrees on the columns of a file without header that begins with blank rows, however little is read at once', async () => {
  const dialect = { ...DEFAULT_DIALECT, header: false };
  const { schema: _, ...plain } = spec;
  for (const blanks of ['\n', '\n\r\n\n', '\n'.repeat(50)]) {
    const file = `${blanks}abcdef,abcdef`;
    for (let windowBytes = 4; windowBytes <= file.length; windowBytes += 3) {
      await agree(caseOf(file, { spec: { ...plain, dialect }, windowBytes }));
    }
  }
  // More blank bytes than a record may have: the columns are those of a blank row, in both.
  const limits = { ...spec.limits, maxRecordBytes: 20 };
  await agree(caseOf(`${'\n'.repeat(50)}a,b`, { spec: { ...plain, dialect, limits }, windowBytes: 8 }));
});

it.each([{ minLength: 2 ** 30 }, { minLength: 2 ** 32 + 1 }, { maxLength: 2 ** 32 + 1 }])(
  'agrees on lengths that no cell has: %j',
  async (constraints) => {
    const text = schema([field('text', { constraints })]);
    await agree(caseOf('text\na\nabcdef\n""\n\n', { spec: { ...spec, schema: text } }));
  },
);

it('agrees where values look like cells in quotes', async () => {
  const odd = schema([
    field('word', { constraints: { enum: ['"a"', 'b', '""', '"', "'5'"] } }),
    field('day', { type: 'date', format: '"%Y-%m-%d"' }),
    field('mail', { format: 'email' }),
    field('number', { type: 'integer', constraints: { minimum: '5' } }),
    field('text', { constraints: { minLength: 2, maxLength: 4, required: true } }),
  ]);
  const quoted = [
    '"a"',
    '""',
    '""""',
    '"""a"""',
    '"a@b"',
    '"""2024-01-01"""',
    '"5"',
    '"2024-01-01"',
    '"abcdef"',
    '"ab""c"',
  ];
  const plain = [
    'a',
    'b',
    'a@b',
    '2024-01-01',
    '4',
    '12345678',
    '123456789',
    '-5',
    '050',
    '040',
    'abcde',
    '',
    "'5'",
    "'a@b'",
  ];
  const cells = [...quoted, ...plain, "'''a'''", "''"];
  const rows = cells.flatMap((one) => cells.map((other) => `${one},${other},${one},${other},${one}\n`));
  for (const quoteChar of ['"', "'", '0', null]) {
    const dialect = { ...DEFAULT_DIALECT, quoteChar };
    const file = `word,day,mail,number,text\n${rows.join('')}`;
    await agree(caseOf(file, { spec: pipeline({ schema: odd, dialect }) }));
  }
});

it('leaves a column to the host whose missing values are longer than the words of the kernel', async () => {
  const long = 'n/a '.repeat(30);
  const table = schema([field('id'), field('note')], { missingValues: ['', long] });
  await agree(caseOf(`id,note\n1,${long}\n2,x\n`, { spec: pipeline({ schema: table }) }));
});

it.each<FieldType>([
  ...(['string', 'integer', 'number', 'boolean', 'date', 'time', 'datetime', 'year', 'yearmonth'] as const),
  ...(['duration', 'geopoint', 'geojson', 'object', 'array', 'list', 'any'] as const),
])('agrees on cells of type %s', async (type) => {
  const cells = ['1', '-1.50', 'true', '2024-02-29', '2024-02', '12:30:00', '2024-02-29T12:30:00Z', 'P1D'];
  const file = ['id,x', ...[...cells, '"1, 2"', '[1]', '{}', ''].map((cell, id) => `${id},${cell}`), ''].join(
    '\n',
  );
  for (const constraints of [{}, { required: true }]) {
    const table = schema([field('id'), field('x', { type, constraints })]);
    await agree(caseOf(file, { spec: pipeline({ schema: table }) }));
  }
});
