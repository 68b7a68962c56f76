import type { PageChunks } from './page-chunks';
import { ThriftStruct } from './thrift';

/** Encodings of Parquet's metadata. */
export const PLAIN = 0;
export const RLE = 3;
export const RLE_DICTIONARY = 8;

/** Types of pages. */
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;

/** A page with its header, and what it would be uncompressed. */
export interface Page {
  readonly bytes: Buffer;
  readonly uncompressedBytes: number;
  readonly encoding: number;
}

/** What a page has beside its compressed bytes. */
interface PageBody {
  /** Bytes before they were compressed. */
  readonly length: number;
  readonly compressed: Uint8Array;
}

/** The page of the distinct values. */
export function dictionaryPage(values: number, body: PageBody, chunks: PageChunks): Page {
  const header = new ThriftStruct().i32(1, values).i32(2, PLAIN);
  return page(DICTIONARY_PAGE, PLAIN, body, chunks, (struct) => struct.struct(7, header));
}

/** A page of rows: which of them have a value, and the values, by themselves or as their numbers in the dictionary. */
export function dataPage(rows: number, encoding: number, body: PageBody, chunks: PageChunks): Page {
  const header = new ThriftStruct().i32(1, rows).i32(2, encoding).i32(3, RLE).i32(4, RLE);
  return page(DATA_PAGE, encoding, body, chunks, (struct) => struct.struct(5, header));
}

function page(
  type: number,
  encoding: number,
  { length, compressed }: PageBody,
  chunks: PageChunks,
  add: (header: ThriftStruct) => ThriftStruct,
): Page {
  const header = add(new ThriftStruct().i32(1, type).i32(2, length).i32(3, compressed.length)).bytes;
  const bytes = chunks.take(header.length + compressed.length);
  bytes.set(header);
  bytes.set(compressed, header.length);
  return { bytes, uncompressedBytes: header.length + length, encoding };
}
