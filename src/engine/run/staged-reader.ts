import { ROW_COLUMN } from '../../shared/step-contract';
import { DEFAULT_DIALECT } from '../../spec/dialect-spec';
import type { RecordBatch } from '../batch';
import type { ByteSource } from '../engine';
import { contractViolation, unreadableFile } from './contract-violation';
import { rowNumber } from './row-cells';
import { RowNumbers } from './row-numbers';
import { readerOf } from '../read/byte-reader';
import { RecordReader } from '../read/record-reader';
import type { SourceBatch } from '../read/source-batch';

/** A staged record may be longer than the one it came from: by quotes, and by columns that were added. */
const STAGED_RECORD_BYTES = 256 * 1024 * 1024;

/**
 * Reads what a step wrote for the next one, and holds it to the step contract: a header whose first column is `_row`,
 * records as wide as the header, each with a row number that no other record has. Throws PipelineError
 * `step-contract-violation`, since such a file is a step's doing and not the source's.
 */
export class StagedReader {
  /** Columns, `_row` left out. */
  header: readonly string[] = [];
  private readonly reader: RecordReader;

  constructor(
    input: ByteSource,
    private readonly rowNumbers = new RowNumbers(),
  ) {
    this.reader = new RecordReader(readerOf(input), DEFAULT_DIALECT, STAGED_RECORD_BYTES);
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
  async nextBatch(): Promise<RecordBatch | undefined> {
    const batch = await this.reading(() => this.reader.nextBatch());
    if (batch) this.takeRowNumbers(batch);
    return batch;
  }

  async close(): Promise<void> {
    await this.reader.close();
  }

  private takeRowNumbers(batch: SourceBatch): void {
    const [numbers, ...columns] = batch.columns;
    for (let row = 0; row < batch.rows; row++) {
      const record = batch.rowNumbers[row];
      if (batch.cellCount(row) !== this.header.length + 1) {
        throw contractViolation(`record ${record} of what a step wrote has not as many cells as its header`, {
          record,
        });
      }
      const number = rowNumber(numbers, row);
      if (number < 0) {
        throw contractViolation(`record ${record} of what a step wrote has no row number in ${ROW_COLUMN}`, {
          record,
        });
      }
      this.rowNumbers.add(number, record);
      batch.rowNumbers[row] = number;
    }
    batch.columns = columns;
  }

  private async reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      throw unreadableFile('what a step wrote', error);
    }
  }
}
