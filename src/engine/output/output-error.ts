import { PipelineError } from '../../spec/pipeline-error';

/** A cell that the output format cannot hold. Its value is not in the message, which goes into the job's item. */
export function outputError(row: number, column: string, what: string): PipelineError {
  return new PipelineError('output-error', `row ${row}, column ${JSON.stringify(column)}: ${what}`, {
    record: row,
    column,
  });
}
