import { ROW_COLUMN } from '../../shared/step-contract';
import type { StepResult, ValidateRun } from '../engine';
import { CheckedSource } from './checked-source';
import { StepOutput } from '../run/step-output';

/**
 * Reads the source, sends valid records on with their source text, and rejects the others. Throws PipelineError where
 * the file as a whole is wrong: codes of the scope `job` in ERROR_CODES. The error tells how many rows were read before
 * it.
 */
export function validate(run: ValidateRun): Promise<StepResult> {
  return new CheckedSource(run, 'drop-surplus').use(async (source) =>
    checkRecords(run, source, await source.open()),
  );
}

/** Checks every record of an open source by the full definition. */
export async function checkRecords(
  run: ValidateRun,
  source: CheckedSource,
  header: readonly string[],
): Promise<StepResult> {
  const output = new StepOutput(run, [ROW_COLUMN, ...header], 'ascending');
  for (let batch = await source.nextBatch(); batch; batch = await source.nextBatch()) {
    source.check(batch);
    await output.write(batch);
  }
  return { counts: await output.finish(), header };
}
