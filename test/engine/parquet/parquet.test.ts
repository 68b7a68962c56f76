import fc from 'fast-check';
import { readParquet } from './read-parquet';
import { csvEngine, type FieldSpec, type PipelineSpec } from '../../../src/engine';
import { ParquetWriter } from '../../../src/engine/parquet/parquet-writer';
import type { ParquetOutputSpec } from '../../../src/spec/output-spec';
import { batchOf } from '../batch-of';
import { bytes, field, MemorySink, pipeline, schema } from '../in-memory';

const FORMAT: ParquetOutputSpec = {
  type: 'parquet',
  compression: 'snappy',
  rowGroupBytes: 1024 * 1024,
  decimalPrecision: 38,
  decimalScale: 4,
};

/** Publishes rows as Parquet and reads them back. */
async function published(
  fields: readonly FieldSpec[],
  rows: ReadonlyArray<readonly string[]>,
  format: Partial<ParquetOutputSpec> = {},
  parts: Partial<PipelineSpec> = {},
) {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const names = ['_row', ...fields.map(({ name }) => name)];
  const text = [names, ...rows.map((cells, index) => [String(index + 2), ...cells])]
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');
  const output = new MemorySink();
  const spec = pipeline({ schema: schema(fields), output: { ...FORMAT, ...format }, ...parts });
  await csvEngine.publish({ spec, input: bytes(text), output });
  return readParquet(Buffer.concat(output.chunks));
}

/** What becomes of the cells of one column. */
async function column(
  parts: Partial<FieldSpec>,
  cells: readonly string[],
  format?: Partial<ParquetOutputSpec>,
) {
  const { rows, metadata } = await published(
    [field('a', parts)],
    cells.map((cell) => [cell]),
    format,
  );
  return { values: rows.map(({ a }) => a ?? null), element: metadata.schema[1], metadata };
}

describe('a column of Parquet', () => {
  it('of texts', async () => {
    const cells = ['Grüße', '', 'a,"b"\nc', '😀', 'Grüße', ' '];
    const { values, element } = await column({}, cells);
    expect(values).toEqual(['Grüße', null, 'a,"b"\nc', '😀', 'Grüße', ' ']);
    expect(element).toMatchObject({
      type: 'BYTE_ARRAY',
      converted_type: 'UTF8',
      logical_type: { type: 'STRING' },
    });
  });

  it('of integers', async () => {
    const cells = ['0', '-1', '', '007', '9223372036854775807', '-9223372036854775808', '1000000'];
    const { values, element, metadata } = await column({ type: 'integer' }, cells);
    expect(values).toEqual([0n, -1n, null, 7n, 2n ** 63n - 1n, -(2n ** 63n), 1_000_000n]);
    expect(element.type).toBe('INT64');
    const [{ meta_data: chunk }] = metadata.row_groups[0].columns;
    expect(chunk!.statistics).toMatchObject({
      null_count: 1n,
      min_value: -(2n ** 63n),
      max_value: 2n ** 63n - 1n,
    });
  });

  it('of integers in groups', async () => {
    const { values } = await column({ type: 'integer', groupChar: '.' }, ['1.234', '5']);
    expect(values).toEqual([1234n, 5n]);
  });

  it('of years', async () => {
    expect((await column({ type: 'year' }, ['2024', '-0044', ''])).values).toEqual([2024n, -44n, null]);
  });

  it('of numbers: decimals of 38 digits, exact', async () => {
    const cells = [
      '1.5',
      '-0.0001',
      '',
      '1e3',
      '9999999999999999999999999999999999.9999',
      '-9999999999999999999999999999999999.9999',
      '1.50000',
    ];
    const { values, element } = await column({ type: 'number' }, cells);
    expect(values).toEqual([15_000n, -1n, null, 10_000_000n, 10n ** 38n - 1n, -(10n ** 38n) + 1n, 15_000n]);
    expect(element).toMatchObject({
      type: 'FIXED_LEN_BYTE_ARRAY',
      type_length: 16,
      converted_type: 'DECIMAL',
      logical_type: { type: 'DECIMAL', precision: 38, scale: 4 },
      precision: 38,
      scale: 4,
    });
  });

  it.each([9, 18, 38])('of numbers in another notation, of at most %d digits', async (decimalPrecision) => {
    const notation = { type: 'number', decimalChar: ',', groupChar: '.' } as const;
    const { values } = await column(notation, ['1.234,5', '-,5'], { decimalPrecision });
    expect(values).toEqual([12_345_000n, -5000n]);
  });

  it('of numbers whose scale a transform states', async () => {
    const { metadata, rows } = await published(
      [field('a', { type: 'number' }), field('b')],
      [['1.50', '2.5']],
      {},
      {
        transforms: [
          { type: 'round', column: 'a', scale: 2, rounding: 'half-up' },
          { type: 'derive', column: 'b', expression: 'a * 2', scale: 1 },
        ],
      },
    );
    expect(metadata.schema.slice(1).map(({ scale }) => scale)).toEqual([2, 1]);
    expect(rows).toEqual([{ a: 150n, b: 25n }]);
  });

  it('of true and false', async () => {
    const { values, element } = await column({ type: 'boolean', trueValues: ['Y'], falseValues: ['N'] }, [
      'Y',
      'N',
      '',
      ...'YYNYNYNYY',
    ]);
    expect(values).toEqual([true, false, null, true, true, false, true, false, true, false, true, true]);
    expect(element.type).toBe('BOOLEAN');
  });

  it('of dates, those before 1970 too', async () => {
    const cells = ['1970-01-01', '1969-12-31', '', '0001-01-01', '9999-12-31', '2024-02-29'];
    const { values, element } = await column({ type: 'date' }, cells);
    expect(values.map((value) => (value as Date | null)?.toISOString().slice(0, 10) ?? '')).toEqual(cells);
    expect(element).toMatchObject({ type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } });
    const other = await column({ type: 'date', format: '%d/%m/%Y' }, ['29/02/2024']);
    expect(other.values).toEqual([new Date('2024-02-29')]);
  });

  it('of times', async () => {
    const { values, element } = await column({ type: 'time' }, [
      '00:00:00',
      '23:59:59.999999',
      '',
      '12:00:00Z',
    ]);
    expect(values).toEqual([0n, 86_399_999_999n, null, 43_200_000_000n]);
    expect(element.logical_type).toEqual({ type: 'TIME', isAdjustedToUTC: false, unit: 'MICROS' });
  });

  it('of datetimes: instants, unless their format has no offset', async () => {
    const cells = ['2024-07-01T12:00:00Z', '2024-07-01T12:00:00+02:00', '', '1900-01-01T00:00:00.5'];
    const { values, element } = await column({ type: 'datetime' }, cells);
    expect(values).toEqual([new Date(cells[0]), new Date(cells[1]), null, new Date(`${cells[3]}Z`)]);
    expect(element).toMatchObject({
      type: 'INT64',
      converted_type: 'TIMESTAMP_MICROS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
    });
    const local = await column({ type: 'datetime', format: '%d/%m/%Y %H:%M' }, ['01/07/2024 12:00']);
    expect(local.element.logical_type).toEqual({ type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' });
    expect(local.element.converted_type).toBeUndefined();
    const zoned = await column({ type: 'datetime', format: '%Y-%m-%d %H:%M %z' }, ['2024-07-01 12:00 +0200']);
    expect(zoned.element.logical_type).toMatchObject({ isAdjustedToUTC: true });
    expect(zoned.values).toEqual([new Date('2024-07-01T10:00:00Z')]);
    const any = await column({ type: 'datetime', format: 'any' }, ['2024-07-01 12:00']);
    expect(any.element.logical_type).toMatchObject({ isAdjustedToUTC: true });
  });

  it.each<[string, Partial<FieldSpec>, string]>([
    ['1.5', { type: 'integer' }, 'the cell is no integer'],
    ['x', { type: 'integer' }, 'the cell is no integer'],
    ['9223372036854775808', { type: 'integer' }, 'the cell is an integer of more than 64 bits'],
    ['x', { type: 'year' }, 'the cell is no year'],
    [
      '1.00001',
      { type: 'number' },
      'the cell is no number of at most 34 digits before and 4 after the point',
    ],
    ['10000000000000000000000000000000000', { type: 'number' }, 'the cell is no number of at most 34 digits'],
    ['NaN', { type: 'number' }, 'the cell is no number of at most 34 digits'],
    ['NaN', { type: 'number', groupChar: ',' }, 'the cell is no number of at most 34 digits'],
    ['maybe', { type: 'boolean' }, 'the cell is neither true nor false'],
    ['2023-02-29', { type: 'date' }, 'the cell is no date'],
    ['x', { type: 'time' }, 'the cell is no time'],
    ['12:00:00+01:00', { type: 'time' }, 'the cell is a time with an offset from UTC'],
    ['23:59:60', { type: 'time' }, 'the cell is a leap second'],
    ['2024-07-01', { type: 'datetime' }, 'the cell is no datetime'],
    [
      '2024-07-01T12:00:00.1234567',
      { type: 'datetime' },
      'the cell is a time of more than six digits below the second',
    ],
  ])('does not hold %s of %j', async (cell, parts, message) => {
    await expect(column(parts, ['', cell])).rejects.toMatchObject({
      name: 'output-error',
      message: expect.stringContaining(`row 3, column "a": ${message}`),
      position: { record: 3, column: 'a' },
    });
  });
});

describe('a file of Parquet', () => {
  it('has columns without a row where nothing is left', async () => {
    const { rows, metadata } = await published([field('a', { type: 'integer' }), field('b')], []);
    expect(rows).toEqual([]);
    expect(metadata).toMatchObject({ num_rows: 0n, row_groups: [], created_by: 'serverless-csv-etl' });
    expect(metadata.schema.map(({ name }) => name)).toEqual(['schema', 'a', 'b']);
  });

  it.each(['snappy', 'gzip', 'none'] as const)(
    'holds any rows in %s, in as many row groups as it takes',
    async (compression) => {
      const cities = ['Bonn', 'Köln', 'Unna', ''];
      const rows = Array.from({ length: 6000 }, (_, index) => [
        String(index),
        cities[(index * 7) % 4],
        index % 5 === 0 ? '' : `note ${index * 7919} of a row, which is long enough to be worth compressing`,
        index % 3 === 0 ? 'true' : 'false',
        `${index + 1}.25`,
        'same',
      ]);
      const fields = [
        field('id', { type: 'integer' }),
        field('city'),
        field('note'),
        field('flag', { type: 'boolean' }),
        field('price', { type: 'number' }),
        field('constant'),
      ];
      const read = await published(fields, rows, { compression, rowGroupBytes: 200_000, decimalScale: 2 });
      const texts = read.rows.map((row) => fields.map(({ name }) => String(row[name] ?? '')).join('|'));
      expect(texts.join('\n')).toBe(rows.map((cells) => cells.join('|').replace('.25', '25')).join('\n'));
      const { row_groups: groups } = read.metadata;
      expect(groups.length).toBeGreaterThan(2);
      const encodings = groups[0].columns.map(
        ({ meta_data: chunk }) => chunk!.dictionary_page_offset !== undefined,
      );
      expect(encodings).toEqual([false, true, false, false, false, true]);
      const codecs = new Set(
        groups.flatMap(({ columns }) => columns.map(({ meta_data: chunk }) => chunk!.codec)),
      );
      expect([...codecs]).toEqual([compression === 'none' ? 'UNCOMPRESSED' : compression.toUpperCase()]);
      const size = (name: 'total_compressed_size' | 'total_uncompressed_size') =>
        groups.reduce(
          (sum, { columns }) => sum + columns.reduce((all, { meta_data: c }) => all + Number(c![name]), 0),
          0,
        );
      if (compression === 'none') expect(size('total_compressed_size')).toBe(size('total_uncompressed_size'));
      else expect(size('total_compressed_size')).toBeLessThan(size('total_uncompressed_size') * 0.7);
    },
  );

  it('has as many columns as the header', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `column ${index}`);
    const { rows, metadata } = await published(
      names.map((name) => field(name)),
      [names],
    );
    expect(metadata.schema.slice(1).map(({ name }) => name)).toEqual(names);
    expect(Object.values(rows[0])).toEqual(names);
  });

  it('leaves out the rows that are not kept', async () => {
    const batch = batchOf([['a'], ['b'], ['c']], 1);
    batch.filter(1);
    const output = new MemorySink();
    const writer = new ParquetWriter(FORMAT, [{ field: field('a') }], output);
    writer.writeBatch(batch);
    await writer.finish();
    expect((await readParquet(Buffer.concat(output.chunks))).rows).toEqual([{ a: 'a' }, { a: 'c' }]);
  });

  it('has a dictionary of hundreds of values', async () => {
    const cells = Array.from({ length: 5000 }, (_, index) => `value ${(index * index) % 997}`);
    cells.push('one that is new after thousands');
    const { values, metadata } = await column({}, cells);
    expect(values).toEqual(cells);
    expect(metadata.row_groups[0].columns[0].meta_data.dictionary_page_offset).toBeDefined();
  });

  it('has pages of bounded length', async () => {
    const rows = Array.from({ length: 41_000 }, (_, index) => [index % 3 === 0 ? '' : String(index % 2)]);
    const { values } = await column({}, rows.flat());
    expect(values.map((value) => value ?? '').join('')).toBe(rows.flat().join(''));
  });

  it('holds texts of a megabyte, and keeps them out of the footer', async () => {
    const long = 'x'.repeat(1_100_000);
    const { rows, metadata } = await published(
      [field('a'), field('b')],
      [
        [long, 'p'],
        [`${long}y`, ''],
        ['z', 'q'],
      ],
    );
    expect(rows.map(({ a }) => (a as string).length)).toEqual([1_100_000, 1_100_001, 1]);
    const chunks = metadata.row_groups.flatMap(({ columns }) =>
      columns.map(({ meta_data: chunk }) => chunk!.statistics!),
    );
    expect(chunks.every(({ min_value: min }) => min === undefined || String(min).length <= 64)).toBe(true);
  });

  it('knows the bounds of its columns, in the order of their values', async () => {
    const { metadata } = await published(
      [field('text'), field('amount', { type: 'number' }), field('day', { type: 'date' }), field('none')],
      [
        ['b', '-2', '1960-01-01', ''],
        ['é', '10', '2024-01-01', ''],
        ['aa', '3', '', ''],
        ['', '-1', '2000-01-01', ''],
      ],
      { decimalScale: 0 },
    );
    const bounds = metadata.row_groups[0].columns.map(({ meta_data: chunk }) => chunk!.statistics!);
    expect(bounds[0]).toMatchObject({ null_count: 1n, min_value: 'aa', max_value: 'é' });
    expect(bounds[1]).toMatchObject({ null_count: 0n, min_value: -2, max_value: 10 });
    expect(bounds[2]).toMatchObject({ min_value: new Date('1960-01-01'), max_value: new Date('2024-01-01') });
    expect(bounds[3]).toEqual({ null_count: 4n });
  });

  it('gives back any texts and numbers just as they went in', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('', 'a', 'b'),
      fc.string({ unit: 'binary', minLength: 60, maxLength: 90 }),
    );
    const number = fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { nil: null });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, number), { minLength: 1, maxLength: 200 }),
        fc.constantFrom('snappy' as const, 'gzip' as const, 'none' as const),
        async (rows, compression) => {
          // A lone surrogate and a NUL are no text that the engine reads.
          const texts = rows.map(
            ([text, n]) => [Buffer.from(text).toString().replaceAll('\0', ' '), n] as const,
          );
          const read = await published(
            [field('a'), field('n', { type: 'integer' })],
            texts.map(([text, n]) => [text, n === null ? '' : String(n)]),
            { compression },
          );
          expect(read.rows.map(({ a, n }) => [a ?? '', n ?? null])).toEqual(texts);
        },
      ),
      { numRuns: 30 },
    );
  });
});
