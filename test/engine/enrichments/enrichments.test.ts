import { compileEnrichments } from '../../../src/engine/enrichments';
import type { EnrichmentSpec, LookupSpec } from '../../../src/spec/enrichments/enrichment-spec';
import { applyTo } from '../batch-of';

const LINEAGE = { sourceKey: 'raw/ö.csv', sourceVersion: 'v1', jobId: 'j1', specSha256: 'abc' };

async function compile(
  specs: readonly EnrichmentSpec[],
  header: readonly string[],
  ...files: Array<string | Error>
) {
  return compileEnrichments(specs, header, {
    lineage: LINEAGE,
    openLookup: async (index) =>
      (async function* () {
        const file = files[index];
        if (file instanceof Error) throw file;
        yield Buffer.from(file);
      })(),
  });
}

const lookup = (changes: Partial<LookupSpec> = {}): LookupSpec => ({
  type: 'lookup',
  source: { type: 'bucket', key: 'reference/x.csv' },
  on: [{ column: 'code', lookupColumn: 'id' }],
  columns: [{ lookupColumn: 'name', column: 'city' }],
  whenMissing: { type: 'null' },
  ...changes,
});

const CITIES = 'id,name,land\nB,Berlin,DE\nü,"Übersee, ""neu""",DE\n\n,nowhere,\nP,,FR\n';

describe('a lookup', () => {
  it('adds the columns of the row with the same key', async () => {
    const operation = await compile([lookup()], ['n', 'code'], CITIES);
    expect(operation.header).toEqual(['n', 'code', 'city']);
    expect(
      applyTo(operation, 2, [
        ['1', 'B'],
        ['2', 'ü'],
        ['3', 'P'],
        ['4', 'b'],
        ['5', ''],
      ]),
    ).toEqual({
      rows: [
        ['1', 'B', 'Berlin'],
        ['2', 'ü', 'Übersee, "neu"'],
        ['3', 'P', ''],
        ['4', 'b', ''],
        ['5', '', ''],
      ],
      rejected: [],
      filtered: [],
    });
  });

  it('gives a value where it has no row, but not where its cell is empty', async () => {
    const operation = await compile(
      [lookup({ whenMissing: { type: 'value', value: 'unbekannt ß' } })],
      ['code'],
      CITIES,
    );
    expect(applyTo(operation, 1, [['Z'], ['P'], ['']]).rows).toEqual([
      ['Z', 'unbekannt ß'],
      ['P', ''],
      ['', 'unbekannt ß'],
    ]);
  });

  it('rejects rows for which it has no row', async () => {
    const operation = await compile([lookup({ whenMissing: { type: 'reject' } })], ['code'], CITIES);
    expect(applyTo(operation, 1, [['B'], ['Z'], ['']])).toEqual({
      rows: [['B', 'Berlin']],
      rejected: [
        '1: code: lookup-error: the lookup has no row for this id',
        '2: code: lookup-error: the lookup has no row for this id',
      ],
      filtered: [],
    });
  });

  it('compares keys of several columns part by part', async () => {
    const spec = lookup({
      on: [
        { column: 'a', lookupColumn: 'x' },
        { column: 'b', lookupColumn: 'y' },
      ],
      columns: [{ lookupColumn: 'v', column: 'v' }],
    });
    const operation = await compile([spec], ['a', 'b'], 'x,y,v\n1,23,first\n12,3,second\n,3,never\n');
    expect(
      applyTo(operation, 2, [
        ['1', '23'],
        ['12', '3'],
        ['', '3'],
        ['3', '12'],
      ]).rows.map((row) => row[2]),
    ).toEqual(['first', 'second', '', '']);
  });

  it('can add no column at all, just to reject what is unknown', async () => {
    const spec = lookup({ columns: [], whenMissing: { type: 'reject' } });
    const operation = await compile([spec], ['code'], CITIES);
    expect(operation.header).toEqual(['code']);
    expect(applyTo(operation, 1, [['B'], ['Z']]).rows).toEqual([['B']]);
  });

  it.each([
    [
      'lookup-duplicate-key',
      'id,name\nB,x\nC,x\nB,y\n',
      'the file of enrichments[0] (lookup) has a key again in record 4',
      { record: 4 },
    ],
    [
      'lookup-unreadable',
      'id,nam\nB,x\n',
      'the file of enrichments[0] (lookup) lacks the column "name"',
      { record: 1 },
    ],
    [
      'lookup-unreadable',
      'id,name,id\n',
      'the file of enrichments[0] (lookup) has twice the column "id"',
      { record: 1 },
    ],
    [
      'lookup-unreadable',
      'id,name\nB\n',
      'the file of enrichments[0] (lookup) has 1 cells in record 2, and 2 in its header',
      { record: 2 },
    ],
    ['lookup-unreadable', '', 'the file of enrichments[0] (lookup) cannot be read: the file has no', {}],
  ])('fails as %s where the file is %j', async (code, file, message, position) => {
    const failure = compile([lookup()], ['code'], file);
    await expect(failure).rejects.toMatchObject({
      code,
      position,
      message: expect.stringContaining(message),
    });
  });

  it('finds rows of a file of any size', async () => {
    const keys = Array.from({ length: 3000 }, (_, index) => `key ${index}`);
    const file = `id,name\n${keys.map((key) => `${key},name of ${key}\n`).join('')}`;
    const operation = await compile([lookup({ whenMissing: { type: 'reject' } })], ['code'], file);
    const asked = keys.filter((_, index) => index % 3 === 0).map((key) => [key]);
    expect(applyTo(operation, 1, asked).rows).toEqual(asked.map(([key]) => [key, `name of ${key}`]));
  });

  it('passes on what is wrong outside the file', async () => {
    await expect(compile([lookup()], ['code'], new Error('no connection'))).rejects.toThrow('no connection');
  });

  it('refuses data without the key, and data that has the new column already', async () => {
    await expect(compile([lookup()], ['kode'], CITIES)).rejects.toMatchObject({
      code: 'unknown-column',
      message: 'enrichments[0] (lookup).on names the column "code", which the file does not have',
    });
    await expect(compile([lookup()], ['code', 'city'], CITIES)).rejects.toMatchObject({
      code: 'duplicate-label',
    });
  });
});

describe('other enrichments', () => {
  it('add constants and lineage after what is there', async () => {
    const specs: EnrichmentSpec[] = [
      { type: 'constant', column: 'land', value: 'Österreich' },
      { type: 'lineage' },
    ];
    const operation = await compile(specs, ['a']);
    expect(operation.header).toEqual([
      'a',
      'land',
      '_source_key',
      '_source_version',
      '_source_row',
      '_job_id',
      '_spec_sha256',
    ]);
    expect(applyTo(operation, 1, [['x'], ['y']]).rows).toEqual([
      ['x', 'Österreich', 'raw/ö.csv', 'v1', '2', 'j1', 'abc'],
      ['y', 'Österreich', 'raw/ö.csv', 'v1', '3', 'j1', 'abc'],
    ]);
  });

  it('refuse columns that are there already', async () => {
    await expect(compile([{ type: 'constant', column: 'a', value: '' }], ['a'])).rejects.toMatchObject({
      code: 'duplicate-label',
      message: 'enrichments[0] (constant).column names the column "a", which is there already',
    });
    await expect(compile([{ type: 'lineage' }, { type: 'lineage' }], ['a'])).rejects.toMatchObject({
      code: 'duplicate-label',
    });
  });
});
