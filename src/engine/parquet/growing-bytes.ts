const FIRST_BYTES = 256;

/** Bytes that are appended to. `data[0 .. length)` is in use. */
export class GrowingBytes {
  data = Buffer.allocUnsafe(FIRST_BYTES);
  length = 0;

  /** The bytes in use; valid until something is appended. */
  get bytes(): Buffer {
    return this.data.subarray(0, this.length);
  }

  /** Forgets everything; the memory is used again. */
  reset(): void {
    this.length = 0;
  }

  /** Makes room for a number of bytes behind `length`. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.data.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.data.length * 2));
    this.data.copy(grown, 0, 0, this.length);
    this.data = grown;
  }

  append(source: Uint8Array): void {
    this.reserve(source.length);
    this.data.set(source, this.length);
    this.length += source.length;
  }

  appendByte(byte: number): void {
    this.reserve(1);
    this.data[this.length++] = byte;
  }

  /** An unsigned number in groups of seven bits, the lowest first (ULEB128). */
  appendVarint(value: number): void {
    this.reserve(10);
    let left = value;
    while (left >= 0x80) {
      this.data[this.length++] = (left % 0x80) | 0x80;
      left = Math.floor(left / 0x80);
    }
    this.data[this.length++] = left;
  }

  appendUint32(value: number): void {
    this.reserve(4);
    this.length = this.data.writeUInt32LE(value, this.length);
  }
}
