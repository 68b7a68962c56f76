export const QUOTINGS = ['minimal', 'all', 'none'] as const;
export type Quoting = (typeof QUOTINGS)[number];
export const COMPRESSIONS = ['snappy', 'gzip', 'none'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

export interface CsvOutputSpec {
  readonly type: 'csv';
  readonly quoting: Quoting;
  readonly neutralizeFormulas: boolean;
}
export interface JsonLinesOutputSpec {
  readonly type: 'json-lines';
}
export interface ParquetOutputSpec {
  readonly type: 'parquet';
  readonly compression: Compression;
  /** Bytes of a row group before encoding; as they are encoded they are held in memory. */
  readonly rowGroupBytes: number;
  /** Digits of numbers in all. */
  readonly decimalPrecision: number;
  /** Digits after the point of numbers whose scale no transform states. */
  readonly decimalScale: number;
}

/** What is published. The files between the steps are CSV in any case. */
export type OutputSpec = CsvOutputSpec | JsonLinesOutputSpec | ParquetOutputSpec;

/** Each format as it is where nothing else is said. */
export const OUTPUT_DEFAULTS: { readonly [Type in OutputSpec['type']]: Extract<OutputSpec, { type: Type }> } =
  {
    csv: { type: 'csv', quoting: 'minimal', neutralizeFormulas: false },
    'json-lines': { type: 'json-lines' },
    parquet: {
      type: 'parquet',
      compression: 'snappy',
      rowGroupBytes: 64 * 1024 * 1024,
      decimalPrecision: 38,
      decimalScale: 18,
    },
  };

export const DEFAULT_OUTPUT: CsvOutputSpec = OUTPUT_DEFAULTS.csv;

/** What the files of a format are called. A CSV keeps the name of its source. */
export const OUTPUT_FILES: {
  readonly [Type in OutputSpec['type']]: { readonly extension?: string; readonly contentType: string };
} = {
  csv: { contentType: 'text/csv; charset=utf-8' },
  // https://jsonlines.org/
  'json-lines': { extension: '.jsonl', contentType: 'application/jsonl' },
  // https://www.iana.org/assignments/media-types/application/vnd.apache.parquet
  parquet: { extension: '.parquet', contentType: 'application/vnd.apache.parquet' },
};
