/**
 * Compares this engine with csv-parse + ajv (+ csv-stringify), interleaved in one run:
 *
 *   npx tsx bench/run.ts [--size 300MB] [--runs 3] [--only WORD] [--json]
 *
 * `--only` keeps the measurements whose work or engine has the word in its name.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { type OrderCounts, orders } from './orders';
import { WORKS, type WorkResult } from './work';

const ENGINES = ['ours-typescript', 'csv-parse-ajv'];

const NOTES: Readonly<Record<string, string>> = {
  'ours-typescript': 'validate, transform, enrich and publish as steps, CSV between them; exact decimals',
  'csv-parse-ajv': 'one pass; floats; says only that a row is wrong, not why',
};

interface Measurement extends WorkResult {
  readonly mbPerSecond: number;
  /** By the processor time of the whole process, start-up and garbage collection included: steadier on a busy machine. */
  readonly mbPerCpuSecond: number;
  readonly peakRssMb: number;
}

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '100MB' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});

function bytesOf(size: string): number {
  const match = /^(\d+)(MB|GB)$/.exec(size);
  if (!match) throw new Error(`--size is ${size}, expected a size such as 300MB or 1GB`);
  return Number(match[1]) * (match[2] === 'GB' ? 1e9 : 1e6);
}

function writeOrders(file: string, bytes: number): OrderCounts {
  const descriptor = openSync(file, 'w');
  const chunks = orders(bytes);
  let next = chunks.next();
  for (; !next.done; next = chunks.next()) writeSync(descriptor, next.value);
  closeSync(descriptor);
  return next.value;
}

function spread(numbers: readonly number[]) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const rounded = (number: number) => Math.round(number * 10) / 10;
  return {
    median: rounded(sorted[Math.floor(sorted.length / 2)]),
    min: rounded(sorted[0]),
    max: rounded(sorted[sorted.length - 1]),
  };
}

function summary(measurements: readonly Measurement[], { rows, bad }: OrderCounts) {
  return {
    mbPerSecond: spread(measurements.map(({ mbPerSecond }) => mbPerSecond)),
    mbPerCpuSecond: spread(measurements.map(({ mbPerCpuSecond }) => mbPerCpuSecond)),
    peakRssMb: Math.round(Math.max(...measurements.map(({ peakRssMb }) => peakRssMb))),
    correct: measurements.every(
      ({ rowsRead, rowsWritten }) => rowsRead === rows && rowsWritten === rows - bad,
    ),
  };
}

const directory = mkdtempSync(join(tmpdir(), 'etl-bench-'));
try {
  const file = join(directory, 'orders.csv');
  const counts = writeOrders(file, bytesOf(values.size));
  // As the functions run it: bundled.
  const script = join(directory, 'measure.js');
  buildSync({
    entryPoints: [join(__dirname, 'measure.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'node20',
  });
  const cases = WORKS.flatMap((work) =>
    ENGINES.map((engine) => ({ work, engine, seen: [] as Measurement[] })),
  ).filter(({ work, engine }) => work.includes(values.only) || engine.includes(values.only));
  for (let run = 0; run < Number(values.runs); run++) {
    for (const { work, engine, seen } of cases) {
      seen.push(
        JSON.parse(execFileSync(process.execPath, [script, engine, work, file], { encoding: 'utf8' })),
      );
      if (!values.json) console.error(`${work} ${engine}: ${seen[run].mbPerSecond.toFixed(1)} MB/s`);
    }
  }
  const rows = cases.map(({ work, engine, seen }) => ({
    work,
    engine,
    ...summary(seen, counts),
    note: NOTES[engine],
  }));
  if (values.json) {
    console.log(JSON.stringify({ rows }, null, 2));
  } else {
    console.table(
      rows.map(({ work, engine, mbPerSecond, mbPerCpuSecond, peakRssMb, correct }) => ({
        work,
        engine,
        'MB/s': mbPerSecond.median,
        min: mbPerSecond.min,
        max: mbPerSecond.max,
        'MB per CPU second': mbPerCpuSecond.median,
        'peak RSS MB': peakRssMb,
        correct,
      })),
    );
  }
} finally {
  rmSync(directory, { recursive: true });
}
