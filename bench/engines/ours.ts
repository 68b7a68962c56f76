import { createReadStream, createWriteStream } from 'node:fs';
import { type CsvSource, PipelineError, runCsv } from '../../src/engine';
import { manyKeys } from '../files/keys';
import { PIPELINES } from '../pipelines';
import type { Engine } from '../work';

/** This engine, as its API has it: everything in one pass. */
export const ours: Engine = async ({ kind, file, customers, output, pipeline }) => {
  const source: CsvSource =
    file === undefined ? manyKeys() : createReadStream(file, { highWaterMark: 256 * 1024 });
  try {
    const { counts } = await runCsv(source, PIPELINES[pipeline], {
      onReject: () => {},
      ...(kind !== 'validate' && { output: createWriteStream(output) }),
      openLookup: () => createReadStream(customers),
    });
    return counts;
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return { rowsRead: error.rowsRead ?? 0, rowsWritten: 0, error: error.code };
  }
};
