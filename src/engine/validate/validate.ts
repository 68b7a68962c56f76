import { ROW_COLUMN } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import type { StepResult, ValidateRun } from '../engine';
import { FieldChecks } from './field-checks';
import { checkLabels, matchFields } from './header';
import { openSource } from './source-records';
import { StructureCheck } from './structure';
import { RecordReader } from '../read/record-reader';
import { StepOutput } from '../run/step-output';

/**
 * Reads the source, sends valid records on with their source text, and rejects the others. Throws PipelineError where
 * the file as a whole is wrong: codes of the scope `job` in ERROR_CODES.
 */
export async function validate(run: ValidateRun): Promise<StepResult> {
  const reader = new RecordReader(run.input, run.spec.dialect, run.spec.limits.maxRecordBytes);
  try {
    return await validateRecords(run, reader);
  } finally {
    await reader.close();
  }
}

/** An error tells how many rows were read before it. */
async function validateRecords(run: ValidateRun, reader: RecordReader): Promise<StepResult> {
  const { spec } = run;
  /** Records before the first row, and rows in whole batches so far. */
  let headerRecords = 1;
  let rowsRead = 0;
  try {
    const source = await openSource(reader, run.sourceKey, spec);
    headerRecords = spec.dialect.header || source.replay ? 1 : 0;
    const { header } = source;
    checkLabels(header);
    reader.setColumns(source.width, 'drop-surplus');
    const structure = new StructureCheck(source);
    const fields =
      spec.schema &&
      new FieldChecks(matchFields(header, spec.schema), spec.schema, spec.limits.uniqueBudgetBytes);

    const output = new StepOutput(run, [ROW_COLUMN, ...header]);
    for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
      rowsRead += batch.rows;
      batch.columns.length = header.length;
      structure.apply(batch);
      fields?.apply(batch);
      await output.write(batch);
    }
    return { counts: await output.finish(), header };
  } catch (error) {
    if (error instanceof PipelineError) {
      const { record = 0 } = error.position;
      error.rowsRead = Math.max(rowsRead, record - 1 - headerRecords);
    }
    throw error;
  }
}
