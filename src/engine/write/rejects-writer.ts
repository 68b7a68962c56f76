import { REJECT_COLUMNS } from '../../shared/step-contract';
import { type RecordBatch, ROW_REJECTED, type RowError } from '../batch';
import type { ByteSink } from '../engine';
import { CsvWriter } from './csv-writer';

/** Writes a step's rejects: one line a row, however many errors it has. The sink is untouched until the first one. */
export class RejectsWriter {
  /** Rows rejected so far. */
  rows = 0;
  private readonly csv: CsvWriter;

  constructor(sink: ByteSink) {
    this.csv = new CsvWriter(sink);
  }

  /** Writes the rejected rows of a batch. */
  writeBatch(batch: RecordBatch): void {
    if (batch.errors.size === 0) return;
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] === ROW_REJECTED) this.writeRow(batch.rowNumbers[row], batch.errors.get(row)!);
    }
  }

  /** Writes one row with all its errors; the first one leads. */
  writeRow(rowNumber: number, errors: readonly RowError[]): void {
    if (this.rows++ === 0) this.csv.writeTexts(REJECT_COLUMNS);
    const [first] = errors;
    this.csv.writeTexts([String(rowNumber), first.column, first.code, errors.map(errorText).join('; ')]);
  }

  /** Hands over full chunks and waits for the sink; to be called between batches. */
  async drain(): Promise<void> {
    await this.csv.drain();
  }

  /** Hands over everything written. */
  async flush(): Promise<void> {
    if (this.rows > 0) await this.csv.flush();
  }
}

function errorText({ column, code, message }: RowError): string {
  return column === '' ? `${code}: ${message}` : `${column}: ${code}: ${message}`;
}
