import { readParquet } from './read-parquet';
import { definePipeline, type LookupSpec, runCsv } from '../../../src/engine';
import { MemorySink, NO_KERNEL } from '../in-memory';

const ROWS = 40_000;
const HEADER = 'key,id\n';

/** Rows whose keys are those of the lookup, in no order, some of them without any and some that have to be read again. */
function source(keys: number): string {
  return (
    HEADER +
    Array.from({ length: ROWS }, (_, row) => {
      const key = row % 101 === 0 ? 'unknown' : row % 103 === 0 ? '' : `key ${(row * 7919) % keys}`;
      return `${row % 211 === 0 ? `"a ""${key}"""` : key},${row}\n`;
    }).join('')
  );
}

/** Each has a name, but for some, and one of three tiers. */
function table(keys: number): string {
  return (
    'key,name,tier\n' +
    Array.from(
      { length: keys },
      (_, key) => `key ${key},${key % 17 === 0 ? '' : `"name, ${key}"`},tier ${key % 3}\n`,
    ).join('')
  );
}

/** A value as it stands in CSV; quoted where the made-up ones have to be. */
function csvText(value: unknown): string {
  const text = String(value ?? '');
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function written(keys: number, whenMissing: LookupSpec['whenMissing'], output: 'csv' | 'parquet') {
  const pipeline = definePipeline({
    schema: { fields: [{ name: 'key' }, { name: 'id', type: 'integer' }] },
    transforms: [{ type: 'trim', columns: ['key'] }],
    enrichments: [
      {
        type: 'lookup',
        source: { type: 'asset', key: 'table.csv' },
        on: [{ column: 'key', lookupColumn: 'key' }],
        columns: [
          { lookupColumn: 'name', column: 'name' },
          { lookupColumn: 'tier', column: 'tier' },
        ],
        whenMissing,
      },
    ],
    // Several row groups, each with dictionaries of its own.
    output: output === 'csv' ? { type: 'csv' } : { type: 'parquet', rowGroupBytes: 1024 * 1024 },
  });
  const sink = new MemorySink();
  const { counts } = await runCsv(source(keys), pipeline, { output: sink, openLookup: () => table(keys) });
  return { counts, file: Buffer.concat(sink.chunks) };
}

describe('columns of a lookup, and its keys', () => {
  it.each<[string, number, LookupSpec['whenMissing']]>([
    ['whose rows are rejected where it has none', 1000, { type: 'reject' }],
    ['which has a text for all others', 3000, { type: 'value', value: 'nobody' }],
    ['of a large table', 33_000, { type: 'value', value: 'nobody' }],
  ])('are written to Parquet as their texts are: %s', async (_, keys, whenMissing) => {
    const { file, counts } = await written(keys, whenMissing, 'parquet');
    const csv = await written(keys, whenMissing, 'csv');
    expect(csv.counts).toEqual(counts);
    const { rows, metadata } = await readParquet(file);
    expect(metadata.row_groups.length).toBeGreaterThan(1);
    const lines = rows.map(({ key, id, name, tier }) => [key, id, name, tier].map(csvText).join(','));
    // One comparison of texts: a difference of so many rows would take minutes to be told.
    expect(lines.join('\n') === csv.file.toString().split('\n').slice(1, -1).join('\n')).toBe(true);
  });

  it('are written where no key is found, by an engine whose cells lie outside of the kernel', async () => {
    const pipeline = definePipeline({
      dialect: NO_KERNEL,
      enrichments: [
        {
          type: 'lookup',
          source: { type: 'asset', key: 'table.csv' },
          on: [{ column: 'key', lookupColumn: 'key' }],
          columns: [{ lookupColumn: 'name', column: 'name' }],
          whenMissing: { type: 'null' },
        },
      ],
      output: { type: 'parquet' },
    });
    // What is found lies far behind the empty cell of what is not.
    const sink = new MemorySink();
    await runCsv('key,id\nnobody,1\nkey 99999,2\n', pipeline, {
      output: sink,
      openLookup: () => table(100_000),
    });
    const { rows } = await readParquet(Buffer.concat(sink.chunks));
    expect(rows.map(({ name }) => name)).toEqual([null, 'name, 99999']);
  });
});
