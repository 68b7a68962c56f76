import { COMPRESSIONS, DEFAULT_OUTPUT, type OutputSpec, QUOTINGS } from './output-spec';
import type { SpecReader } from './spec-reader';

const MEBIBYTE = 1024 * 1024;
/** Decimals of Parquet have 38 digits at most, those before and after the point together. */
export const DECIMAL_DIGITS = 38;

/** Reads what is published. */
export function readOutput(reader: SpecReader): OutputSpec {
  const type = reader.choice('type', ['csv', 'json-lines', 'parquet']);
  // The rest belongs to a type that is not known.
  if (reader.value('type') !== type) return DEFAULT_OUTPUT;
  switch (type) {
    case 'csv':
      reader.only(['type', 'quoting', 'neutralizeFormulas']);
      return {
        type,
        quoting: reader.choice('quoting', QUOTINGS),
        neutralizeFormulas: reader.flag('neutralizeFormulas'),
      };
    case 'json-lines':
      reader.only(['type']);
      return { type };
    case 'parquet': {
      reader.only(['type', 'compression', 'rowGroupBytes', 'decimalPrecision', 'decimalScale']);
      const decimalPrecision = reader.integer('decimalPrecision', 1, DECIMAL_DIGITS);
      return {
        type,
        compression: reader.choice('compression', COMPRESSIONS),
        rowGroupBytes: reader.integer('rowGroupBytes', MEBIBYTE, 1024 * MEBIBYTE),
        decimalPrecision,
        decimalScale: reader.integer('decimalScale', 0, decimalPrecision),
      };
    }
  }
}
