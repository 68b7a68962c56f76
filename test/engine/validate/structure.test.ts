import { csvEngine, DEFAULT_DIALECT } from '../../../src/engine';
import { bytes, field, MemorySink, pipeline, schema, validated } from '../in-memory';

describe('the shape of records', () => {
  it('passes rows on unchanged without a schema, and rejects those of another shape', async () => {
    const text = 'a,b\n1,"x, y"\n\n2\n3,4,5\n,\n"",""\n6,7\n';
    expect(await validated(text)).toEqual({
      header: ['a', 'b'],
      counts: { rowsRead: 7, rowsWritten: 2, rowsRejected: 5, rowsFiltered: 0 },
      output: '_row,a,b\n2,1,"x, y"\n8,6,7\n',
      rejects:
        '_row,_column,_code,_message\n' +
        '3,,blank-row,blank-row: the record has no values\n' +
        '4,b,missing-cell,"b: missing-cell: the record has 1 cells, the header has 2"\n' +
        '5,,extra-cell,"extra-cell: the record has 3 cells, the header has 2"\n' +
        '6,,blank-row,blank-row: the record has no values\n' +
        '7,,blank-row,blank-row: the record has no values\n',
    });
  });

  it('tells an empty line from an empty quoted cell where there is one column', async () => {
    expect(await validated('a\n\n""\nx\n')).toMatchObject({
      output: '_row,a\n3,\n4,x\n',
      rejects: '_row,_column,_code,_message\n2,,blank-row,blank-row: the record has no values\n',
    });
  });

  it.each([
    ['""', 'missing-cell'],
    ['"",""', 'blank-row'],
    [',""', 'blank-row'],
    ['"","",""', 'blank-row'],
    ['"","","",""', 'extra-cell'],
    ['"","","",x', 'extra-cell'],
  ])('judges the empty cells %s under a header of three columns: %s', async (record, code) => {
    const { rejects } = await validated(`a,b,c\n${record}\n`);
    expect(rejects).toMatch(new RegExp(`^_row,_column,_code,_message\n2,[b]?,${code},`));
  });

  it('does not take a record for blank whose cells are texts that count as missing', async () => {
    const spec = pipeline({ schema: schema([field('a'), field('b')], { missingValues: ['', 'NA'] }) });
    expect((await validated('a,b\nNA,NA\n', spec)).counts).toMatchObject({ rowsWritten: 1, rowsRejected: 0 });
  });

  it('does not look into the cells of a record whose shape is wrong', async () => {
    const spec = pipeline({
      schema: schema([field('a', { type: 'integer' }), field('b', { type: 'integer' })]),
    });
    const { rejects } = await validated('a,b\nx\ny,z,1\n', spec);
    expect(rejects).not.toContain('type-error');
  });

  it('tells the cells of each record, however many widths there are', async () => {
    const rows = Array.from({ length: 1100 }, (_, row) => `x${','.repeat(row + 2)}`);
    const { rejects } = await validated(`a,b\n${rows.join('\n')}\n`);
    expect(rejects.split('\n').at(-2)).toBe(
      '1101,,extra-cell,"extra-cell: the record has 1102 cells, the header has 2"',
    );
  });

  it('writes a header and touches no rejects where there is only a header', async () => {
    expect(await validated('a,b\n')).toEqual({
      header: ['a', 'b'],
      counts: { rowsRead: 0, rowsWritten: 0, rowsRejected: 0, rowsFiltered: 0 },
      output: '_row,a,b\n',
      rejects: '',
    });
  });

  it('lets go of the source, also where the file is refused', async () => {
    for (const text of ['a\n1\n', 'a,a\n1,2\n'.repeat(200_000)]) {
      let closed = false;
      async function* source(): AsyncGenerator<Uint8Array> {
        try {
          yield* bytes(text, 1000);
        } finally {
          closed = true;
        }
      }
      const run = { spec: pipeline(), sourceKey: 'raw/a.csv', input: source() };
      const sinks = { output: new MemorySink(), rejects: new MemorySink() };
      await csvEngine.validate({ ...run, ...sinks }).catch((error: Error) => error);
      expect(closed).toBe(true);
    }
  });

  it('reads the dialect of the source, and writes its own', async () => {
    const spec = pipeline({ dialect: { ...DEFAULT_DIALECT, delimiter: ';' } });
    expect((await validated('a;b\n1,5;"x;y"\n', spec)).output).toBe('_row,a,b\n2,"1,5",x;y\n');
  });
});

describe('the rows that an error says were read before it', () => {
  const headless = pipeline({ dialect: { ...DEFAULT_DIALECT, header: false } });
  const unique = schema([field('a', { constraints: { unique: true } })]);
  const tight = pipeline({ schema: unique, limits: { ...pipeline().limits, uniqueBudgetBytes: 1 } });

  it.each([
    ['behind a header', pipeline(), 'a\n1\n2\n"3\n', 2],
    ['without a header', headless, '1\n2\n"3\n', 2],
    ['in the header', pipeline(), 'a,a\n1,2\n', 0],
    ['of a file as a whole', tight, `a\n${'x\n'.repeat(10)}`, 10],
    ['of an empty file', pipeline(), '', 0],
  ])('are those before it: %s', async (_where, spec, text, rowsRead) => {
    await expect(validated(text, spec)).rejects.toMatchObject({ rowsRead });
  });

  it('are not told by an error of the source of bytes', async () => {
    async function* lost(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a\n');
      throw new Error('the connection was lost');
    }
    const sinks = { output: new MemorySink(), rejects: new MemorySink() };
    const run = csvEngine.validate({ spec: pipeline(), sourceKey: 'raw/a.csv', input: lost(), ...sinks });
    await expect(run).rejects.toEqual(new Error('the connection was lost'));
  });
});
