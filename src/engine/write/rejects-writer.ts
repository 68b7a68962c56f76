import { REJECT_COLUMNS } from '../../shared/step-contract';
import { type RecordBatch, ROW_REJECTED, type RowError } from '../batch';
import type { ByteSink } from '../engine';
import { CsvWriter, csvEnding } from './csv-writer';
import { errorCells } from '../rejects/reject-cells';
import { contractViolation } from '../run/contract-violation';

/** Rejects that are held in memory, to be sorted where a step before has changed the order of rows. */
const MOST_HELD = 50_000;

interface Reject {
  readonly row: number;
  readonly errors: readonly RowError[];
}

/** Characters that are collected before they are written: much less work than to write each row by itself. */
const TEXT_LENGTH = 16 * 1024;

/** Whether the rows of a step are known to ascend. */
export type RowOrder = 'ascending' | 'any-order';

/**
 * Writes a step's rejects in ascending order of row numbers, one line a row however many errors it has. The sink is
 * untouched where there are none. Rows that come in any order are held and sorted while there are few of them; beyond
 * that they have to ascend, as they do unless a user's step has sorted them.
 */
export class RejectsWriter {
  /** Rows rejected so far. */
  rows = 0;
  private readonly csv: CsvWriter;
  private held: Reject[] = [];
  /** The last row number written. */
  private last = 0;
  /** What stands behind the number of a row with one error: most of them come again and again. */
  private readonly endings = new WeakMap<RowError, string>();
  /** Records not yet written. */
  private text = '';

  constructor(
    sink: ByteSink,
    private readonly order: RowOrder = 'any-order',
    private readonly mostHeld = MOST_HELD,
  ) {
    this.csv = new CsvWriter(sink);
  }

  /** Takes the rejected rows of a batch. */
  writeBatch(batch: RecordBatch): void {
    if (batch.errors.size === 0) return;
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] === ROW_REJECTED) this.writeRow(batch.rowNumbers[row], batch.errors.get(row)!);
    }
  }

  /** Takes a rejected row. */
  writeRow(row: number, errors: readonly RowError[]): void {
    if (this.rows++ === 0) this.csv.writeTexts(REJECT_COLUMNS);
    if (this.order === 'ascending') this.text += row + this.ending(errors);
    else this.held.push({ row, errors });
  }

  /** Hands over full chunks; to be called between batches. Gives a promise where the sink has to be waited for. */
  drain(): Promise<void> | undefined {
    if (this.held.length > this.mostHeld) this.release();
    if (this.text.length > TEXT_LENGTH) this.writeText();
    return this.csv.drain();
  }

  /** Hands over everything. */
  async flush(): Promise<void> {
    this.release();
    this.writeText();
    if (this.rows > 0) await this.csv.flush();
  }

  private release(): void {
    const held = this.held.sort((a, b) => a.row - b.row);
    this.held = [];
    for (const { row, errors } of held) {
      if (row < this.last) {
        throw contractViolation(
          `the rows before this step are not in ascending order, and more than ${this.mostHeld} of them are rejected:` +
            ' too many to be sorted',
        );
      }
      this.last = row;
      this.text += row + this.ending(errors);
      if (this.text.length > TEXT_LENGTH) this.writeText();
    }
  }

  private writeText(): void {
    this.csv.writeRecordsText(this.text);
    this.text = '';
  }

  private ending(errors: readonly RowError[]): string {
    if (errors.length > 1) return csvEnding(errorCells(errors));
    const [error] = errors;
    let ending = this.endings.get(error);
    if (!ending) this.endings.set(error, (ending = csvEnding(errorCells(errors))));
    return ending;
  }
}
