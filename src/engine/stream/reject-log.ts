import { REJECT_COLUMNS } from '../../shared/step-contract';
import { type RecordBatch, ROW_REJECTED, type RowError } from '../batch';
import type { ByteSink } from '../engine';
import type { SourceCells } from './source-cells';
import { rejectCells } from '../rejects/reject-cells';
import { CsvWriter } from '../write/csv-writer';

/** A row that was rejected. */
export interface RejectedRow {
  /** Number of the record in the source; the header, where there is one, is record 1. */
  readonly row: number;
  /** The row's cells as they stand in the source: those under the header, then any beyond it. */
  readonly cells: readonly string[];
  /** Everything that is wrong, in column order. */
  readonly errors: readonly RowError[];
}

/** Tells of rejected rows: of all of them as objects, and of those that are kept as a rejects file. */
export class RejectLog {
  private readonly csv?: CsvWriter;
  private rows = 0;
  private rowsKept = 0;

  constructor(
    private readonly header: readonly string[],
    sink: ByteSink | undefined,
    private readonly onReject: ((reject: RejectedRow) => void | Promise<void>) | undefined,
    /** Rows of the file at most. */
    private readonly maxRejectsKept = Infinity,
  ) {
    if (sink) this.csv = new CsvWriter(sink);
  }

  /** Whether anybody wants to know of rejected rows. */
  get isWanted(): boolean {
    return this.csv !== undefined || this.onReject !== undefined;
  }

  /** Takes the rejected rows of a batch. The sink is untouched while there are none. */
  async take(batch: RecordBatch, source: SourceCells): Promise<void> {
    if (batch.errors.size === 0 || !this.isWanted) return;
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] !== ROW_REJECTED) continue;
      const told = this.takeRow(batch.rowNumbers[row], batch.errors.get(row)!, source, row);
      if (told) await told;
    }
    await this.drain();
  }

  /**
   * Takes a rejected row: its number, its errors, and the place of its cells. Gives a promise where somebody has to be
   * waited for.
   */
  takeRow(
    number: number,
    errors: readonly RowError[],
    source: SourceCells,
    place: number,
  ): void | Promise<void> {
    const cells = source.cells(place);
    const surplus = source.surplus(place);
    this.rows++;
    if (this.csv && this.rowsKept < this.maxRejectsKept) {
      if (this.rowsKept++ === 0) this.csv.writeTexts([...this.header, ...REJECT_COLUMNS]);
      this.csv.writeTexts([...cells, ...rejectCells(number, errors), ...surplus]);
    }
    if (surplus.length > 0) cells.push(...surplus);
    return this.onReject?.({ row: number, cells, errors });
  }

  /** Hands over what is full and waits for the sink. */
  async drain(): Promise<void> {
    await this.csv?.drain();
  }

  /** Rows of the file, where it does not hold all that were rejected. */
  get rejectsKept(): number | undefined {
    return this.csv && this.rowsKept < this.rows ? this.rowsKept : undefined;
  }

  /** Hands over everything. */
  async flush(): Promise<void> {
    if (this.rowsKept > 0) await this.csv!.flush();
  }
}
