import type { PublishResult, PublishRun } from '../engine';
import { StagedReader } from './staged-reader';
import { CsvWriter } from '../write/csv-writer';

/** Writes what is published: the last step's rows without `_row`. */
export async function publish(run: PublishRun): Promise<PublishResult> {
  const reader = new StagedReader(run.input, run.rows);
  try {
    const output = new CsvWriter(run.output);
    output.writeTexts(await reader.open());
    let rows = 0;
    for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
      rows += batch.rows;
      output.writeBatch(batch, 'without-row-numbers');
      await output.drain();
    }
    await output.flush();
    return { rows };
  } finally {
    await reader.close();
  }
}
