import { cellText, type Column, ColumnBuilder, type RecordBatch } from '../batch';
import { isMissing, setColumn } from '../cell-bytes';
import type { ApplyToBatch } from '../compile-operations';

/** A cell that a transform cannot be applied to. */
export class CellProblem {
  constructor(readonly message: string) {}
}

/** How a cell is rewritten. */
export interface CellRewrite {
  /** By its bytes; undefined where only the text tells. What it gives is copied at once. */
  readonly bytes?: (data: Buffer, start: number, end: number) => Buffer | undefined;
  readonly text: (text: string) => string | CellProblem;
}

/** Rewrites the texts of one column that are not missing. A CellProblem rejects the row. */
export function rewriteTexts(
  header: readonly string[],
  column: string,
  text: (text: string) => string | CellProblem,
): ApplyToBatch {
  return rewriteCells(header, column, { text });
}

/** Rewrites the cells of one column that are not missing. A CellProblem rejects the row. */
export function rewriteCells(
  header: readonly string[],
  column: string,
  { bytes, text }: CellRewrite,
): ApplyToBatch {
  const index = header.indexOf(column);
  const builder = new ColumnBuilder();
  return (batch) => {
    const cells = batch.columns[index];
    builder.reset();
    for (const row of batch.keptRows()) {
      if (isMissing(cells, row)) {
        copyCell(builder, cells, row);
        continue;
      }
      const rewritten = bytes?.(cells.data, cells.start[row], cells.end[row]);
      if (rewritten) builder.setBytes(row, rewritten, 0, rewritten.length);
      else rewriteCell(batch, row, column, text(cellText(cells, row)), builder);
    }
    setColumn(batch, index, builder);
  };
}

function rewriteCell(
  batch: RecordBatch,
  row: number,
  column: string,
  result: string | CellProblem,
  builder: ColumnBuilder,
): void {
  if (typeof result === 'string') builder.setText(row, result);
  else rejectCell(batch, row, column, result.message);
}

/** Rejects a row for a cell that a transform cannot be applied to. */
export function rejectCell(batch: RecordBatch, row: number, column: string, message: string): void {
  batch.reject(row, { column, code: 'transform-error', message });
}

/** The bytes of a cell as they stand, in another column. */
export function copyCell(builder: ColumnBuilder, cells: Column, row: number): void {
  builder.setBytes(row, cells.data, cells.start[row], cells.end[row]);
}
