import { REJECT_COLUMNS } from '../../shared/step-contract';
import { type RecordBatch, cellText } from '../batch';
import type { MergeRejectsResult, MergeRejectsRun } from '../engine';
import { RejectsCursor } from './rejects-cursor';
import type { RecordReader } from '../read/record-reader';
import type { SourceBatch } from '../read/source-batch';
import { contractViolation } from '../run/contract-violation';
import { openSource, sourceReader } from '../validate/source-records';
import { CsvWriter } from '../write/csv-writer';

/**
 * Writes the published rejects file: the source's own columns and cells, then why the row was rejected, then the cells
 * that the row has beyond the header. Reads the source once, and no further than the last rejected row. Rows beyond the
 * limit of rejects that are kept are counted, and not written.
 */
export async function mergeRejects(run: MergeRejectsRun): Promise<MergeRejectsResult> {
  const { spec } = run;
  const reader = sourceReader(run.source, run.sourceKey, spec);
  const cursors = run.rejects.map((rejects) => new RejectsCursor(rejects));
  try {
    for (const cursor of cursors) await cursor.open();
    const { header, width } = await openSource(reader, run.sourceKey, spec);
    reader.setColumns(width, 'keep-surplus');
    const output = new CsvWriter(run.output);
    output.writeTexts([...header, ...REJECT_COLUMNS]);

    const { maxRejectsKept = Infinity } = spec.limits;
    let rows = 0;
    let next = earliest(cursors);
    for (let batch = await read(reader, next); batch; batch = await read(reader, next)) {
      for (let row = 0; row < batch.rows && next; row++) {
        if (batch.rowNumbers[row] < next.row) continue;
        if (batch.rowNumbers[row] > next.row) throw unknownRow(next);
        if (rows < maxRejectsKept) {
          output.writeTexts([...ownCells(batch, row, header.length), ...next.cells, ...batch.surplus(row)]);
        }
        rows++;
        run.rows?.add(next.row, next.row);
        await next.advance();
        next = earliest(cursors);
      }
      await output.drain();
    }
    if (next) throw unknownRow(next);
    await output.flush();
    return {
      rows,
      rowsKept: Math.min(rows, maxRejectsKept),
      rowsOfSteps: cursors.map((cursor) => cursor.rows),
    };
  } finally {
    for (const cursor of cursors) await cursor.close();
    await reader.close();
  }
}

/** The next batch while there are rejects left. */
async function read(reader: RecordReader, next: RejectsCursor | undefined): Promise<SourceBatch | undefined> {
  return next && reader.nextBatch();
}

/** The cursor with the smallest row number, undefined behind the last one. A row is rejected by one step only. */
function earliest(cursors: readonly RejectsCursor[]): RejectsCursor | undefined {
  let first: RejectsCursor | undefined;
  for (const cursor of cursors) {
    if (cursor.row === Infinity) continue;
    if (first?.row === cursor.row) throw contractViolation(`row ${cursor.row} is rejected by two steps`);
    if (!first || cursor.row < first.row) first = cursor;
  }
  return first;
}

function ownCells(batch: RecordBatch, row: number, columns: number): string[] {
  return batch.columns.slice(0, columns).map((column) => cellText(column, row));
}

function unknownRow(cursor: RejectsCursor): Error {
  return contractViolation(`a step rejected row ${cursor.row}, which the source does not have`);
}
