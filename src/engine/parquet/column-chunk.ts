import type { RecordBatch } from '../batch';
import type { Bounds } from './bounds';
import type { Codec } from './codec';
import type { ParquetColumn } from './column-type';
import { type Page, PLAIN, RLE } from './pages';
import { statisticsOf } from './statistics';
import { ThriftStruct } from './thrift';

/** A column of a row group, encoded. */
export interface ColumnChunk {
  /** The page of the dictionary, where some of the others need it. */
  readonly dictionary?: Page;
  readonly pages: readonly Page[];
  readonly rows: number;
  /** Rows that have a value. */
  readonly values: number;
  readonly bounds?: Bounds;
}

/** The columns of the row group that is being collected. */
export interface ColumnEncoders {
  /** Bytes of the values so far, as PLAIN has them. */
  readonly bytes: number;
  /** Takes rows of a batch. Throws PipelineError `output-error` where a cell does not fit its column. */
  take(batch: RecordBatch, rows: Int32Array): void;
  /** Gives what was collected, and begins the next row group. */
  endGroup(): ColumnChunk[];
}

/** All pages in the order in which they stand in the file. */
export function pagesOf({ dictionary, pages }: ColumnChunk): readonly Page[] {
  return dictionary ? [dictionary, ...pages] : pages;
}

export function bytesOf(chunk: ColumnChunk): number {
  return pagesOf(chunk).reduce((sum, { bytes }) => sum + bytes.length, 0);
}

export function uncompressedBytesOf(chunk: ColumnChunk): number {
  return pagesOf(chunk).reduce((sum, { uncompressedBytes }) => sum + uncompressedBytes, 0);
}

/** ColumnChunk of Parquet's metadata, for a place in the file. */
export function chunkMetadata(
  chunk: ColumnChunk,
  { name, type }: ParquetColumn,
  codec: Codec,
  offset: number,
): Buffer {
  const { dictionary, pages, rows, values, bounds } = chunk;
  const encodings = new Set([PLAIN, RLE, ...pages.map(({ encoding }) => encoding)]);
  const metadata = new ThriftStruct()
    .i32(1, type.physical.id)
    .i32s(2, [...encodings])
    .texts(3, [name])
    .i32(4, codec.id)
    .i64(5, rows)
    .i64(6, uncompressedBytesOf(chunk))
    .i64(7, bytesOf(chunk))
    .i64(9, offset + (dictionary?.bytes.length ?? 0))
    .i64(11, dictionary && offset)
    .struct(12, statisticsOf(type.physical, rows - values, bounds));
  return new ThriftStruct().i64(2, offset).struct(3, metadata).bytes;
}
