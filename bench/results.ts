import type { BenchCase } from './cases';
import type { EngineEntry } from './engines';
import type { FileCounts } from './files/csv-file';
import type { WorkResult } from './work';

/** One run of one engine, start of its process included. */
export interface Measurement extends WorkResult {
  readonly seconds: number;
  /** Of the whole process, start-up and garbage collection included: steadier than `seconds` on a busy machine. */
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
  /** Bytes that the engine was given. */
  readonly bytes: number;
}

/** A line of the results, as `--json` has it. */
export interface ResultRow {
  readonly work: string;
  readonly engine: string;
  readonly mbPerSecond: Spread;
  readonly peakRssMb: number;
  /** Whether every count was right in every run; null where nothing is counted. */
  readonly correct: boolean | null;
  readonly note: string;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spread(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return { median: rounded(median), min: rounded(sorted[0]), max: rounded(sorted[sorted.length - 1]) };
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10;
}

/** Sums up the runs of an engine. */
export function resultRow(
  { work, kind, error }: BenchCase,
  engine: string,
  { note, keepsDuplicates = [] }: EngineEntry,
  runs: readonly Measurement[],
  counts: FileCounts | undefined,
): ResultRow {
  const duplicates = keepsDuplicates.includes(kind) ? (counts?.duplicates ?? 0) : 0;
  const isRight = ({ rowsRead, rowsWritten, error: ended }: Measurement) => {
    if (error !== undefined || ended !== undefined) return ended === error;
    const { rows, bad } = counts!;
    const written = rows - bad + duplicates;
    return (rowsRead ?? rows) === rows && (rowsWritten ?? written) === written;
  };
  const counted = runs.some(({ rowsRead, rowsWritten }) => rowsRead !== null || rowsWritten !== null);
  return {
    work,
    engine,
    mbPerSecond: spread(runs.map(({ bytes, seconds }) => bytes / 1e6 / seconds)),
    peakRssMb: Math.round(Math.max(...runs.map(({ peakRssMb }) => peakRssMb))),
    correct: counted ? runs.every(isRight) : null,
    note,
  };
}
