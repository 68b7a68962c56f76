import { byKernel, pipelineByKernel, pipelineByTypeScript } from './agreement';
import type { Case } from './arbitraries';
import { agree, singleCase } from './single-case';
import { DEFAULT_DIALECT, DEFAULT_LIMITS, type DialectSpec, type PipelineSpec } from '../../../src/engine';
import { BATCH_ROWS, cellText, RecordBatch } from '../../../src/engine/batch';
import { KernelBatch } from '../../../src/engine/kernel/kernel-batch';
import { KernelMemory } from '../../../src/engine/kernel/kernel-memory';
import { compileProgram, readsRecords, readsSource } from '../../../src/engine/kernel/program';
import { newKernel } from '../../../src/engine/kernel/wasm';
import { field, pipeline, schema } from '../in-memory';

const ESCAPES: Partial<DialectSpec> = { escapeChar: '\\', doubleQuote: false };
const NULLS: Partial<DialectSpec> = { ...ESCAPES, nullSequence: '\\N' };
const COMMENTS: Partial<DialectSpec> = { commentChar: '#' };
const BLANKS: Partial<DialectSpec> = { skipInitialSpace: true };
/** All at once, and not one of the usual characters. */
const ALL: Partial<DialectSpec> = {
  ...{ delimiter: ';', quoteChar: "'", doubleQuote: false, escapeChar: '!', commentChar: '%' },
  ...{ skipInitialSpace: true, nullSequence: 'null' },
};

function dialectOf(parts: Partial<DialectSpec>): DialectSpec {
  return { ...DEFAULT_DIALECT, ...parts };
}

function specOf(dialect: Partial<DialectSpec>, parts: Partial<PipelineSpec> = {}): PipelineSpec {
  return pipeline({
    schema: schema(
      [
        field('id', { type: 'integer', constraints: { unique: true } }),
        field('name', { constraints: { maxLength: 9 } }),
        field('day', { type: 'date' }),
      ],
      { uniqueKeys: [['name']] },
    ),
    dialect: dialectOf(dialect),
    ...parts,
  });
}

async function agreeHoweverItComes(one: Case): Promise<string> {
  for (let windowBytes = 4; windowBytes <= one.file.length + 1; windowBytes += 2) {
    await agree({ ...one, windowBytes, chunkBytes: windowBytes % 9 || 1000 });
  }
  return agree(one);
}

/** What the kernel makes of records of three cells by itself; undefined for those that it leaves to the host. */
function cellsOf(dialect: Partial<DialectSpec>, records: string): Array<readonly string[] | undefined> {
  const memory = new KernelMemory(newKernel()!);
  const { kernel } = memory;
  const program = compileProgram(
    memory,
    pipeline(),
    dialectOf(dialect),
    Array(3).fill(undefined),
    BATCH_ROWS,
  );
  const at = memory.store(Buffer.from(records));
  const count = kernel.tokenize(program.address, at, at + Buffer.byteLength(records));
  kernel.check(program.address, count);
  const batch = new KernelBatch(memory, program);
  batch.rows = count;
  const cells = new RecordBatch();
  for (let column = 0; column < 3; column++) batch.fetchColumn(column, cells);
  return Array.from(memory.words(kernel.ROW_DOUBTS.value, count), (doubts, row) =>
    doubts === 0 ? cells.columns.map((column) => cellText(column, row)) : undefined,
  );
}

describe('the kernel reads by itself', () => {
  const last = ['1', '2', '3'];

  it.each<[string, Partial<DialectSpec>, string, ReadonlyArray<readonly string[]>]>([
    [
      'escapes',
      ESCAPES,
      'a\\,b,c\\d,\\\\\n"x\\\ny",\\\nz,"\\\\"\n1,2,3\n',
      [['a,b', 'cd', '\\'], ['x\ny', '\nz', '\\'], last],
    ],
    ['text behind quotes', {}, '"a"b,"c" ,\n1,2,3\n', [['ab', 'c ', ''], last]],
    [
      'comments',
      COMMENTS,
      '#"a,b\n4,5,6\r\n#\r\n#x\r7,#8,9\n1,2,3\n#end\n',
      [['4', '5', '6'], ['7', '#8', '9'], last],
    ],
    ['blanks before cells', BLANKS, ' a, "b,c",  \n1,2, 3\n', [['a', 'b,c', ''], last]],
    ['blanks between cells', { ...BLANKS, delimiter: ' ' }, 'a "b c" d\n1 2 3\n', [['a', 'b c', 'd'], last]],
    ['texts for no value', NULLS, '\\N,a,"\\N"\n1,2,3\nN,b,\\N\n', [['', 'a', 'N'], last, ['N', 'b', '']]],
    [
      'and such texts in quotes',
      { nullSequence: 'NULL' },
      '"NULL",NULL,NULLS\n1,2,3\n',
      [['', '', 'NULLS'], last],
    ],
    [
      'all of that',
      ALL,
      "%'\n'a!;b';  null; c!;d\n 1 ;'2';!!\n1;2;3\n",
      [['a;b', '', 'c;d'], ['1 ', '2', '!'], last],
    ],
    [
      'escapes without quotes',
      { ...ESCAPES, quoteChar: null },
      'a,"b,\\c\n1,2,3\n',
      [['a', '"b', 'c'], last],
    ],
  ])('%s', (_, dialect, records, rows) => {
    expect(cellsOf(dialect, records)).toEqual(rows);
  });

  it('but no record in which nothing stands, and none that cannot be written plainly', () => {
    expect(cellsOf(NULLS, '\\N,\\N,\\N\n1,2,3\n')).toEqual([undefined, last]);
    expect(cellsOf({ ...ESCAPES, quoteChar: null }, 'a,b\\,c,d\n1,2,3\n')).toEqual([undefined, last]);
    expect(cellsOf({ quoteChar: "'" }, "a'b,c,d\n1,2,3\n")).toEqual([undefined, last]);
  });
});

describe('the kernel agrees with the TypeScript engine', () => {
  it.each<[string, Partial<DialectSpec>, string]>([
    [
      'escapes',
      ESCAPES,
      'id,name,day\r\n1,"a\\"b\r\n\\\\",2024-01-01\r\n2,c\\,d,\\\r\r\n\\3,"e"f\\"g,"2024-01-01"\r\n\\',
    ],
    ['stray quotes', {}, 'id,name,day\n1,5" x,2024-01-01\n2,"a"b"c,\n"3"",d"e,2024-02-30\n4,"f"" ""g" h,\n'],
    [
      'undoubled quotes',
      { doubleQuote: false },
      'id,name,day\n1,"a""b",\n2,"c""\n3,"d",""\n4,e"","2024-01-01"\n',
    ],
    ['comments', COMMENTS, 'id,name,day\n#"\n1,a,\n#,\r\n\r\n"#2",b,\n#3"\n4,"\n#c",\n#'],
    [
      'blanks',
      BLANKS,
      'id, name, day\n1,  a, 2024-01-01\n 2, "b, ""c""",  ""\n  ,,\n   \n3 ," d" ,\n 4,"e\n f",\n',
    ],
    ['texts for no value', NULLS, 'id,name,day\n1,\\N,\\N\n\\N,a,"\\N"\n\\N,\\N,\\N\n2,\\\\N,b\\N\n3,c,\\N'],
    ['all of that', ALL, "id; name; day\n%'\n1; 'a!'b''; null\n 2;!n;'2024-01-01\n%'\n3;'null' ;!;\n"],
  ])('however a text with %s comes', async (_, dialect, text) => {
    const one = singleCase(text, { spec: specOf(dialect) });
    expect(await agreeHoweverItComes(one)).not.toBe('');
    await agree({ ...one, spec: { ...one.spec, schema: undefined } });
  });

  it.each([
    ['NA', 'n/a', '-'],
    ['NA', 'as long as they come, and longer'],
    // No table holds both of these.
    ['\u0005\0\0\0a', '\0\0\0\0`'],
    ['"', '1', 'NA"'],
  ])('where cells are missing: %j', async (...texts) => {
    for (const missingValues of [['', ...texts], texts]) {
      for (const nullSequence of [undefined, 'N']) {
        const spec = specOf({ nullSequence });
        const rows = [...texts, 'N', ''].flatMap((text, row) => [
          `${row},${text},`,
          `${row + 50},"${text.replaceAll('"', '""')}",${text}`,
          `${text},x${row},`,
        ]);
        const one = singleCase(`id,name,day\n${rows.join('\n')}\n`, { spec });
        await agree({ ...one, spec: { ...spec, schema: { ...spec.schema!, missingValues } } });
        await agree({
          ...one,
          spec: { ...spec, schema: { ...spec.schema!, missingValues, primaryKey: ['id'], uniqueKeys: [] } },
        });
      }
    }
  });

  it('where cells are missing that are not empty, and empty ones are values', async () => {
    const fields = [field('id', { type: 'integer' }), field('name')];
    const spec = pipeline({ schema: schema(fields, { missingValues: ['NA'] }) });
    expect(await agree(singleCase('id,name\nNA,x\n1,NA\n2,\n,z\n', { spec }))).toBe(
      '_row,id,name\n2,,x\n3,1,\n4,2,\n',
    );
  });

  it('where a record with a missing cell is read again for another one', async () => {
    const missing = { missingValues: ['', 'NA'] };
    const fields = [field('id', { type: 'integer' }), field('name'), field('note')];
    const upper = { type: 'change-case', column: 'name', to: 'upper' } as const;
    const cases: Array<[string, Partial<PipelineSpec>, string]> = [
      ['1,ä,NA', { schema: schema(fields, missing), transforms: [upper] }, '1,Ä,'],
      [
        '1,ä,NA',
        {
          schema: schema(fields, missing),
          transforms: [upper, { type: 'filter', expression: 'isNull(note)' }],
        },
        '1,Ä,',
      ],
      [
        '1,ä,NA',
        {
          schema: schema(fields, missing),
          transforms: [upper, { type: 'cast', column: 'note', to: 'integer' }],
        },
        '1,Ä,',
      ],
      ['+1,b,NA', { schema: schema(fields, { ...missing, primaryKey: ['id'] }) }, '+1,b,'],
      [
        '1,"a""b",NA',
        {
          schema: schema(
            [fields[0], field('name', { constraints: { pattern: '[ab"]+' } }), fields[2]],
            missing,
          ),
        },
        '1,"a""b",',
      ],
    ];
    for (const [record, parts, output] of cases) {
      const one = singleCase(`id,name,note\n${record}\n`, { spec: pipeline(parts) });
      await agree(one);
      const kernel = await pipelineByKernel(one);
      expect(kernel).toEqual(await pipelineByTypeScript(one));
      expect(kernel.output.split('\n')[1]).toBe(output);
    }
  });

  it('where there are more columns than bits in a word', async () => {
    const names = Array.from({ length: 70 }, (_, index) => `c${index}`);
    const fields = names.map((name, index) => field(name, { type: index % 3 ? 'integer' : 'string' }));
    const cell = (row: number, index: number) => ['NA', '7', '"7', 'x"', '+1'][(row * 7 + index * 3) % 5];
    const rows = Array.from({ length: 60 }, (_, row) =>
      names.map((__, index) => ((row + index) % 11 ? `${index}` : cell(row, index))).join(),
    );
    const spec = pipeline({
      schema: schema(fields, { missingValues: ['', 'NA'], primaryKey: ['c1', 'c40'] }),
    });
    await agree(singleCase(`${names.join()}\n${rows.join('\n')}\n`, { spec }));
  });

  it('where what is found out of a file is a character that means something', async () => {
    const detect = ['delimiter', 'quoteChar'] as const;
    for (const dialect of [
      { ...ESCAPES, escapeChar: '|', detect },
      { commentChar: ';', detect },
      { commentChar: "'", detect },
    ]) {
      const spec = { ...specOf({ ...dialect, detect: [...detect] }), schema: undefined };
      for (const text of ['a|b|c\n1|2|\n3|4|5\n6|7|8\n', "a;b\n'c';'d'\n'e';'f'\n"]) {
        await agree(singleCase(text, { spec }));
      }
    }
  });

  it('where more records are written oddly than there is room for', async () => {
    const name = 'x'.repeat(900);
    const rows = Array.from({ length: 3000 }, (_, row) => `${row},${name}"${row},`);
    const spec = { ...specOf({}), schema: undefined };
    const output = await agree(
      singleCase(['id,name,day', ...rows, ''].join('\n'), { spec, windowBytes: 8e6 }),
    );
    expect(output.split('\n')).toHaveLength(3002);
    const some = cellsOf(
      {},
      `${Array(1000)
        .fill(`1,${'x'.repeat(1300)}",3\n`)
        .join('')}`,
    );
    expect(some.filter((cells) => cells === undefined).length).toBeGreaterThan(100);
    const missing = cellsOf(
      { nullSequence: 'x' },
      `${Array(1000)
        .fill(`1,${'x'.repeat(1300)},x\n`)
        .join('')}`,
    );
    expect(missing.filter((cells) => cells === undefined).length).toBeGreaterThan(100);
  });

  it('where cells are held to a limit that the text for no value is beyond', async () => {
    const limits = { ...DEFAULT_LIMITS, maxFieldBytes: 4 };
    const spec = specOf({ nullSequence: 'nothing' }, { limits });
    const one = singleCase('id,name,day\n1,a,\n2,nothing,\n', { spec });
    await agree(one);
    expect((await byKernel(one)).error).toMatchObject({ code: 'field-too-large' });
  });
});

describe('the TypeScript engine reads', () => {
  it.each<[string, Partial<DialectSpec>]>([
    ['a text for no value with quotes', { nullSequence: '"' }],
    ['a long text for no value', { nullSequence: 'x'.repeat(2000) }],
    ['other characters than those of ASCII', { delimiter: 'ä' }],
    ['letters as quotes', { quoteChar: 'q' }],
  ])('%s', async (_, dialect) => {
    const spec = specOf(dialect);
    expect(readsSource(spec) && readsRecords(spec.dialect, 3)).toBe(false);
    await agree(singleCase('id,name,day\n1,a,\n"2""",b,""\nq3,xq,\n', { spec }));
  });
});
