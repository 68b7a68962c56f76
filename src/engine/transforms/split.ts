import type { SplitSpec } from '../../spec/transforms/transform-spec';
import { cellText, ColumnBuilder } from '../batch';
import { isMissing } from '../cell-bytes';
import type { ApplyToBatch } from '../compile-operations';
import { rejectCell } from './rewrite-column';

/** Splits the cells of a column; parts that a cell does not have are missing. */
export function compileSplit(spec: SplitSpec, header: readonly string[]): ApplyToBatch {
  const { column, into } = spec;
  const index = header.indexOf(column);
  const builders = into.map(() => new ColumnBuilder());
  return (batch) => {
    const cells = batch.columns[index];
    for (const builder of builders) builder.reset();
    for (const row of batch.keptRows()) {
      const parts = isMissing(cells, row) ? [] : partsOf(spec, cellText(cells, row));
      if (parts.length > into.length) {
        rejectCell(batch, row, column, `it has ${parts.length} parts, expected at most ${into.length}`);
        continue;
      }
      builders.forEach((builder, part) => builder.setText(row, parts[part] ?? ''));
    }
    batch.columns = [...batch.columns, ...builders];
  };
}

function partsOf({ separator, into, extra }: SplitSpec, text: string): string[] {
  const parts = text.split(separator);
  if (parts.length <= into.length || extra === 'reject') return parts;
  const last = into.length - 1;
  if (extra === 'drop') return parts.slice(0, into.length);
  return [...parts.slice(0, last), parts.slice(last).join(separator)];
}
