import type { ConcatenateSpec } from '../../spec/transforms/transform-spec';
import { cellText, ColumnBuilder } from '../batch';
import { isMissing, setColumn } from '../cell-bytes';
import type { ApplyToBatch } from '../compile-operations';

/** Joins the cells of some columns. Those that are missing are left out, their separator as well (CONCAT_WS of SQL). */
export function compileConcatenate(spec: ConcatenateSpec, header: readonly string[]): ApplyToBatch {
  const known = header.indexOf(spec.column);
  const index = known < 0 ? header.length : known;
  const parts = spec.columns.map((name) => header.indexOf(name));
  const builder = new ColumnBuilder();
  return (batch) => {
    const { columns } = batch;
    builder.reset();
    for (const row of batch.keptRows()) {
      const texts = parts
        .filter((part) => !isMissing(columns[part], row))
        .map((part) => cellText(columns[part], row));
      builder.setText(row, texts.join(spec.separator));
    }
    setColumn(batch, index, builder);
  };
}
