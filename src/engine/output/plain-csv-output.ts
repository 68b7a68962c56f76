import type { RecordBatch } from '../batch';
import type { ByteSink } from '../engine';
import type { OutputWriter } from './output-writer';
import { CsvWriter } from '../write/csv-writer';

/** CSV as it is published by default: the cells as they are, quotes only where one needs them. */
export class PlainCsvOutput implements OutputWriter {
  /** Hands whole records over, see RecordSink of the kernel. */
  readonly passRecords?: (data: Buffer) => void | Promise<void>;
  private readonly csv: CsvWriter;

  constructor(header: readonly string[], sink: ByteSink) {
    this.csv = new CsvWriter(sink);
    if (sink.releases) this.passRecords = (data) => this.csv.pass(data);
    this.csv.writeTexts(header);
  }

  writeBatch(batch: RecordBatch): void {
    this.csv.writeBatch(batch, 'without-row-numbers');
  }

  /** Writes one row of a batch. */
  writeRow(batch: RecordBatch, row: number): void {
    this.csv.writeRow(batch, row, false);
  }

  /** Writes whole records that stand as they are to be written in the bytes `data[from .. to)`. */
  writeRecords(data: Buffer, from: number, to: number): void {
    this.csv.writeRecords(data, from, to);
  }

  drain(): void | Promise<void> {
    return this.csv.drain();
  }

  finish(): Promise<void> {
    return this.csv.flush();
  }
}
