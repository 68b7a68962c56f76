import type { FillMissingSpec } from '../../spec/transforms/transform-spec';
import { ColumnBuilder } from '../batch';
import { isMissing, setColumn } from '../cell-bytes';
import type { ApplyToBatch } from '../compile-operations';
import { copyCell } from './rewrite-column';

/** Puts a value where a cell is missing. */
export function compileFillMissing(spec: FillMissingSpec, header: readonly string[]): ApplyToBatch {
  const index = header.indexOf(spec.column);
  const value = Buffer.from(spec.value, 'utf8');
  const builder = new ColumnBuilder();
  return (batch) => {
    const cells = batch.columns[index];
    builder.reset();
    for (const row of batch.keptRows()) {
      if (isMissing(cells, row)) builder.setBytes(row, value, 0, value.length);
      else copyCell(builder, cells, row);
    }
    setColumn(batch, index, builder);
  };
}
