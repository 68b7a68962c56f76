import { createReadStream } from 'node:fs';
import { split } from './ours-split';
import {
  CsvFile,
  type CsvSource,
  csvEngine,
  NOWHERE,
  PipelineError,
  type PipelineSpec,
  runCsv,
} from '../../src/engine';
import { bytesOf } from '../../src/engine/stream/csv-source';
import { OUTPUT_DEFAULTS } from '../../src/spec/output-spec';
import { manyKeys } from '../files/keys';
import { PIPELINES } from '../pipelines';
import type { Engine } from '../work';

/** As the peers write it: money of 18 digits, two of them behind the point. */
function asParquet(spec: PipelineSpec): PipelineSpec {
  const { parquet } = OUTPUT_DEFAULTS;
  return { ...spec, output: { ...parquet, decimalPrecision: 18, decimalScale: 2 } };
}

/** This engine: with the kernel where it validates alone, and everything in one pass where there is more to do. */
export const ours: Engine = async ({ kind, file, customers, output, pipeline }) => {
  if (kind === 'split') return split(file!);
  const source: CsvSource = file === undefined ? manyKeys() : new CsvFile(file);
  const spec = kind === 'pipeline-parquet' ? asParquet(PIPELINES[pipeline]) : PIPELINES[pipeline];
  try {
    if (kind === 'validate') {
      const rejects = { write: () => undefined };
      const run = { spec, sourceKey: 'orders.csv', input: bytesOf(source), output: NOWHERE, rejects };
      return (await csvEngine.validate(run)).counts;
    }
    const { counts } = await runCsv(source, spec, {
      onReject: () => {},
      output: new CsvFile(output),
      openLookup: () => createReadStream(customers),
    });
    return counts;
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return { rowsRead: error.rowsRead ?? 0, rowsWritten: 0, error: error.code };
  }
};
