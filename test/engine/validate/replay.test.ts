import { csvEngine, DEFAULT_DIALECT, type PipelineSpec } from '../../../src/engine';
import { bytes, field, JOB_ID, MemorySink, pipeline, schema, validated } from '../in-memory';

const REJECTS_KEY = `raw/in/orders.${JOB_ID}.rejects.csv`;
const SPEC = pipeline({
  schema: schema([field('id', { type: 'integer' }), field('name', { constraints: { required: true } })]),
});

/** The rejects file that a source leads to. */
async function rejectsFile(
  text: string,
  spec: PipelineSpec = SPEC,
  sourceKey = 'raw/in/orders.csv',
): Promise<string> {
  const { rejects } = await validated(text, spec, sourceKey);
  const output = new MemorySink();
  await csvEngine.mergeRejects({ spec, sourceKey, source: bytes(text), rejects: [bytes(rejects)], output });
  return output.text;
}

describe('a rejects file dropped back', () => {
  it('has the source columns first, then why, then the surplus cells', async () => {
    expect(await rejectsFile('id,name\n1,a\nx,\n\n3\n4,"d,d",e,"f""f"\n')).toBe(
      'id,name,_row,_column,_code,_message\n' +
        'x,,3,id,type-error,id: type-error: expected an integer; name: constraint-error: a value is required\n' +
        ',,4,,blank-row,blank-row: the record has no values\n' +
        '3,,5,name,missing-cell,"name: missing-cell: the record has 1 cells, the header has 2"\n' +
        '4,"d,d",6,,extra-cell,"extra-cell: the record has 4 cells, the header has 2",e,"f""f"\n',
    );
  });

  it('is read as its own columns once it is corrected', async () => {
    const file = (await rejectsFile('id,name\n1,a\nx,b\n')).replace('x,b', '2,b');
    for (const id of [JOB_ID, `${JOB_ID}-12`]) {
      expect(await validated(file, SPEC, `raw/in/orders.${id}.rejects.csv`)).toMatchObject({
        header: ['id', 'name'],
        output: '_row,id,name\n2,2,b\n',
        rejects: '',
      });
    }
  });

  it('is rejected for the same reasons where nothing was corrected', async () => {
    const once = await rejectsFile('id,name\nx,b\n\n4,d,e,f\n');
    const twice = await rejectsFile(once, SPEC, REJECTS_KEY);
    const reasons = (file: string) => file.split('\n').map((line) => line.replace(/,\d+,/, ','));
    expect(reasons(twice)).toEqual(reasons(once));
  });

  it('takes a row whose explanation was cut off', async () => {
    const file = 'id,name,_row,_column,_code,_message\n1,a\n2,b,3,id\n3\n';
    expect(await validated(file, SPEC, REJECTS_KEY)).toMatchObject({
      output: '_row,id,name\n2,1,a\n3,2,b\n',
      rejects: expect.stringContaining('4,name,missing-cell'),
    });
  });

  it('has a header and commas, whatever the source had', async () => {
    const spec = pipeline({ ...SPEC, dialect: { ...DEFAULT_DIALECT, header: false, delimiter: ';' } });
    const file = await rejectsFile('1;a\nx;b,c\n', spec);
    expect(file).toBe(
      'id,name,_row,_column,_code,_message\nx,"b,c",2,id,type-error,id: type-error: expected an integer\n',
    );
    expect(await validated(file.replace('x,', '2,'), spec, REJECTS_KEY)).toMatchObject({
      output: '_row,id,name\n2,2,"b,c"\n',
      rejects: '',
    });
  });

  it('may have been saved with the delimiter of the source', async () => {
    const spec = pipeline({ ...SPEC, dialect: { ...DEFAULT_DIALECT, header: false, delimiter: ';' } });
    const file = 'id;name;_row;_column;_code;_message\n2;b;7;id;type-error;x\n';
    expect((await validated(file, spec, REJECTS_KEY)).output).toBe('_row,id,name\n2,2,b\n');
  });

  it.each([
    ['raw/in/orders.csv', 'id,name,_row,_column,_code,_message\n', 'reserved-label'],
    [
      `raw/in/orders.${JOB_ID.slice(1)}.rejects.csv`,
      'id,name,_row,_column,_code,_message\n',
      'reserved-label',
    ],
    [REJECTS_KEY, 'id,name,_column,_row,_code,_message\n', 'reserved-label'],
    [REJECTS_KEY, '_row,_column,_code,_message\n', 'reserved-label'],
    [REJECTS_KEY, '', 'empty-file'],
  ])('is none at %s with %j', async (key, text, code) => {
    await expect(validated(text, SPEC, key)).rejects.toMatchObject({ code });
  });

  it('is an ordinary source where only its name is that of a rejects file', async () => {
    expect((await validated('id,name\n1,a\n', SPEC, REJECTS_KEY)).output).toBe('_row,id,name\n2,1,a\n');
  });
});
