import type { DialectSpec, PipelineError } from '../../../src/engine';
import { DEFAULT_DIALECT, DEFAULT_LIMITS, csvEngine } from '../../../src/engine';
import { bytes, field, MemorySink, pipeline, schema, validated } from '../in-memory';

const written = (dialect: Partial<DialectSpec>) => pipeline({ dialect: { ...DEFAULT_DIALECT, ...dialect } });

/** The output of a text in pieces of every size, which must all give the same. */
async function passedOn(text: string, dialect: Partial<DialectSpec>): Promise<string> {
  const { output } = await validated(text, written(dialect));
  for (let size = 1; size <= text.length; size++) {
    expect((await validated(text, written(dialect), 'raw/a.csv', size)).output).toBe(output);
  }
  return output;
}

describe('what stands before the data', () => {
  it.each<[string, string, Partial<DialectSpec>, string]>([
    ['lines that are no records', 'Report "x\r\n\r\na,b\r\n1,2\r\n', { skipLines: 2 }, '_row,a,b\n2,1,2\n'],
    ['lines that end in CR alone', 'x\ry\ra\r1\r', { skipLines: 2 }, '_row,a\n2,1\n'],
    [
      'lines of a file without header',
      'x\n1,2\n',
      { skipLines: 1, header: false },
      '_row,field1,field2\n1,1,2\n',
    ],
    ['no line at all', 'a\n1\n', { skipLines: 0 }, '_row,a\n2,1\n'],
    [
      'a header of two records, joined',
      'first,,last\nname,age,name\nA,1,B\n',
      { headerRows: [1, 2] },
      '_row,first name,age,last name\n3,A,1,B\n',
    ],
    [
      'a header joined by another text, of records of other widths',
      'a,b\nx,y,z\n1,2,3\n',
      { headerRows: [1, 2], headerJoin: '/' },
      '_row,a/x,b/y,z\n3,1,2,3\n',
    ],
    ['a header that is not the first record', 't,i\n\na,b\n1,2\n', { headerRows: [3] }, '_row,a,b\n4,1,2\n'],
    [
      'a header of records that lie apart',
      'a,b\n--,--\nx,y\n1,2\n',
      { headerRows: [1, 3] },
      '_row,a x,b y\n4,1,2\n',
    ],
    [
      'names that the dialect gives',
      '1,2\n',
      { header: false, columnNames: ['x', 'y'] },
      '_row,x,y\n1,1,2\n',
    ],
  ])('may be %s', async (_what, text, dialect, expected) => {
    expect(await passedOn(text, dialect)).toBe(expected);
  });

  it('is not the whole file', async () => {
    for (const dialect of [{ skipLines: 3 }, { headerRows: [2] }, { skipLines: 3, header: false }]) {
      await expect(validated('a,b\n', written(dialect))).rejects.toMatchObject({ code: 'empty-file' });
    }
  });

  it('gives names that the schema has to know', async () => {
    const named = pipeline({
      dialect: { ...DEFAULT_DIALECT, header: false, columnNames: ['b', 'a'] },
      schema: schema([field('a', { type: 'integer' }), field('b')], { fieldsMatch: 'equal' }),
    });
    expect((await validated('x,1\ny,z\n', named)).rejects).toContain('2,a,type-error');
    const unnamed = { ...named, dialect: { ...named.dialect, columnNames: ['a'] } };
    await expect(validated('1\n', unnamed)).rejects.toMatchObject({ code: 'missing-label' });
  });

  it('does not count among the rows that were read before an error', async () => {
    const run = validated('a\nb\n1\n2\n"3\n', written({ headerRows: [1, 2] }));
    await expect(run).rejects.toMatchObject({ code: 'unclosed-quote', rowsRead: 2 });
  });
});

describe('a null sequence', () => {
  const dialect = {
    ...DEFAULT_DIALECT,
    delimiter: '\t',
    escapeChar: '\\',
    doubleQuote: false,
    nullSequence: '\\N',
  };
  const text = 'a\tb\n\\N\t1\nN\t\\N\nx\ty\n';

  it('is no value, with a schema and without one', async () => {
    expect((await validated(text, pipeline({ dialect }))).output).toBe('_row,a,b\n2,,1\n3,N,\n4,x,y\n');
    const fields = [field('a', { constraints: { required: true } }), field('b', { type: 'integer' })];
    const spec = pipeline({ dialect, schema: schema(fields) });
    const { output, rejects } = await validated(text, spec);
    expect(output).toBe('_row,a,b\n3,N,\n');
    expect(rejects).toContain('2,a,constraint-error,a: constraint-error: a value is required');
    const merged = new MemorySink();
    await csvEngine.mergeRejects({
      spec,
      sourceKey: 'raw/a.csv',
      source: bytes(text),
      rejects: [bytes(rejects)],
      output: merged,
    });
    expect(merged.text).toContain('\n\\N,1,2,a,');
  });
});

describe('limits of size', () => {
  const limited = (limits: object) => pipeline({ limits: { ...DEFAULT_LIMITS, ...limits } });

  it('hold of columns', async () => {
    expect((await validated('a,b\n', limited({ maxColumns: 2 }))).header).toEqual(['a', 'b']);
    await expect(validated('a,b,c\n', limited({ maxColumns: 2 }))).rejects.toMatchObject({
      code: 'too-many-columns',
      message: 'the header has 3 columns, and a file can have 2',
      position: { record: 1 },
    });
    const wide = `${Array.from({ length: 16_385 }, (_, index) => `c${index}`).join()}\n`;
    await expect(validated(wide)).rejects.toMatchObject({ code: 'too-many-columns' });
  });

  it('hold of rows, whatever becomes of them', async () => {
    const text = `a\n${'\n'.repeat(1500)}`;
    expect((await validated(text, limited({ maxRows: 1500 }))).counts.rowsRead).toBe(1500);
    await expect(validated(text, limited({ maxRows: 1200 }))).rejects.toMatchObject({
      code: 'too-many-rows',
      message: 'the file has more than 1200 rows',
      position: { record: 1202 },
    });
  });

  it('hold of cells', async () => {
    const limits = limited({ maxFieldBytes: 4 });
    expect((await validated('a,b\n1,"a""b"\n2,ää\n', limits)).counts.rowsWritten).toBe(2);
    await expect(validated('a,b\n1,ääa\n', limits)).rejects.toMatchObject({
      code: 'field-too-large',
      message: 'record 2 has more than 4 bytes in cell 2',
      position: { record: 2, cell: 2, column: 'b' },
    });
  });

  it('fail a file at the first record beyond one of them, however many are read at once', async () => {
    const text = 'a,b\n1,2\n3,long\nlonger,4\n5,6\n7,"';
    const failure = async (limits: object, size: number) =>
      validated(text, limited(limits), 'raw/a.csv', size).catch((error: PipelineError) => error);
    for (let size = 1; size <= text.length; size++) {
      expect(await failure({ maxFieldBytes: 3 }, size)).toMatchObject({
        position: { record: 3 },
        rowsRead: 1,
      });
      expect(await failure({ maxFieldBytes: 3, maxRows: 1 }, size)).toMatchObject({
        code: 'too-many-rows',
        rowsRead: 1,
      });
      expect(await failure({ maxFieldBytes: 4, maxRows: 2 }, size)).toMatchObject({
        code: 'too-many-rows',
        rowsRead: 2,
      });
      expect(await failure({ maxFieldBytes: 4, maxRows: 3 }, size)).toMatchObject({
        code: 'field-too-large',
        rowsRead: 2,
      });
      expect(await failure({ maxRows: 4 }, size)).toMatchObject({ code: 'unclosed-quote', rowsRead: 4 });
    }
  });

  it('hold of the rejects that are kept, and all are counted', async () => {
    const spec = limited({ maxRejectsKept: 2 });
    const text = 'a\n\n\n\n1\n\n';
    const { rejects } = await validated(text, spec);
    const output = new MemorySink();
    const run = { spec, sourceKey: 'raw/a.csv', source: bytes(text), rejects: [bytes(rejects)], output };
    expect(await csvEngine.mergeRejects(run)).toEqual({ rows: 4, rowsKept: 2, rowsOfSteps: [4] });
    expect(output.text.split('\n')).toHaveLength(4);
  });
});
