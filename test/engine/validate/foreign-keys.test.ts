import {
  csvEngine,
  DEFAULT_DIALECT,
  DEFAULT_LIMITS,
  type ForeignKeySpec,
  type PipelineSpec,
  type TableSchema,
} from '../../../src/engine';
import { bytes, field, JOB_ID, MemorySink, pipeline, schema } from '../in-memory';

const FIELDS = [field('id', { type: 'integer' }), field('place'), field('parent', { type: 'integer' })];
const PLACES: ForeignKeySpec = { fields: ['place'], reference: { resource: 'places', fields: ['code'] } };
const PARENT: ForeignKeySpec = { fields: ['parent'], reference: { resource: '', fields: ['id'] } };

const withKeys = (foreignKeys: ForeignKeySpec[], parts: Partial<TableSchema> = {}) =>
  pipeline({ schema: schema(FIELDS, { foreignKeys, ...parts }) });

/** Validates a text, and gives the rejects as `_row: _message`. */
async function rejected(text: string, spec: PipelineSpec, places = 'code\n', sourceKey = 'raw/a.csv') {
  const rejects = new MemorySink();
  const output = new MemorySink();
  await csvEngine.validate({
    spec,
    sourceKey,
    input: bytes(text),
    output,
    rejects,
    openReference: async (resource) => bytes(resource === '' ? text : places),
  });
  return rejects.text
    .split('\n')
    .slice(1, -1)
    .map((line) => line.replace(/^(\d+),[^,]*,[^,]*,/, '$1: ').replaceAll('"', ''));
}

describe('a foreign key', () => {
  it('refers to rows of another file; a missing value refers to nothing', async () => {
    const text = 'id,place,parent\n1,B,\n2,,\n3,b,\n4,P,\n';
    expect(await rejected(text, withKeys([PLACES]), 'name,code\nBerlin,B\n\nParis,P\nnowhere,\n')).toEqual([
      '4: place: foreign-key-error: the resource places has no row with this code',
    ]);
  });

  it('refers to rows of the file itself, wherever they stand', async () => {
    const text = 'id,place,parent\n1,,3\n2,,9\n3,,03\n4,,x\nx,,4\n';
    expect(await rejected(text, withKeys([PARENT]))).toEqual([
      '3: parent: foreign-key-error: the file has no row with this id',
      '5: parent: type-error: expected an integer',
      '6: id: type-error: expected an integer',
    ]);
  });

  it('passes over rows of the file whose cells may stand in other columns', async () => {
    const text = 'id,place,parent\n1,,7\n7\n\n7,,,\n2,,1\n';
    expect(await rejected(text, withKeys([PARENT]))).toContain(
      '2: parent: foreign-key-error: the file has no row with this id',
    );
  });

  it('compares values, read as its own fields read them', async () => {
    const key = { fields: ['parent'], reference: { resource: 'numbers', fields: ['n'] } };
    const text = 'id,place,parent\n1,,+07\n2,,8\n3,,123456789012345678901\n4,,70000\n';
    expect(await rejected(text, withKeys([key]), 'n\n7\nx\n123456789012345678901\n')).toEqual([
      '3: parent: foreign-key-error: the resource numbers has no row with this n',
      '5: parent: foreign-key-error: the resource numbers has no row with this n',
    ]);
  });

  it('compares several columns part by part', async () => {
    const key = { fields: ['place', 'parent'], reference: { resource: 'pairs', fields: ['p', 'n'] } };
    const text = 'id,place,parent\n1,a,1\n2,a1,\n3,a,11\n4,b,2\n';
    expect(await rejected(text, withKeys([key]), 'n,p\n1,a\n,a1\n2,b\n')).toEqual([
      '4: place: foreign-key-error: the resource pairs has no row with this p, n',
    ]);
  });

  it('is not checked where the file lacks its field', async () => {
    const spec = withKeys([PLACES, PARENT], { fieldsMatch: 'superset' });
    expect(await rejected('id\n1\n', spec)).toEqual([]);
  });

  it('fails where the file lacks the field that it refers to in itself', async () => {
    const spec = withKeys([PARENT], { fieldsMatch: 'superset' });
    await expect(rejected('parent\n1\n', spec)).rejects.toMatchObject({
      code: 'missing-label',
      message: 'the header lacks the field "id", which a foreign key of the schema refers to',
    });
  });

  it('is checked in a rejects file that is dropped back, too', async () => {
    const text = 'id,place,parent,_row,_column,_code,_message\n1,,2,5,parent,foreign-key-error,x\n';
    const key = `raw/a.${JOB_ID}.rejects.csv`;
    expect(await rejected(text, withKeys([PARENT]), '', key)).toHaveLength(1);
    expect(await rejected(text.replace(',2,', ',1,'), withKeys([PARENT]), '', key)).toEqual([]);
  });

  it.each<[string, string]>([
    ['name\nB\n', 'the file of the resource "places" lacks the column "code"'],
    ['code,code\nB,C\n', 'the file of the resource "places" has twice the column "code"'],
    ['code\nB,C\n', 'the file of the resource "places" has 2 cells in record 2, and 1 in its header'],
    ['', 'the file of the resource "places" cannot be read: the file has no records'],
  ])('fails where its file is %j', async (places, message) => {
    await expect(rejected('id,place,parent\n', withKeys([PLACES]), places)).rejects.toMatchObject({
      code: 'lookup-unreadable',
      message,
    });
  });

  it('fails where nobody opens its file', async () => {
    const run = {
      spec: withKeys([PLACES]),
      sourceKey: 'raw/a.csv',
      output: new MemorySink(),
      rejects: new MemorySink(),
    };
    await expect(csvEngine.validate({ ...run, input: bytes('id,place,parent\n') })).rejects.toMatchObject({
      code: 'lookup-unreadable',
      message: 'the schema has a foreign key, and nothing is there to open the file with that it refers to',
    });
  });

  it('keeps its rows within the memory of unique keys', async () => {
    const spec = { ...withKeys([PLACES]), limits: { ...DEFAULT_LIMITS, uniqueBudgetBytes: 100_000 } };
    const places = `code\n${Array.from({ length: 5000 }, (_, index) => `code ${index}\n`).join('')}`;
    await expect(rejected('id,place,parent\n', spec, places)).rejects.toMatchObject({
      code: 'unique-budget-exceeded',
    });
  });

  it('refers to rows of a file without header', async () => {
    const spec = { ...withKeys([PARENT]), dialect: { ...DEFAULT_DIALECT, header: false } };
    expect(await rejected('1,,2\n2,,5\n', spec)).toHaveLength(1);
  });
});

describe('unique keys', () => {
  it('hold of values together, and not of rows that lack one of them', async () => {
    const spec = pipeline({
      schema: schema(FIELDS, { uniqueKeys: [['place', 'parent'], ['id'], ['place', 'id']], primaryKey: [] }),
    });
    const text = 'id,place,parent\n1,a,1\n2,a,2\n3,a,01\n4,a,\n5,a,\n05,b,7\n';
    expect(await rejected(text, spec)).toEqual([
      '4: place: unique-error: the values of place, parent stand in an earlier row',
      '7: id: unique-error: the values of id stand in an earlier row',
    ]);
  });

  it('ask nothing of a file that has not all of their columns', async () => {
    const spec = pipeline({
      schema: schema(FIELDS, {
        uniqueKeys: [['place', 'parent'], ['id']],
        primaryKey: [],
        fieldsMatch: 'superset',
      }),
    });
    expect(await rejected('id,place\n1,a\n2,a\n1,b\n', spec)).toEqual([
      '4: id: unique-error: the values of id stand in an earlier row',
    ]);
  });
});
