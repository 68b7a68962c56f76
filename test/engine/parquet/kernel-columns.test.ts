import fc from 'fast-check';
import { KINDS } from './kinds';
import { readParquet } from './read-parquet';
import { FORMAT, IN_KERNEL, inSlots, outcome, SMALL, written } from './written';
import { type CsvEngine, csvEngine, type FieldSpec, typescriptEngine } from '../../../src/engine';
import { newMemory } from '../../../src/engine/kernel/kernel-memory';
import { CODECS } from '../../../src/engine/parquet/codec';
import { KernelColumns } from '../../../src/engine/parquet/kernel-columns';
import { PageChunks } from '../../../src/engine/parquet/page-chunks';
import { encodersIn, ParquetWriter } from '../../../src/engine/parquet/parquet-writer';
import { TypescriptColumns } from '../../../src/engine/parquet/typescript-columns';
import { batchOf } from '../batch-of';
import { bytes, field, MemorySink, pipeline } from '../in-memory';

/** A column: its cells, all of them alike, or few distinct ones, or any. */
const columns = fc.array(
  fc
    .constantFrom(...KINDS)
    .chain((kind) =>
      fc
        .array(kind.cell, { minLength: 1, maxLength: 60 })
        .chain((cells) =>
          fc
            .tuple(fc.constantFrom(0, 2, 9), fc.constantFrom(1, 3, 60))
            .map(([missing, distinct]) => ({ kind, missing, cells: cells.slice(0, distinct) })),
        ),
    ),
  { minLength: 1, maxLength: 4 },
);

describe('the kernel', () => {
  it('writes Parquet as TypeScript does, to the byte, wherever the cells lie', async () => {
    await fc.assert(
      fc.asyncProperty(
        columns,
        fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 3 }),
        fc.record({
          compression: fc.constantFrom('snappy' as const, 'gzip' as const, 'none' as const),
          decimalPrecision: fc.constantFrom(9, 10, 18, 19, 38),
          decimalScale: fc.constantFrom(4, 4, 4, 9),
        }),
        async (chosen, sizes, format) => {
          const fields = chosen.map(({ kind }, index) => field(`c${index}`, kind.parts));
          let row = 0;
          const batches = sizes.map((size) =>
            Array.from({ length: size }, () => {
              row++;
              return chosen.map(({ cells, missing }, index) =>
                missing > 0 && (row * 7 + index) % missing === 0
                  ? ''
                  : cells[(row * row + index) % cells.length],
              );
            }),
          );
          const file = { fields, batches, format, limits: SMALL };
          const expected = await outcome('typescript', file);
          for (const encoders of IN_KERNEL) expect(await outcome(encoders, file)).toEqual(expected);
        },
      ),
      { numRuns: 60, seed: 20 },
    );
  });

  it.each(KINDS.map((kind, index) => [index, JSON.stringify(kind.parts), kind] as const))(
    'writes cells of each kind so (%d: %s)',
    async (_, __, { parts, cell }) => {
      const cells = fc.sample(cell, { numRuns: 1500, seed: 42 });
      const batches = [0, 500, 1000].map((from) => cells.slice(from, from + 500).map((text) => [text]));
      const file = { fields: [field('a', parts)], batches, format: { decimalPrecision: 38 } };
      const expected = await outcome('typescript', file);
      expect(expected).toBeInstanceOf(Buffer);
      for (const encoders of IN_KERNEL) expect(await outcome(encoders, file)).toEqual(expected);
    },
  );

  it('gives up a dictionary of keys early, and keeps one of many values that come again', async () => {
    const rows = Array.from({ length: 12_000 }, (_, index) => [
      String(index),
      `customer ${(index * 7919) % 3000}@example.com`,
      `${(index * 7919) % 997}.25`,
    ]);
    const batches = Array.from({ length: 12 }, (_, batch) => rows.slice(batch * 1000, batch * 1000 + 1000));
    const fields = [field('key', { type: 'integer' }), field('text'), field('price', { type: 'number' })];
    const file = { fields, batches, format: { rowGroupBytes: 10_000_000 } };
    const kernel = await written('kernel', file);
    expect(kernel).toEqual(await written('typescript', file));
    const { metadata } = await readParquet(kernel);
    const hasDictionary = metadata.row_groups[0].columns.map(
      ({ meta_data: chunk }) => chunk.dictionary_page_offset !== undefined,
    );
    expect(hasDictionary).toEqual([false, true, true]);
  });

  it.each<[string, readonly string[]]>([
    ['few', ['web', 'shop', 'leave at the door', 'first line\nsecond line', 'x'.repeat(32)]],
    ['with the same beginnings and ends', ['a', 'c'].map((middle) => `12345678${middle}12345678`)],
    [
      'too many to tell by their ends',
      Array.from({ length: 31 }, (_, index) => `beginning${index + 10}ending!!`),
    ],
    ['many', Array.from({ length: 33 }, (_, index) => `text ${index}`)],
    ['one of them long', ['short', 'x'.repeat(33), 'shorter']],
    ['more and more', Array.from({ length: 500 }, (_, index) => `text ${Math.floor(index ** 2 / 4000)}`)],
  ])('finds the numbers of texts that are %s', async (_, texts) => {
    const batches = [0, 1, 2, 3].map((batch) =>
      Array.from({ length: 900 }, (__, row) => [
        row % 5 === batch ? '' : texts[(row * 7 + batch * row) % texts.length],
      ]),
    );
    // Row groups of one batch each, which begin anew.
    for (const rowGroupBytes of [10_000_000, 2000]) {
      const file = { fields: [field('a')], batches, format: { rowGroupBytes } };
      const kernel = await written('kernel', file);
      expect(kernel.equals(await written('typescript', file))).toBe(true);
      const { rows } = await readParquet(kernel);
      const kept = batches.flatMap((batch) => batch.filter((__, row) => row % 7 !== 3)).flat();
      expect(rows.map(({ a: text }) => text ?? '')).toEqual(kept);
    }
  });

  it('keeps the pages that are numbers where the dictionary is given up later', async () => {
    const texts = Array.from({ length: 400 }, (_, index) => [
      index < 200 ? `v${index % 3}` : `value ${index}`,
    ]);
    const file = { fields: [field('a')], batches: [texts], limits: SMALL, format: { rowGroupBytes: 1e6 } };
    const kernel = await written('kernel', file);
    expect(kernel).toEqual(await written('typescript', file));
    const { rows, metadata } = await readParquet(kernel);
    expect(metadata.row_groups[0].columns[0].meta_data.dictionary_page_offset).toBeDefined();
    const kept = texts.filter((_, row) => row % 7 !== 3);
    expect(rows.map(({ a }) => a)).toEqual(kept.flat());
  });

  it('gives texts that are longer than a page one of their own', async () => {
    const texts = [
      'a',
      'x'.repeat(300),
      '',
      'x'.repeat(256),
      'y'.repeat(257),
      'b',
      'y'.repeat(9000),
      'z'.repeat(400),
      '',
      'c',
    ];
    const batches = [texts.map((text) => [text]), texts.map((text) => [text])];
    const file = { fields: [field('a')], batches, limits: SMALL };
    const expected = await written('typescript', file);
    for (const encoders of IN_KERNEL) expect(await written(encoders, file)).toEqual(expected);
    const { rows } = await readParquet(expected);
    const kept = texts.filter((_, row) => row % 7 !== 3).map((text) => (text === '' ? undefined : text));
    expect(rows.map(({ a }) => a ?? undefined)).toEqual([...kept, ...kept]);
  });

  it.each<[string, FieldSpec, readonly string[]]>([
    ['zeros behind the point', field('a', { type: 'number' }), ['1', '-1.5', '0.0001', '123456789.123456']],
    [
      'words for true',
      field('a', {
        type: 'boolean',
        trueValues: Array.from({ length: 201 }, (_, index) => `word ${index}`),
      }),
      ['word 5', 'false', 'word 200'],
    ],
  ])('leaves values to the host that need many %s', async (_, one, cells) => {
    const file = {
      fields: [one],
      batches: [cells.map((text) => [text])],
      format: { decimalScale: 25 },
    };
    expect(await written('kernel', file)).toEqual(await written('typescript', file));
  });

  it('makes room for cells from elsewhere, while others lie in its memory', async () => {
    const memory = newMemory()!;
    const sink = new MemorySink();
    const fields = [field('id', { type: 'integer' }), field('text')];
    const outputs = fields.map((one) => ({ field: one }));
    const writer = new ParquetWriter(FORMAT, outputs, sink, encodersIn(memory));
    const batch = batchOf([['1', 'x'.repeat(600_000)]], 2);
    const [id] = inSlots(batchOf([['1']], 1), memory).columns;
    batch.columns[0] = id;
    writer.writeBatch(batch);
    expect(id.data).toHaveLength(0);
    // A batch that was made before that is not read any more.
    expect(() => writer.writeBatch(batch)).toThrow('memory that was taken away');
    await writer.finish();
    const { rows } = await readParquet(Buffer.concat(sink.chunks));
    expect(rows).toEqual([{ id: 1n, text: 'x'.repeat(600_000) }]);
  });

  it('reads cells that lie in any order, and columns of truth without any', async () => {
    const batch = () => {
      const made = batchOf(
        [
          ['first', ''],
          ['second', ''],
        ],
        2,
      );
      const [{ start, end }] = made.columns;
      start.reverse().copyWithin(0, start.length - 2);
      end.reverse().copyWithin(0, end.length - 2);
      return made;
    };
    const fields = [field('a'), field('flag', { type: 'boolean' })].map((one) => ({ field: one }));
    const files = [newMemory(), undefined].map(async (memory) => {
      const sink = new MemorySink();
      const writer = new ParquetWriter(FORMAT, fields, sink, encodersIn(memory));
      writer.writeBatch(batch());
      await writer.finish();
      return Buffer.concat(sink.chunks);
    });
    const [kernel, typescript] = await Promise.all(files);
    expect(kernel).toEqual(typescript);
    expect((await readParquet(kernel)).rows.map(({ a, flag }) => [a, flag ?? null])).toEqual([
      ['second', null],
      ['first', null],
    ]);
  });

  it('is what csvEngine publishes by, and typescriptEngine does without', async () => {
    const spec = pipeline({ output: FORMAT });
    const published = async (engine: CsvEngine) => {
      const output = new MemorySink();
      await engine.publish({ spec, input: bytes('_row,a\n2,x\n3,\n'), output });
      return Buffer.concat(output.chunks);
    };
    expect(await published(csvEngine)).toEqual(await published(typescriptEngine));
  });

  it('is not needed', () => {
    const encoders = encodersIn(newMemory(null))([], CODECS.none, new PageChunks(false));
    expect(encoders).toBeInstanceOf(TypescriptColumns);
    expect(encodersIn(newMemory())([], CODECS.none, new PageChunks(false))).toBeInstanceOf(KernelColumns);
  });
});
