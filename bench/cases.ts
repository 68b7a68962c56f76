import type { WorkKind } from './work';

/** A work on a file. */
export interface BenchCase {
  /** What it is called in results. */
  readonly work: string;
  readonly kind: WorkKind;
  /** One of FILES; absent where it is generated while it is read. */
  readonly file?: string;
  /** One of PIPELINES. */
  readonly pipeline: string;
  /** Its own size, whatever `--size` says. */
  readonly bytes?: number;
  /** It has to end with this error. */
  readonly error?: string;
}

function onOrders(kind: WorkKind, parts: Partial<BenchCase> = {}): BenchCase {
  return { work: kind, kind, file: 'orders', pipeline: 'orders', ...parts };
}

function validating(work: string, parts: Partial<BenchCase>): BenchCase {
  return { work, kind: 'validate', pipeline: parts.file!, ...parts };
}

/** What is measured together: the table, small files that feel the start of the process, and files that are out of the ordinary. */
export const SUITES: Readonly<Record<string, readonly BenchCase[]>> = {
  table: [onOrders('validate'), onOrders('pipeline-csv'), onOrders('pipeline-parquet'), onOrders('split')],
  small: [
    onOrders('validate', { work: 'validate-1mb', bytes: 1e6 }),
    onOrders('pipeline-csv', { work: 'pipeline-csv-1mb', bytes: 1e6 }),
    onOrders('validate', { work: 'validate-10mb', bytes: 10e6 }),
    onOrders('pipeline-csv', { work: 'pipeline-csv-10mb', bytes: 10e6 }),
  ],
  special: [
    validating('validate-all-bad', { file: 'bad-orders', pipeline: 'orders' }),
    validating('validate-all-quoted', { file: 'quoted-orders', pipeline: 'orders' }),
    validating('validate-1000-columns', { file: 'wide' }),
    validating('validate-1mb-fields', { file: 'large-fields' }),
    validating('validate-patterns', { file: 'patterns' }),
    validating('unique-100m-keys', { pipeline: 'keys', error: 'unique-budget-exceeded' }),
  ],
};
