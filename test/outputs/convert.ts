import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { definePipeline, type PipelineParts, runCsv } from '../../src/engine';

/** A file to write: its source, and the pipeline that makes it. */
interface Conversion {
  readonly source: string;
  readonly output: string;
  readonly pipeline: PipelineParts;
}

/** Runs the sources of a folder through the engine, as its `conversions.json` says. */
async function convert(directory: string): Promise<void> {
  const text = readFileSync(path.join(directory, 'conversions.json'), 'utf8');
  for (const { source, output, pipeline } of JSON.parse(text) as Conversion[]) {
    const { counts } = await runCsv(
      createReadStream(path.join(directory, source)),
      definePipeline(pipeline),
      { output: createWriteStream(path.join(directory, output)) },
    );
    if (counts.rowsWritten !== counts.rowsRead) throw new Error(`${output}: ${JSON.stringify(counts)}`);
  }
}

void convert(process.argv[2]);
