import { GrowingBytes } from './growing-bytes';

/** Types of fields and elements (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). */
const TRUE = 1;
const FALSE = 2;
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/** Elements of a list that its one-byte header can count. */
const SHORT_LIST = 15;

/**
 * Writes one struct in Thrift's compact protocol, in which Parquet's metadata stands. Fields come in ascending order of
 * their ids, less than 16 apart; one that is undefined is left out.
 */
export class ThriftStruct {
  private readonly out = new GrowingBytes();
  private last = 0;

  /** The struct with its end. */
  get bytes(): Buffer {
    return Buffer.concat([this.out.bytes, Buffer.of(0)]);
  }

  flag(id: number, value: boolean | undefined): this {
    return value === undefined ? this : this.header(id, value ? TRUE : FALSE);
  }

  i32(id: number, value: number | undefined): this {
    if (value !== undefined) this.header(id, I32).out.appendVarint(zigzag(value));
    return this;
  }

  i64(id: number, value: number | undefined): this {
    if (value !== undefined) this.header(id, I64).out.appendVarint(zigzag(value));
    return this;
  }

  binary(id: number, value: Uint8Array | undefined): this {
    if (value === undefined) return this;
    this.header(id, BINARY).out.appendVarint(value.length);
    this.out.append(value);
    return this;
  }

  text(id: number, value: string): this {
    return this.binary(id, Buffer.from(value, 'utf8'));
  }

  struct(id: number, value: ThriftStruct | undefined): this {
    if (value) this.header(id, STRUCT).out.append(value.bytes);
    return this;
  }

  i32s(id: number, values: readonly number[]): this {
    this.list(id, values.length, I32);
    for (const value of values) this.out.appendVarint(zigzag(value));
    return this;
  }

  texts(id: number, values: readonly string[]): this {
    this.list(id, values.length, BINARY);
    for (const value of values) {
      const data = Buffer.from(value, 'utf8');
      this.out.appendVarint(data.length);
      this.out.append(data);
    }
    return this;
  }

  /** Structs that are written already. */
  structs(id: number, values: readonly Uint8Array[]): this {
    this.list(id, values.length, STRUCT);
    for (const value of values) this.out.append(value);
    return this;
  }

  private list(id: number, length: number, type: number): void {
    this.header(id, LIST);
    if (length < SHORT_LIST) {
      this.out.appendByte((length << 4) | type);
    } else {
      this.out.appendByte((SHORT_LIST << 4) | type);
      this.out.appendVarint(length);
    }
  }

  private header(id: number, type: number): this {
    this.out.appendByte(((id - this.last) << 4) | type);
    this.last = id;
    return this;
  }
}

/** Thrift's integers carry their sign in the lowest bit. Only sizes and counts go through here, which have none. */
function zigzag(value: number): number {
  return value * 2;
}
