import type { OutputColumn } from '../../spec/output-columns';
import type { ParquetOutputSpec } from '../../spec/output-spec';
import { type RecordBatch, ROW_KEPT } from '../batch';
import type { ByteSink } from '../engine';
import { type Codec, CODECS } from './codec';
import { ColumnBuffer } from './column-buffer';
import { columnChunk } from './column-chunk';
import { fileMetadata, rowGroup } from './footer';
import { outputError } from '../output/output-error';
import type { OutputWriter } from '../output/output-writer';

const MAGIC = Buffer.from('PAR1', 'latin1');
const LENGTH_BYTES = 4;

/**
 * Writes Parquet (https://parquet.apache.org/docs/file-format/) with a type for each column. One row group is in memory,
 * as bytes, not as objects; of those before only their metadata.
 */
export class ParquetWriter implements OutputWriter {
  private readonly columns: readonly ColumnBuffer[];
  private readonly codec: Codec;
  private readonly rowGroups: Buffer[] = [];
  private ready: Uint8Array[] = [MAGIC];
  /** Bytes of the file so far. */
  private offset = MAGIC.length;
  private rows = 0;
  private groupRows = 0;

  constructor(
    private readonly spec: ParquetOutputSpec,
    columns: readonly OutputColumn[],
    private readonly sink: ByteSink,
  ) {
    this.columns = columns.map((column) => new ColumnBuffer(column, spec.decimalScale));
    this.codec = CODECS[spec.compression];
  }

  writeBatch(batch: RecordBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] === ROW_KEPT) this.groupRows++;
    }
    this.columns.forEach((column, index) => {
      const cells = batch.columns[index];
      for (let row = 0; row < batch.rows; row++) {
        if (batch.state[row] !== ROW_KEPT) continue;
        const problem = column.add(cells, row);
        if (problem !== undefined) throw outputError(batch.rowNumbers[row], column.name, problem);
      }
    });
    const bytes = this.columns.reduce((total, column) => total + column.bytes, 0);
    if (bytes >= this.spec.rowGroupBytes) this.endRowGroup();
  }

  async drain(): Promise<void> {
    const { ready } = this;
    this.ready = [];
    for (const chunk of ready) await this.sink.write(chunk);
  }

  async finish(): Promise<void> {
    if (this.groupRows > 0) this.endRowGroup();
    const metadata = fileMetadata(this.columns, this.rowGroups, this.rows);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(metadata.length);
    this.ready.push(metadata, length, MAGIC);
    await this.drain();
  }

  private endRowGroup(): void {
    const start = this.offset;
    const chunks = this.columns.map((column) => {
      const chunk = columnChunk(column, this.codec, this.offset);
      this.ready.push(...chunk.pages);
      this.offset += chunk.bytes;
      column.reset();
      return { ...chunk, pages: [] };
    });
    this.rowGroups.push(rowGroup(chunks, this.groupRows, start));
    this.rows += this.groupRows;
    this.groupRows = 0;
  }
}
