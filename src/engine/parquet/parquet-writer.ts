import type { OutputColumn } from '../../spec/output-columns';
import type { ParquetOutputSpec } from '../../spec/output-spec';
import type { RecordBatch } from '../batch';
import type { ByteSink } from '../engine';
import { type Codec, CODECS } from './codec';
import { bytesOf, chunkMetadata, type ColumnEncoders, pagesOf, uncompressedBytesOf } from './column-chunk';
import { type ParquetColumn, parquetColumn } from './column-type';
import { fileMetadata } from './footer';
import { KernelColumns } from './kernel-columns';
import { PageChunks } from './page-chunks';
import { ThriftStruct } from './thrift';
import { TypescriptColumns } from './typescript-columns';
import type { KernelMemory } from '../kernel/kernel-memory';
import type { OutputWriter } from '../output/output-writer';

const MAGIC = Buffer.from('PAR1', 'latin1');
const LENGTH_BYTES = 4;

/** Makes what encodes the columns of a file. */
export type MakeEncoders = (
  columns: readonly ParquetColumn[],
  codec: Codec,
  chunks: PageChunks,
) => ColumnEncoders;

/** Encodes in a kernel's memory; without the kernel where there is none. */
export function encodersIn(memory: KernelMemory | undefined): MakeEncoders {
  return (columns, codec, chunks) =>
    memory
      ? new KernelColumns(columns, codec, memory, undefined, chunks)
      : new TypescriptColumns(columns, codec, undefined, chunks);
}

/**
 * Writes Parquet (https://parquet.apache.org/docs/file-format/) with a type for each column. Of the row group at hand the
 * compressed pages are in memory, and one page of each column; of those before only their metadata.
 */
export class ParquetWriter implements OutputWriter {
  private readonly columns: readonly ParquetColumn[];
  private readonly codec: Codec;
  private readonly encoders: ColumnEncoders;
  private readonly chunks: PageChunks;
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
    encoders: MakeEncoders = encodersIn(undefined),
  ) {
    this.columns = columns.map((column) => parquetColumn(column, spec));
    this.codec = CODECS[spec.compression];
    this.chunks = new PageChunks(sink.releases === true);
    this.encoders = encoders(this.columns, this.codec, this.chunks);
  }

  writeBatch(batch: RecordBatch): void {
    const rows = batch.keptRows();
    if (rows.length === 0) return;
    this.encoders.take(batch, rows);
    this.groupRows += rows.length;
    if (this.encoders.bytes >= this.spec.rowGroupBytes) this.endRowGroup();
  }

  async drain(): Promise<void> {
    const { ready } = this;
    this.ready = [];
    for (const chunk of ready) await this.sink.write(chunk);
    this.chunks.release();
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
    let uncompressedBytes = 0;
    const metadata = this.encoders.endGroup().map((chunk, index) => {
      const column = chunkMetadata(chunk, this.columns[index], this.codec, this.offset);
      this.ready.push(...pagesOf(chunk).map(({ bytes }) => bytes));
      this.offset += bytesOf(chunk);
      uncompressedBytes += uncompressedBytesOf(chunk);
      return column;
    });
    this.chunks.endGroup();
    this.rowGroups.push(
      new ThriftStruct()
        .structs(1, metadata)
        .i64(2, uncompressedBytes)
        .i64(3, this.groupRows)
        .i64(5, start)
        .i64(6, this.offset - start).bytes,
    );
    this.rows += this.groupRows;
    this.groupRows = 0;
  }
}
