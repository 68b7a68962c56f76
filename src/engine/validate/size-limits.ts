import { LIMITS, type LimitsSpec } from '../../spec/limits';
import { PipelineError } from '../../spec/pipeline-error';
import type { SourceBatch } from '../read/source-batch';

/**
 * Holds a source to the limits that are not the reader's own: the first record beyond one of them fails it, however many
 * are read at once. Every method throws PipelineError.
 */
export class SizeLimits {
  private rows = 0;

  constructor(private readonly limits: LimitsSpec) {}

  /** Bytes of a cell at most. */
  get mostFieldBytes(): number {
    return this.limits.maxFieldBytes ?? Infinity;
  }

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
    const allowed = this.allowed(batch.rows);
    this.checkFields(batch, header, allowed);
    this.takeRows(batch.rows, batch.rowNumbers[allowed]);
  }

  /** How many of the next rows there may be. */
  allowed(rows: number): number {
    return Math.min(rows, (this.limits.maxRows ?? Infinity) - this.rows);
  }

  /** Checks the cells of the first rows of a batch. */
  checkFields({ columns, rowNumbers }: SourceBatch, header: readonly string[], rows: number): void {
    const { mostFieldBytes } = this;
    if (mostFieldBytes === Infinity) return;
    let first = rows;
    let cell = 0;
    for (const index of header.keys()) {
      const { start, end } = columns[index];
      for (let row = 0; row < first; row++) {
        if (end[row] - start[row] <= mostFieldBytes) continue;
        first = row;
        cell = index;
      }
    }
    if (first < rows) throw tooLarge(rowNumbers[first], cell, mostFieldBytes, header[cell]);
  }

  /** Counts the next rows; `record` is the first of them that is not allowed. */
  takeRows(rows: number, record: number): void {
    const allowed = this.allowed(rows);
    this.rows += rows;
    if (rows <= allowed) return;
    const { maxRows } = this.limits;
    throw new PipelineError('too-many-rows', `the file has more than ${maxRows} rows`, { record });
  }
}

function tooLarge(record: number, index: number, mostBytes: number, column: string): PipelineError {
  return new PipelineError(
    'field-too-large',
    `record ${record} has more than ${mostBytes} bytes in cell ${index + 1}`,
    { record, cell: index + 1, column },
  );
}
