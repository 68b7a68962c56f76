import fc from 'fast-check';
import { bytes, MemorySink, records } from '../in-memory';
import { definePipeline, runCsv, type TransformSpec } from 'serverless-csv-etl/engine';

const SCHEMA = {
  fields: [
    { name: 'id', type: 'integer' },
    { name: 'name', type: 'string', constraints: { maxLength: 8 } },
    { name: 'price', type: 'number', constraints: { minimum: -5 } },
    { name: 'at', type: 'datetime' },
  ],
  missingValues: ['', 'NA'],
};

/** Every transform once; whatever their order, each finds the columns that it names. */
const TRANSFORMS: readonly TransformSpec[] = [
  { type: 'trim', columns: ['name'] },
  { type: 'fill-missing', column: 'name', value: 'nobody' },
  { type: 'replace', column: 'name', search: 'a', replacement: 'b,"', pattern: false },
  { type: 'replace', column: 'name', search: '[0-9]+', replacement: '<$&>', pattern: true },
  { type: 'change-case', column: 'name', to: 'title' },
  { type: 'cast', column: 'price', to: 'integer' },
  {
    type: 'format-date',
    column: 'at',
    inputFormat: '%Y-%m-%dT%H:%M:%SZ',
    outputFormat: '%Y-%m-%dT%H:%M:%SZ',
  },
  { type: 'convert-time-zone', column: 'at', target: 'Europe/Berlin', disambiguation: 'reject' },
  { type: 'filter', expression: "price > 0 || name == 'b'" },
  { type: 'derive', column: 'ratio', expression: 'div(1, price, 2)' },
  { type: 'round', column: 'price', scale: 1, rounding: 'half-up' },
  { type: 'split', column: 'name', separator: ' ', into: ['first', 'last'], extra: 'reject' },
  { type: 'concatenate', column: 'both', columns: ['id', 'name'], separator: ' ' },
  {
    type: 'map-values',
    column: 'name',
    values: [{ from: 'a', to: '' }],
    otherwise: { type: 'keep' },
  },
  { type: 'map-values', column: 'id', values: [{ from: '1', to: '2' }], otherwise: { type: 'reject' } },
  { type: 'mask', column: 'name', keepFirst: 1, keepLast: 0, character: '*' },
  { type: 'hash', column: 'name', key: 'k' },
  { type: 'de-duplicate', columns: ['id'], keep: 'first' },
];

const lookup = (whenMissing: object) => ({
  type: 'lookup',
  source: { type: 'asset', key: 'ids.csv' },
  on: [{ column: 'id', lookupColumn: 'key' }],
  columns: [{ lookupColumn: 'word', column: 'word' }],
  whenMissing,
});

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'NA',
    '1',
    '2',
    '-9',
    '0',
    '1.25',
    'x',
    'a b',
    'a b c',
    '2024-03-31T01:30:00Z',
    '"q""\n,"',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 10 }).map((text) => `"${text.replaceAll('"', '""')}"`),
);
const row = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(
      fc.constantFrom('1', '2', '3'),
      cell,
      fc.constantFrom('1', '0', '2.50', ''),
      fc.constantFrom('', '2024-03-31T01:30:00Z'),
    ),
  },
  { weight: 3, arbitrary: fc.tuple(cell, cell, cell, cell) },
  { weight: 1, arbitrary: fc.array(cell, { maxLength: 6 }) },
);
const transforms = fc.shuffledSubarray([...TRANSFORMS]);
const enrichments = fc.shuffledSubarray([
  fc.constantFrom(
    lookup({ type: 'reject' }),
    lookup({ type: 'null' }),
    lookup({ type: 'value', value: '-' }),
  ),
  fc.constant({ type: 'constant', column: 'channel', value: 'web' }),
] as const);

it('loses no row and makes none, whatever is done to them: each is written, rejected or filtered', async () => {
  const seen = { written: 0, rejected: 0, filtered: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 30 }),
      transforms,
      enrichments.chain((some) => fc.tuple(...some)),
      fc.constantFrom(1, 5, Infinity),
      async (rows, some, added, size) => {
        const csv = `id,name,price,at\n${rows.map((cells) => `${cells.join()}\n`).join('')}`;
        const pipeline = definePipeline({
          schema: SCHEMA,
          transforms: some,
          enrichments: [...added, { type: 'lineage' }] as never,
        });
        const [output, rejects] = [new MemorySink(), new MemorySink()];
        const told: number[] = [];
        const { counts, header } = await runCsv(bytes(csv, size), pipeline, {
          output,
          rejects,
          onReject: ({ row: number }) => void told.push(number),
          openLookup: () => 'key,word\n1,one\n2,"two, or so"\n',
          hashKeys: { k: 'key' },
        });
        const { rowsRead, rowsWritten, rowsRejected, rowsFiltered } = counts;
        expect(rowsRead).toBe(rowsWritten + rowsRejected + rowsFiltered);
        expect(rowsRead).toBe((await records(csv)).length - 1);

        const written = (await records(output.text)).slice(1);
        const rejected = rowsRejected > 0 ? (await records(rejects.text)).slice(1) : [];
        expect([written.length, rejected.length]).toEqual([rowsWritten, rowsRejected]);
        const numbers = written.map((cells) => Number(cells[header.indexOf('_source_row')]));
        // Each row that is told of is one of the source, and no row is told of twice.
        const all = [...numbers, ...told];
        expect(new Set(all).size).toBe(all.length);
        expect(all.every((number) => number >= 2 && number <= rowsRead + 1)).toBe(true);
        seen.written += rowsWritten;
        seen.rejected += rowsRejected;
        seen.filtered += rowsFiltered;
      },
    ),
    { numRuns: 150 },
  );
  // The property says little where one of the three never happens.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
});
