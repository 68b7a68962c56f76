import { BATCH_ROWS, Column, type RecordBatch } from './batch';

/** Whether the cell of a row is missing: between the steps that is an empty one. */
export function isMissing(column: Column, row: number): boolean {
  return column.start[row] === column.end[row];
}

/** A column whose cells are all the same bytes. */
export function constantColumn(text: string): Column {
  const data = Buffer.from(text, 'utf8');
  return new Column(data, new Int32Array(BATCH_ROWS), new Int32Array(BATCH_ROWS).fill(data.length));
}

/** Puts a column at a place of the batch, without touching the list that a reader may hold. */
export function setColumn(batch: RecordBatch, index: number, column: Column): void {
  batch.columns = batch.columns.slice();
  batch.columns[index] = column;
}
