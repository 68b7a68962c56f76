import type { PublishResult, PublishRun } from '../engine';
import { StagedReader } from './staged-reader';
import { openOutput } from '../output/open-output';

/** Writes what is published, in the pipeline's format: the last step's rows without `_row`. */
export async function publish(run: PublishRun): Promise<PublishResult> {
  const reader = new StagedReader(run.input, run.rows);
  try {
    const output = openOutput(run.spec, await reader.open(), run.output);
    let rows = 0;
    for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
      rows += batch.rows;
      output.writeBatch(batch);
      await output.drain();
    }
    await output.finish();
    return { rows };
  } finally {
    await reader.close();
  }
}
