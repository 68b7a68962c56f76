import { REJECT_COLUMNS } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import type { ByteSource } from '../engine';
import { type CsvRecord, readCsv } from '../read/read-csv';
import { contractViolation, unreadableFile } from '../run/contract-violation';

const ROW_NUMBER = /^[1-9][0-9]{0,14}$/;

/** Walks through the rejects of one step, in ascending order of row numbers. */
export class RejectsCursor {
  /** Number of the rejected row at hand; Infinity behind the last one. */
  row = 0;
  /** Cells of its line: `_row`, `_column`, `_code`, `_message`. */
  cells: readonly string[] = [];
  /** Rejected rows met so far. */
  rows = 0;
  private readonly records: AsyncGenerator<CsvRecord>;

  constructor(source: ByteSource) {
    this.records = readCsv(source);
  }

  /** Goes to the first reject. A file without any byte has none. */
  async open(): Promise<this> {
    const header = await this.next();
    if (header && header.cells.join() !== REJECT_COLUMNS.join()) {
      throw contractViolation(`the rejects of a step have not the columns ${REJECT_COLUMNS.join(', ')}`);
    }
    await this.advance();
    return this;
  }

  /** Goes to the next reject. */
  async advance(): Promise<void> {
    const record = await this.next();
    if (!record) {
      this.row = Infinity;
      return;
    }
    const { cells, row: line } = record;
    if (cells.length !== REJECT_COLUMNS.length || !ROW_NUMBER.test(cells[0])) {
      throw contractViolation(
        `record ${line} of a step's rejects is not a row number, column, code and message`,
      );
    }
    const row = Number(cells[0]);
    if (row <= this.row) {
      throw contractViolation(
        `record ${line} of a step's rejects breaks the ascending order of row numbers, one line a row`,
      );
    }
    this.row = row;
    this.rows++;
    this.cells = cells;
  }

  async close(): Promise<void> {
    await this.records.return(undefined);
  }

  private async next(): Promise<CsvRecord | undefined> {
    try {
      const { value, done } = await this.records.next();
      return done ? undefined : value;
    } catch (error) {
      if (error instanceof PipelineError && error.code === 'empty-file') return undefined;
      throw unreadableFile('the rejects of a step', error);
    }
  }
}
