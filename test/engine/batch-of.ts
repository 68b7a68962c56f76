import {
  type BatchOperation,
  cellText,
  ColumnBuilder,
  RecordBatch,
  ROW_FILTERED,
  ROW_KEPT,
} from '../../src/engine/batch';
import type { TransformContext } from '../../src/engine/transforms/transform-context';

/** What transforms need that need nothing. */
export const CONTEXT: TransformContext = { uniqueBudgetBytes: 0, lastRows: new Map() };

/** A batch that holds these rows; records are numbered from 2, as after a header. */
export function batchOf(rows: ReadonlyArray<readonly string[]>, width: number): RecordBatch {
  const batch = new RecordBatch();
  const columns = Array.from({ length: width }, () => new ColumnBuilder());
  rows.forEach((cells, row) => {
    batch.rowNumbers[row] = row + 2;
    columns.forEach((column, index) => column.setText(row, cells[index]));
  });
  batch.columns = columns;
  batch.rows = rows.length;
  return batch;
}

export interface OperationResult {
  /** Cells of the rows that are kept. */
  readonly rows: string[][];
  /** `<row>: <column>: <code>: <message>` of the rejected rows; the first row is 0. */
  readonly rejected: string[];
  /** Rows that are filtered. */
  readonly filtered: number[];
}

/** Applies an operation to rows, twice, since operations use their memory again. */
export function applyTo(
  operation: BatchOperation,
  width: number,
  rows: ReadonlyArray<readonly string[]>,
): OperationResult {
  operation.apply(batchOf(rows, width));
  const batch = batchOf(rows, width);
  operation.apply(batch);
  const all = rows.map((_, row) => row);
  return {
    rows: all
      .filter((row) => batch.state[row] === ROW_KEPT)
      .map((row) => batch.columns.map((column) => cellText(column, row))),
    rejected: [...batch.errors].flatMap(([row, errors]) =>
      errors.map(({ column, code, message }) => `${row}: ${column}: ${code}: ${message}`),
    ),
    filtered: all.filter((row) => batch.state[row] === ROW_FILTERED),
  };
}
