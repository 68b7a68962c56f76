import type { Codec } from './codec';
import type { ColumnBuffer, PageRange } from './column-buffer';
import { GrowingBytes } from './growing-bytes';
import { bitWidthOf, writeHybridRuns } from './hybrid-runs';
import { BOOLEAN } from './physical-type';
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
}

/** The page of the distinct values. */
export function dictionaryPage({ dictionary, values }: ColumnBuffer, codec: Codec): Page {
  const body = new GrowingBytes();
  dictionary.writeTo(body, values.data);
  const header = new ThriftStruct().i32(1, dictionary.distinct).i32(2, PLAIN);
  return page(DICTIONARY_PAGE, body.bytes, codec, (struct) => struct.struct(7, header));
}

/** A page of rows: which of them have a value, and the values, by themselves or as their numbers in the dictionary. */
export function dataPage(column: ColumnBuffer, range: PageRange, byDictionary: boolean, codec: Codec): Page {
  const body = new GrowingBytes();
  writeLevels(body, column, range);
  if (byDictionary) writeIndexes(body, column, range);
  else if (column.type.physical === BOOLEAN) writeBits(body, column.values.data, range);
  else body.append(column.values.data.subarray(range.fromByte, range.toByte));
  const header = new ThriftStruct()
    .i32(1, range.toRow - range.fromRow)
    .i32(2, byDictionary ? RLE_DICTIONARY : PLAIN)
    .i32(3, RLE)
    .i32(4, RLE);
  return page(DATA_PAGE, body.bytes, codec, (struct) => struct.struct(5, header));
}

function page(type: number, body: Buffer, codec: Codec, add: (header: ThriftStruct) => ThriftStruct): Page {
  const compressed = codec.compress(body);
  const header = add(new ThriftStruct().i32(1, type).i32(2, body.length).i32(3, compressed.length)).bytes;
  return {
    bytes: Buffer.concat([header, compressed]),
    uncompressedBytes: header.length + body.length,
  };
}

function writeLevels(body: GrowingBytes, { levels }: ColumnBuffer, { fromRow, toRow }: PageRange): void {
  body.appendUint32(0);
  writeHybridRuns(body, levels.data, fromRow, toRow, 1);
  body.data.writeUInt32LE(body.length - 4, 0);
}

function writeIndexes(
  body: GrowingBytes,
  { dictionary }: ColumnBuffer,
  { fromValue, toValue }: PageRange,
): void {
  // Some readers take no indexes of zero bits.
  const bitWidth = Math.max(1, bitWidthOf(dictionary.distinct - 1));
  body.appendByte(bitWidth);
  writeHybridRuns(body, dictionary.indexes, fromValue, toValue, bitWidth);
}

function writeBits(body: GrowingBytes, values: Buffer, { fromByte, toByte }: PageRange): void {
  for (let at = fromByte; at < toByte; at += 8) {
    let byte = 0;
    for (let bit = 0; bit < 8 && at + bit < toByte; bit++) byte |= values[at + bit] << bit;
    body.appendByte(byte);
  }
}
