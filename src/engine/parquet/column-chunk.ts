import type { Codec } from './codec';
import type { ColumnBuffer } from './column-buffer';
import { dataPage, dictionaryPage, type Page, PLAIN, RLE, RLE_DICTIONARY } from './pages';
import { BOOLEAN } from './physical-type';
import { statisticsOf } from './statistics';
import { ThriftStruct } from './thrift';

/** A column of a row group as it stands in the file. */
export interface ColumnChunk {
  readonly pages: readonly Buffer[];
  /** ColumnChunk of Parquet's metadata. */
  readonly metadata: Buffer;
  readonly bytes: number;
  readonly uncompressedBytes: number;
}

/** Encodes what a column has collected, for a place in the file. */
export function columnChunk(column: ColumnBuffer, codec: Codec, offset: number): ColumnChunk {
  const byDictionary = hasDictionary(column);
  const dictionary = byDictionary ? dictionaryPage(column, codec) : undefined;
  const data = column.pages().map((range) => dataPage(column, range, byDictionary, codec));
  const pages = dictionary ? [dictionary, ...data] : data;
  const bytes = sum(pages, (page) => page.bytes.length);
  const uncompressedBytes = sum(pages, (page) => page.uncompressedBytes);
  const metadata = new ThriftStruct()
    .i32(1, column.type.physical.id)
    .i32s(2, byDictionary ? [PLAIN, RLE, RLE_DICTIONARY] : [PLAIN, RLE])
    .texts(3, [column.name])
    .i32(4, codec.id)
    .i64(5, column.levels.length)
    .i64(6, uncompressedBytes)
    .i64(7, bytes)
    .i64(9, offset + (dictionary?.bytes.length ?? 0))
    .i64(11, dictionary && offset)
    .struct(12, statisticsOf(column));
  return {
    pages: pages.map((page) => page.bytes),
    metadata: new ThriftStruct().i64(2, offset).struct(3, metadata).bytes,
    bytes,
    uncompressedBytes,
  };
}

/** Whether the values take less room by their numbers in a dictionary. */
function hasDictionary({ type, dictionary, values, count }: ColumnBuffer): boolean {
  if (type.physical === BOOLEAN || !dictionary.alive || count === 0) return false;
  return dictionary.bytes * 2 <= values.length;
}

function sum(pages: readonly Page[], size: (page: Page) => number): number {
  return pages.reduce((total, page) => total + size(page), 0);
}
