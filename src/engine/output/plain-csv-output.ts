import type { RecordBatch } from '../batch';
import type { ByteSink } from '../engine';
import type { OutputWriter } from './output-writer';
import { CsvWriter } from '../write/csv-writer';

/** CSV as it is published by default: the cells as they are, quotes only where one needs them. */
export class PlainCsvOutput implements OutputWriter {
  private readonly csv: CsvWriter;

  constructor(header: readonly string[], sink: ByteSink) {
    this.csv = new CsvWriter(sink);
    this.csv.writeTexts(header);
  }

  writeBatch(batch: RecordBatch): void {
    this.csv.writeBatch(batch, 'without-row-numbers');
  }

  drain(): Promise<void> {
    return this.csv.drain();
  }

  finish(): Promise<void> {
    return this.csv.flush();
  }
}
