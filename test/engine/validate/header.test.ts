import { DEFAULT_DIALECT, type FieldsMatch, type PipelineSpec } from '../../../src/engine';
import { field, pipeline, schema, validated } from '../in-memory';

const ID = field('id', { type: 'integer' });
const NAME = field('name');
const TOTAL = field('total', { type: 'number', constraints: { required: true } });

function matching(fieldsMatch: FieldsMatch): PipelineSpec {
  return pipeline({ schema: schema([ID, NAME, TOTAL], { fieldsMatch }) });
}

describe('labels', () => {
  it.each([
    ['id,,total\n', 'blank-label', 'column 2 of the header has no name'],
    ['id,"  "\n', 'blank-label', 'column 2 of the header has no name'],
    ['\n1,2\n', 'blank-label', 'column 1 of the header has no name'],
    ['id,name,id\n', 'duplicate-label', 'columns 1 and 3 of the header have the same name'],
    ['id,_row\n', 'reserved-label', 'column 2 of the header is named _row, which the pipeline adds itself'],
    [
      '_message\n',
      'reserved-label',
      'column 1 of the header is named _message, which the pipeline adds itself',
    ],
  ])('refuses the header %j', async (text, code, message) => {
    const run = validated(text);
    await expect(run).rejects.toMatchObject({ name: code, position: { record: 1 } });
    await expect(run).rejects.toThrow(message);
  });

  it('says that only a rejects file under its own name may have the columns of one', async () => {
    const text = 'id,_row,_column,_code,_message\n1,2,id,type-error,x\n';
    await expect(validated(text)).rejects.toThrow(
      'only a rejects file under its own name may have the columns',
    );
  });

  it('refuses a schema without header whose fields are reserved', async () => {
    const spec = pipeline({
      schema: schema([field('_row')]),
      dialect: { ...DEFAULT_DIALECT, header: false },
    });
    await expect(validated('1\n', spec)).rejects.toMatchObject({ code: 'reserved-label' });
  });
});

describe('fieldsMatch', () => {
  const lacksTotal = 'the header lacks the field "total"';
  const lacksTwo = 'the header lacks the fields "name", "total"';

  it.each<[FieldsMatch, string, string | undefined, string]>([
    ['exact', 'id,name,total', undefined, ''],
    ['exact', 'id,name', 'missing-label', lacksTotal],
    ['exact', 'id', 'missing-label', lacksTwo],
    ['exact', 'id,name,totals', 'missing-label', `${lacksTotal}; its column 3 is no field of the schema`],
    ['exact', 'id,x,y', 'missing-label', `${lacksTwo}; its columns 2, 3 are no fields of the schema`],
    [
      'exact',
      'id,name,x,total',
      'extra-label',
      'the header is wrong; its column 3 is no field of the schema',
    ],
    [
      'exact',
      'id,total,name',
      'incorrect-label',
      'the header is not in the order of the schema: column 2 should be "name", which is column 3',
    ],
    ['equal', 'total,id,name', undefined, ''],
    ['equal', 'total,id', 'missing-label', 'the header lacks the field "name"'],
    [
      'equal',
      'total,id,name,x',
      'extra-label',
      'the header is wrong; its column 4 is no field of the schema',
    ],
    ['subset', 'x,total,id,name,y', undefined, ''],
    ['subset', 'id,name,x', 'missing-label', `${lacksTotal}; its column 3 is no field of the schema`],
    ['superset', 'total,id', undefined, ''],
    ['superset', 'total,x', 'extra-label', 'the header is wrong; its column 2 is no field of the schema'],
    ['superset', 'id,name', 'missing-label', lacksTotal],
    ['partial', 'x,total', undefined, ''],
    ['partial', 'x,name', 'missing-label', `${lacksTotal}; its column 1 is no field of the schema`],
  ])('%s: %s', async (mode, header, code, message) => {
    const run = validated(`${header}\n`, matching(mode));
    if (code === undefined) await expect(run).resolves.toMatchObject({ header: header.split(',') });
    else await expect(run).rejects.toMatchObject({ code, message });
  });

  it('partial: a header with none of the fields', async () => {
    const spec = pipeline({ schema: schema([ID, NAME], { fieldsMatch: 'partial' }) });
    await expect(validated('x,y\n', spec)).rejects.toMatchObject({
      code: 'missing-label',
      message: 'the header has none of the fields of the schema',
    });
  });

  it('needs the primary key in every mode', async () => {
    const spec = pipeline({ schema: schema([ID, NAME], { fieldsMatch: 'superset', primaryKey: ['id'] }) });
    await expect(validated('name\n', spec)).rejects.toMatchObject({
      code: 'missing-label',
      message: 'the header lacks the field "id"',
    });
  });

  it('checks the columns that have a field, in whatever place, and passes on the others', async () => {
    const { output, rejects } = await validated('x,total,id\na,1.5,1\nb,c,2\nd,3,e\n', matching('partial'));
    expect(output).toBe('_row,x,total,id\n2,a,1.5,1\n');
    expect(rejects).toBe(
      '_row,_column,_code,_message\n' +
        '3,total,type-error,total: type-error: expected a number\n' +
        '4,id,type-error,id: type-error: expected an integer\n',
    );
  });

  it('never shows what stands in a header that may be data', async () => {
    for (const mode of ['exact', 'equal', 'superset', 'partial'] as const) {
      await expect(validated('canary,4111111111111111\n', matching(mode))).rejects.toThrow(
        expect.objectContaining({ message: expect.not.stringMatching(/canary|4111/) }),
      );
    }
  });
});

describe('files without header', () => {
  const headerless = { ...DEFAULT_DIALECT, header: false };

  it('names columns by the schema, whatever its fieldsMatch', async () => {
    const spec = pipeline({ dialect: headerless, schema: schema([ID, NAME], { fieldsMatch: 'partial' }) });
    const { output, rejects } = await validated('1,a\n2\n3,c,x\n', spec);
    expect(output).toBe('_row,id,name\n1,1,a\n');
    expect(rejects).toContain('2,name,missing-cell');
    expect(rejects).toContain('3,,extra-cell');
  });

  it('names columns field1, field2, ... without a schema', async () => {
    expect(await validated('a,b\nc,d\n', pipeline({ dialect: headerless }))).toMatchObject({
      header: ['field1', 'field2'],
      output: '_row,field1,field2\n1,a,b\n2,c,d\n',
    });
  });

  it('counts columns in the first record that is not blank', async () => {
    expect(await validated('\n\na,b\n', pipeline({ dialect: headerless }))).toMatchObject({
      output: '_row,field1,field2\n3,a,b\n',
      counts: { rowsRead: 3, rowsRejected: 2 },
    });
    expect(await validated('\n\n', pipeline({ dialect: headerless }))).toMatchObject({
      output: '_row,field1\n',
      counts: { rowsRead: 2, rowsRejected: 2 },
    });
  });

  it.each(['', '\ufeff'])('has nothing to read in %j', async (text) => {
    await expect(validated(text, pipeline({ dialect: headerless }))).rejects.toMatchObject({
      code: 'empty-file',
    });
    await expect(validated(text)).rejects.toMatchObject({ code: 'empty-file' });
  });
});
