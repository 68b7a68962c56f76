import { ROW_COLUMN } from '../../shared/step-contract';
import { DEFAULT_DIALECT } from '../../spec/dialect-spec';
import type { Column, RecordBatch } from '../batch';
import type { ByteSource } from '../engine';
import { contractViolation, unreadableFile } from './contract-violation';
import { rowNumber } from './row-cells';
import { RowNumbers } from './row-numbers';
import { readerOf } from '../read/byte-reader';
import type { PlaceText } from '../read/byte-window';
import { RecordReader } from '../read/record-reader';
import type { SourceBatch } from '../read/source-batch';

/** A staged record may be longer than the one it came from: by quotes, and by columns that were added. */
export const STAGED_RECORD_BYTES = 256 * 1024 * 1024;

/** Where the text lies while it is read. */
export interface StagedText {
  readonly windowBytes?: number;
  readonly place?: PlaceText;
}

/**
 * Reads what a step wrote for the next one, and holds it to the step contract: a header whose first column is `_row`,
 * records as wide as the header, each with a row number that no other record has. Throws PipelineError
 * `step-contract-violation`, since such a file is a step's doing and not the source's.
 */
export class StagedReader {
  /** Columns, `_row` left out. */
  header: readonly string[] = [];
  /** Another reader may go on in its text. */
  readonly reader: RecordReader;

  constructor(
    input: ByteSource,
    private readonly rowNumbers = new RowNumbers(),
    { windowBytes, place }: StagedText = {},
  ) {
    const text = readerOf(input);
    this.reader = new RecordReader(text, DEFAULT_DIALECT, STAGED_RECORD_BYTES, windowBytes, place);
  }

  /** Reads the header. */
  async open(): Promise<readonly string[]> {
    const record = await this.reading(() => this.reader.nextRecord());
    if (!record) throw contractViolation('a step wrote no header');
    const [first, ...header] = record.cells;
    if (first !== ROW_COLUMN) {
      throw contractViolation(`the first column of what a step wrote is not ${ROW_COLUMN}`);
    }
    if (header.length === 0) throw contractViolation(`what a step wrote has no column beside ${ROW_COLUMN}`);
    this.reader.setColumns(record.cells.length, 'drop-surplus');
    this.header = header;
    return header;
  }

  /** Reads the next records; their columns are those of the header. */
  async nextBatch(maxRows?: number): Promise<RecordBatch | undefined> {
    const batch = await this.reading(() => this.reader.nextBatch(maxRows));
    if (!batch) return undefined;
    for (let row = 0; row < batch.rows; row++) this.takeRecord(batch, row);
    batch.columns = batch.columns.slice(1);
    return batch;
  }

  /** Gets more text for whoever reads on in it; false where that has to leave the next record to this reader. */
  more(): Promise<boolean> {
    return this.reading(() => this.reader.more());
  }

  /** Takes a record as it was read, with `_row` before its columns: sets its row number. */
  takeRecord(batch: SourceBatch, row: number): void {
    const record = batch.rowNumbers[row];
    if (batch.cellCount(row) !== this.header.length + 1) {
      throw contractViolation(`record ${record} of what a step wrote has not as many cells as its header`, {
        record,
      });
    }
    batch.rowNumbers[row] = this.takeNumber(batch.columns[0], row, record);
  }

  /** Takes the row number that stands in a column. */
  takeNumber(numbers: Column, row: number, record: number): number {
    const number = rowNumber(numbers, row);
    if (number < 0) {
      throw contractViolation(`record ${record} of what a step wrote has no row number in ${ROW_COLUMN}`, {
        record,
      });
    }
    this.rowNumbers.add(number, record);
    return number;
  }

  async close(): Promise<void> {
    await this.reader.close();
  }

  private async reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      throw unreadableFile('what a step wrote', error);
    }
  }
}
