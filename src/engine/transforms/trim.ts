import type { TrimSpec } from '../../spec/transforms/transform-spec';
import { BATCH_ROWS, cellText, Column } from '../batch';
import { setColumn } from '../cell-bytes';
import type { ApplyToBatch } from '../compile-operations';

const FIRST_NON_ASCII = 0x80;

/** Tab, newline, vertical tab, form feed, carriage return and blank. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/** Takes off the blanks around each cell, those of Unicode included (String.prototype.trim). */
export function compileTrim(spec: TrimSpec, header: readonly string[]): ApplyToBatch {
  const columns = spec.columns.map((name) => ({
    index: header.indexOf(name),
    start: new Int32Array(BATCH_ROWS),
    end: new Int32Array(BATCH_ROWS),
  }));
  return (batch) => {
    for (const { index, start, end } of columns) {
      const cells = batch.columns[index];
      const { data } = cells;
      for (const row of batch.keptRows()) {
        let from = cells.start[row];
        let to = cells.end[row];
        while (from < to && isBlank(data[from])) from++;
        while (from < to && isBlank(data[to - 1])) to--;
        start[row] = from;
        end[row] = to;
        if (from < to && (data[from] >= FIRST_NON_ASCII || data[to - 1] >= FIRST_NON_ASCII)) {
          const text = cellText(cells, row);
          start[row] = cells.start[row] + Buffer.byteLength(text) - Buffer.byteLength(text.trimStart());
          end[row] = start[row] + Buffer.byteLength(text.trim());
        }
      }
      // The bytes stay where they are; only where each cell begins and ends moves.
      setColumn(batch, index, new Column(data, start, end));
    }
  };
}
