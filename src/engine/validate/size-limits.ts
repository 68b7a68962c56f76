import { LIMITS, type LimitsSpec } from '../../spec/limits';
import { PipelineError } from '../../spec/pipeline-error';
import type { SourceBatch } from '../read/source-batch';

/** Holds a source to the limits that are not the reader's own. Every method throws PipelineError. */
export class SizeLimits {
  private rows = 0;

  constructor(private readonly limits: LimitsSpec) {}

  checkColumns(columns: number): void {
    const { maxColumns = LIMITS.maxColumns.default } = this.limits;
    if (columns <= maxColumns) return;
    throw new PipelineError(
      'too-many-columns',
      `the header has ${columns} columns, and a file can have ${maxColumns}`,
      { record: 1 },
    );
  }

  /** Checks the next batch; its columns are those of the header. */
  checkBatch(batch: SourceBatch, header: readonly string[]): void {
    const { maxRows = Infinity, maxFieldBytes = Infinity } = this.limits;
    this.rows += batch.rows;
    if (this.rows > maxRows) {
      throw new PipelineError('too-many-rows', `the file has more than ${maxRows} rows`, {
        record: batch.rowNumbers[batch.rows - 1 - (this.rows - maxRows - 1)],
      });
    }
    if (maxFieldBytes === Infinity) return;
    header.forEach((column, index) => {
      const { start, end } = batch.columns[index];
      for (let row = 0; row < batch.rows; row++) {
        if (end[row] - start[row] > maxFieldBytes) {
          throw tooLarge(batch.rowNumbers[row], index, maxFieldBytes, column);
        }
      }
    });
  }
}

function tooLarge(record: number, index: number, mostBytes: number, column: string): PipelineError {
  return new PipelineError(
    'field-too-large',
    `record ${record} has more than ${mostBytes} bytes in cell ${index + 1}`,
    { record, cell: index + 1, column },
  );
}
