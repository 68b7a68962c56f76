import { createHash } from 'node:crypto';
import { SUITES } from '../../bench/cases';
import { ENGINES } from '../../bench/engines';
import { FILES } from '../../bench/files';
import type { FileCounts } from '../../bench/files/csv-file';
import { customers, CUSTOMERS } from '../../bench/files/orders';
import { readOptions, selectCases } from '../../bench/options';
import { PIPELINES } from '../../bench/pipelines';
import { type Measurement, resultRow, spread } from '../../bench/results';
import { runCsv } from '../../src/engine';

function made(name: string, bytes: number): { csv: Buffer; counts: FileCounts } {
  const chunks: Buffer[] = [];
  const generated = FILES[name](bytes);
  let next = generated.next();
  for (; !next.done; next = generated.next()) chunks.push(next.value);
  return { csv: Buffer.concat(chunks), counts: next.value };
}

describe('the files that are measured', () => {
  it('are the same bytes everywhere', () => {
    const hash = createHash('sha256').update(made('orders', 300_000).csv).digest('hex');
    expect(hash).toMatchInlineSnapshot(`"79fbe0b7cfe6df14e04ac12c7d0f6bcec48865d227a7e90aeb0f6c6dac478969"`);
  });

  it.each(
    Object.values(SUITES)
      .flat()
      .filter(({ file, kind }) => file && kind === 'validate'),
  )('$work has as many bad rows as it says', async ({ file, pipeline }) => {
    const { csv, counts } = made(file!, 300_000);
    expect(csv.length).toBeGreaterThan(250_000);
    const summary = await runCsv(csv, PIPELINES[pipeline], { openLookup: customers });
    expect(summary.counts).toMatchObject({ rowsRead: counts.rows, rowsRejected: counts.bad });
  });

  it('have quotes, doubled quotes and line ends in cells, and every kind of bad row', async () => {
    const codes = new Set<string>();
    const { csv } = made('orders', 300_000);
    await runCsv(csv, PIPELINES.orders, {
      openLookup: customers,
      onReject: ({ errors }) => errors.forEach(({ code, column }) => codes.add(`${code} ${column}`)),
    });
    expect([...codes].sort()).toEqual([
      'blank-row ',
      'constraint-error currency',
      'constraint-error product',
      'constraint-error quantity',
      'extra-cell ',
      'missing-cell ordered_at',
      'primary-key-error order_id',
      'type-error email',
      'type-error ordered_at',
      'type-error quantity',
      'type-error unit_price',
    ]);
    for (const quoted of ['"call first, then ring"', '"he said ""no"" twice"', '"first line\nsecond line"']) {
      expect(csv.includes(quoted)).toBe(true);
    }
  });

  it('have a lookup of 10,000 keys', () => {
    expect(customers().toString().trimEnd().split('\n')).toHaveLength(CUSTOMERS + 1);
  });
});

describe('the command', () => {
  it('takes size, runs, suite and a word', () => {
    expect(
      readOptions(['--size', '1GB', '--runs', '5', '--only', 'ours', '--suite', 'small', '--json']),
    ).toEqual({
      bytes: 1e9,
      runs: 5,
      only: 'ours',
      json: true,
      suites: ['small'],
    });
    expect(readOptions(['--suite', 'all']).suites).toEqual(['table', 'small', 'special']);
  });

  it.each([
    [['--size', '12'], '--size is 12, expected a size such as 300MB or 1GB'],
    [['--runs', '0'], '--runs is 0, expected a number such as 5'],
    [['--suite', 'big'], '--suite is big, expected table, small, special or all'],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });

  it('measures what has the word in its work or engine, by every engine that can do it', () => {
    const names = (only: string, suites = ['table']) =>
      selectCases({ suites, only }).map(({ benchCase, engine }) => `${benchCase.work} ${engine}`);
    expect(names('duckdb-1')).toEqual([
      'validate duckdb-1',
      'pipeline-csv duckdb-1',
      'pipeline-parquet duckdb-1',
    ]);
    expect(names('split')).toContain('split read');
    expect(names('patterns', ['special'])).toEqual(['validate-patterns ours']);
  });
});

describe('a line of the results', () => {
  const [validate, , parquet, split] = SUITES.table;
  const counts = { rows: 10, bad: 3, duplicates: 1 };
  const run = (parts: Partial<Measurement> = {}): Measurement => ({
    rowsRead: 10,
    rowsWritten: 7,
    seconds: 2,
    cpuSeconds: 1,
    peakRssMb: 80.4,
    bytes: 100e6,
    ...parts,
  });

  it('has the median and spread of all runs, and the most memory of any', () => {
    const runs = [run(), run({ seconds: 1, peakRssMb: 90.6 }), run({ seconds: 4 })];
    expect(resultRow(validate, 'ours', ENGINES.ours, runs, counts)).toEqual({
      work: 'validate',
      engine: 'ours',
      mbPerSecond: { median: 50, min: 25, max: 100 },
      peakRssMb: 91,
      correct: true,
      note: ENGINES.ours.note,
    });
    expect(spread([1, 2, 3, 4])).toEqual({ median: 2.5, min: 1, max: 4 });
  });

  it('is correct only where every count of every run is', () => {
    const correct = (...runs: Measurement[]) =>
      resultRow(validate, 'ours', ENGINES.ours, runs, counts).correct;
    expect(correct(run(), run({ rowsWritten: 6 }))).toBe(false);
    expect(correct(run({ rowsRead: 9 }))).toBe(false);
    expect(correct(run({ error: 'encoding-error' }))).toBe(false);
  });

  it('asks no engine for what its note says that it leaves out', () => {
    const written = run({ rowsRead: null, rowsWritten: 8 });
    expect(resultRow(parquet, 'duckdb-1', ENGINES['duckdb-1'], [written], counts).correct).toBe(true);
    const nothing = run({ rowsRead: null, rowsWritten: null });
    expect(resultRow(split, 'read', ENGINES.read, [nothing], counts).correct).toBeNull();
  });

  it('wants the error that a case has to end with', () => {
    const unique = SUITES.special.find(({ error }) => error !== undefined)!;
    const ended = (error?: string) =>
      resultRow(unique, 'ours', ENGINES.ours, [run({ error })], undefined).correct;
    expect([ended('unique-budget-exceeded'), ended(undefined), ended('out-of-memory')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
