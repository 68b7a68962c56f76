import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { bytes, field, MemorySink, pipeline, records, schema, validated } from './in-memory';
import { csvEngine, CsvWriter, DEFAULT_DIALECT, PipelineError, readCsv, runCsv } from '../../src/engine';

/** Cells that are made of what CSV is made of. */
const cell = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'ä', '😀', '"', ',', '\n', '\r', ' ', '\ufeff', '\\', ';', '#', "'", '1'),
  }),
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
);
const row = fc.array(cell, { minLength: 1, maxLength: 5 });
const rows = fc.array(row, { minLength: 1, maxLength: 8 });

/** Text that is nearly CSV, and bytes that are nearly text. */
const scribble = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '1', 'ä'), maxLength: 60 }),
  fc.uint8Array({ maxLength: 40 }),
);
const chunkSize = fc.integer({ min: 1, max: 20 });

async function written(cells: string[][]): Promise<string> {
  const sink = new MemorySink();
  const writer = new CsvWriter(sink);
  for (const one of cells) writer.writeTexts(one);
  await writer.flush();
  return sink.text;
}

describe('reading', () => {
  it('gives what was written', async () => {
    await fc.assert(
      fc.asyncProperty(rows, chunkSize, async (cells, size) => {
        const found: Array<readonly string[]> = [];
        for await (const record of readCsv(bytes(await written(cells), size))) found.push(record.cells);
        // Text that is no whole character is written as the replacement character.
        expect(found).toEqual(cells.map((one) => one.map((text) => Buffer.from(text).toString())));
      }),
    );
  });

  it('gives what csv-parse gives, for all that it accepts', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'ä'),
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(text, chunkSize, async (csv, size) => {
        let expected: string[][];
        try {
          expected = parse(csv, { relax_column_count: true, record_delimiter: '\n' });
        } catch {
          return;
        }
        const found: Array<readonly string[]> = [];
        for await (const record of readCsv(bytes(csv, size))) found.push(record.cells);
        expect(found).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same whatever the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(scribble, chunkSize, async (text, size) => {
        const outcome = (run: Promise<string[][]>) => run.catch((error: PipelineError) => [[error.message]]);
        expect(await outcome(records(text, {}, size))).toEqual(await outcome(records(text)));
      }),
    );
  });
});

describe('validating any bytes', () => {
  const spec = pipeline({
    schema: schema([field('a', { type: 'integer', constraints: { unique: true } }), field('b')], {
      primaryKey: ['b'],
    }),
  });

  it('ends in a result that loses no row, the same in one pass as in steps, or in an error of the file', async () => {
    const dialect = fc.constantFrom(DEFAULT_DIALECT, { ...DEFAULT_DIALECT, header: false });
    const schemas = fc.constantFrom(spec, pipeline());
    await fc.assert(
      fc.asyncProperty(scribble, chunkSize, schemas, dialect, async (tail, size, one, how) => {
        const text = Buffer.concat([Buffer.from('a,b\n'), Buffer.from(tail as Uint8Array)]);
        const run = { ...one, dialect: how };
        const outcome = await validated(text, run, 'raw/a.csv', size).catch((error: Error) => error);
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(PipelineError);
          return;
        }
        const { rowsRead, rowsWritten, rowsRejected, rowsFiltered } = outcome.counts;
        expect(rowsRead).toBe(rowsWritten + rowsRejected + rowsFiltered);
        expect((await records(outcome.output)).length).toBe(rowsWritten + 1);

        const merged = new MemorySink();
        const { rows: rejected } = await csvEngine.mergeRejects({
          spec: run,
          sourceKey: 'raw/a.csv',
          source: bytes(text, size),
          rejects: [bytes(outcome.rejects)],
          output: merged,
        });
        expect(rejected).toBe(rowsRejected);
        expect((await records(merged.text)).length).toBe(rowsRejected + 1);
        const published = new MemorySink();
        expect((await csvEngine.publish({ input: bytes(outcome.output), output: published })).rows).toBe(
          rowsWritten,
        );

        const [output, rejects] = [new MemorySink(), new MemorySink()];
        const inOnePass = await runCsv(bytes(text, size), run, { output, rejects });
        expect(inOnePass).toEqual({ counts: outcome.counts, header: outcome.header });
        expect(output.text).toBe(published.text);
        expect(rejects.text).toBe(rejected === 0 ? '' : merged.text);
      }),
      { numRuns: 300 },
    );
  });
});
