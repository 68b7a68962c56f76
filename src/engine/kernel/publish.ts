import { KernelMemory } from './kernel-memory';
import { KernelOutput } from './kernel-output';
import { KernelStaged, stagedPlan } from './kernel-staged';
import { KernelPlan } from './plan/kernel-plan';
import { SlotOutput } from './slot-output';
import type { KernelRun } from './steps';
import { newKernel } from './wasm';
import type { PublishResult, PublishRun } from '../engine';
import { openOutput } from '../output/open-output';
import { PlainCsvOutput } from '../output/plain-csv-output';
import { publish } from '../run/publish';
import { StagedReader } from '../run/staged-reader';

/** Publishes staged rows as the TypeScript engine does, to the byte. */
export async function kernelPublish(
  run: PublishRun,
  { windowBytes, kernel }: KernelRun = { kernel: newKernel() },
): Promise<PublishResult> {
  if (!kernel) return publish(run);
  const memory = new KernelMemory(kernel);
  const reader = new StagedReader(run.input, run.rows, { windowBytes, place: memory.placeText });
  try {
    const header = await reader.open();
    const output = openOutput(run.spec, header, run.output, () => memory);
    const isPlain = output instanceof PlainCsvOutput;
    const plan = new KernelPlan(stagedPlan(memory, header), isPlain ? 'csv' : 'slots');
    const staged = new KernelStaged(reader, memory);
    const records = isPlain ? new KernelOutput(memory, plan, output) : new SlotOutput(plan, output);
    let rows = 0;
    for (;;) {
      if (await staged.next(plan)) {
        rows += staged.batch.rows;
        records.write(staged.batch, staged.doubtful, staged.rowNumbers);
        await records.drain();
      } else {
        records.settle();
        const batch = await reader.nextBatch(1);
        if (!batch) break;
        rows += batch.rows;
        output.writeBatch(batch);
        await output.drain();
      }
    }
    await output.finish();
    return { rows };
  } finally {
    await reader.close();
  }
}
