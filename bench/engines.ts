import type { WorkKind } from './work';

/** Something that is measured. */
export interface EngineEntry {
  readonly works: readonly WorkKind[];
  /** Its file in engines/, and what that exports it as. */
  readonly file: string;
  readonly name: string;
  /** What it does otherwise than ours, or leaves out. */
  readonly note: string;
  /** Packages of bench/package.json that it needs. */
  readonly packages?: readonly string[];
  /** Bad rows that it is not asked to find: it leaves out the unique key. */
  readonly keepsDuplicates?: readonly WorkKind[];
  /** Takes all cores; the others are held to one, where the system can do that. */
  readonly allCores?: true;
  readonly environment?: Readonly<Record<string, string>>;
  /** Reads pipelines other than the one of orders. */
  readonly anyPipeline?: true;
}

const IN_SQL =
  'SQL over read_csv; skips blank lines; the pipeline leaves out the unique key and says nothing of rejected rows';

/** Adding an engine: a file in engines/ and a row here. What is not there yet has no row. */
export const ENGINES: Readonly<Record<string, EngineEntry>> = {
  ours: {
    works: ['validate', 'pipeline-csv', 'pipeline-parquet', 'split'],
    file: 'ours',
    name: 'ours',
    note: 'validate by the kernel (csvEngine), the pipeline in one pass by runCsv, split by SplitSearch; exact decimals; every reject explained',
    anyPipeline: true,
  },
  'ours-typescript': {
    works: ['validate', 'pipeline-csv'],
    file: 'ours-steps',
    name: 'oursSteps',
    note: 'the plain TypeScript engine in steps as deployed: validate, transform, enrich, publish, CSV between them',
  },
  'duckdb-1': {
    works: ['validate', 'pipeline-csv', 'pipeline-parquet'],
    file: 'duckdb',
    name: 'duckdb1',
    note: `threads=1; ${IN_SQL}`,
    packages: ['@duckdb/node-api'],
    keepsDuplicates: ['pipeline-csv', 'pipeline-parquet'],
  },
  'duckdb-all': {
    works: ['validate', 'pipeline-csv', 'pipeline-parquet'],
    file: 'duckdb',
    name: 'duckdbAll',
    note: `all threads; ${IN_SQL}`,
    packages: ['@duckdb/node-api'],
    keepsDuplicates: ['pipeline-csv', 'pipeline-parquet'],
    allCores: true,
  },
  polars: {
    works: ['validate', 'pipeline-csv', 'pipeline-parquet'],
    file: 'polars',
    name: 'polars',
    note: 'one thread; whole file in memory; cuts long rows to the header and fills short ones; floats; no reasons',
    packages: ['nodejs-polars'],
    environment: { POLARS_MAX_THREADS: '1' },
  },
  'csv-parse-ajv': {
    works: ['validate', 'pipeline-csv'],
    file: 'csv-parse-ajv',
    name: 'csvParseAjv',
    note: 'csv-parse, ajv, csv-stringify; one pass; floats; says only that a row is wrong, not why',
  },
  papaparse: {
    works: ['validate', 'pipeline-csv'],
    file: 'papaparse',
    name: 'papaparse',
    note: 'papaparse, ajv, csv-stringify; one pass; floats; says only that a row is wrong, not why',
    packages: ['papaparse'],
  },
  udsv: {
    works: ['validate', 'pipeline-csv'],
    file: 'udsv',
    name: 'udsv',
    note: 'uDSV, ajv, csv-stringify; one pass; floats; takes every row for as wide as the header',
    packages: ['udsv'],
  },
  'fast-csv': {
    works: ['validate', 'pipeline-csv'],
    file: 'fast-csv',
    name: 'fastCsv',
    note: 'fast-csv, ajv, csv-stringify; one pass; floats; says only that a row is wrong, not why',
    packages: ['fast-csv'],
  },
  read: {
    works: ['split'],
    file: 'read',
    name: 'read',
    note: 'the limit: reads the file into memory and looks at nothing',
  },
};
