import { ROW_COLUMN } from '../../shared/step-contract';
import type { BatchOperation } from '../batch';
import type { StepResult, StepRun } from '../engine';
import { StagedReader } from './staged-reader';
import { StepOutput } from './step-output';

/** Runs staged rows through an operation that is compiled once their header is known. */
export async function runOperation(
  run: StepRun,
  compile: (header: readonly string[]) => BatchOperation | Promise<BatchOperation>,
): Promise<StepResult> {
  const reader = new StagedReader(run.input);
  try {
    const operation = await compile(await reader.open());
    const { header } = operation;
    const output = new StepOutput(run, [ROW_COLUMN, ...header]);
    for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
      operation.apply(batch);
      await output.write(batch);
    }
    return { counts: await output.finish(), header };
  } finally {
    await reader.close();
  }
}
