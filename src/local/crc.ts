/* eslint-disable no-bitwise -- a checksum is made of bit operations */
import * as zlib from 'node:zlib';

/** Reflected polynomial of CRC-32 (ISO-HDLC), as in zlib. */
export const CRC32_POLYNOMIAL = 0xedb88320;
/** Reflected polynomial of CRC-32C (Castagnoli). */
export const CRC32C_POLYNOMIAL = 0x82f63b78;

/** zlib has its own, ten times as fast, from Node 20.15 on. */
const nativeCrc32 = (zlib as Partial<typeof zlib>).crc32;

/** CRC-32 as fast as this Node can: it is what the SDK sends with every upload. */
export function newCrc32(): { update(chunk: Uint8Array): void; digest(): Buffer } {
  return nativeCrc32 ? new ZlibCrc32(nativeCrc32) : new Crc32(CRC32_POLYNOMIAL);
}

class ZlibCrc32 {
  private value = 0;

  constructor(private readonly crc32: typeof zlib.crc32) {}

  update(chunk: Uint8Array): void {
    this.value = this.crc32(chunk, this.value);
  }

  digest(): Buffer {
    const result = Buffer.alloc(4);
    result.writeUInt32BE(this.value);
    return result;
  }
}

/** CRC of 32 bits, reflected, with the polynomial given. */
export class Crc32 {
  private readonly table: Int32Array;
  private value = -1;

  constructor(polynomial: number) {
    this.table = crc32Table(polynomial);
  }

  update(chunk: Uint8Array): void {
    const table = this.table;
    let value = this.value;
    for (let i = 0; i < chunk.length; i++) value = table[(value ^ chunk[i]) & 0xff] ^ (value >>> 8);
    this.value = value;
  }

  digest(): Buffer {
    const result = Buffer.alloc(4);
    result.writeInt32BE(~this.value);
    return result;
  }
}

const tables = new Map<number, Int32Array>();

function crc32Table(polynomial: number): Int32Array {
  let table = tables.get(polynomial);
  if (!table) {
    table = new Int32Array(256);
    for (let byte = 0; byte < 256; byte++) {
      let value = byte;
      for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
      table[byte] = value;
    }
    tables.set(polynomial, table);
  }
  return table;
}

/** CRC-64/NVME, kept in two halves since bit operations of the language have 32 bits. */
export class Crc64 {
  private static readonly table = crc64Table();
  private high = -1;
  private low = -1;

  update(chunk: Uint8Array): void {
    const table = Crc64.table;
    let { high, low } = this;
    for (let i = 0; i < chunk.length; i++) {
      const entry = ((low ^ chunk[i]) & 0xff) * 2;
      low = table[entry + 1] ^ ((low >>> 8) | (high << 24));
      high = table[entry] ^ (high >>> 8);
    }
    this.high = high;
    this.low = low;
  }

  digest(): Buffer {
    const result = Buffer.alloc(8);
    result.writeInt32BE(~this.high, 0);
    result.writeInt32BE(~this.low, 4);
    return result;
  }
}

/** High and low half of each entry in turn. */
function crc64Table(): Int32Array {
  const polynomial = 0x9a6c9329ac4bc9b5n;
  const table = new Int32Array(512);
  for (let byte = 0; byte < 256; byte++) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    table[byte * 2] = Number(value >> 32n) | 0;
    table[byte * 2 + 1] = Number(value & 0xffffffffn) | 0;
  }
  return table;
}
