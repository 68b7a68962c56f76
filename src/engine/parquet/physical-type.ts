/** How values lie in a page, in the encoding PLAIN. */
export interface PhysicalType {
  /** Type of Parquet's metadata. */
  readonly id: number;
  /** Bytes of a value; 0 where each has its length in front. */
  readonly width: number;
  /** Below zero, zero or above zero as the value at `a` is less than, equal to or greater than the one at `b`. */
  readonly compare: (data: Buffer, a: number, b: number) => number;
}

/** Length in front of a value. */
export const LENGTH_BYTES = 4;

/** A byte each while they are collected; packed to bits when a page is written. */
export const BOOLEAN: PhysicalType = { id: 0, width: 1, compare: (data, a, b) => data[a] - data[b] };

export const INT32: PhysicalType = {
  id: 1,
  width: 4,
  compare: (data, a, b) => data.readInt32LE(a) - data.readInt32LE(b),
};

export const INT64: PhysicalType = {
  id: 2,
  width: 8,
  compare: (data, a, b) =>
    data.readInt32LE(a + 4) - data.readInt32LE(b + 4) || data.readUInt32LE(a) - data.readUInt32LE(b),
};

export const BYTE_ARRAY: PhysicalType = {
  id: 6,
  width: 0,
  compare: (data, a, b) =>
    data.compare(
      data,
      b + LENGTH_BYTES,
      b + LENGTH_BYTES + data.readUInt32LE(b),
      a + LENGTH_BYTES,
      a + LENGTH_BYTES + data.readUInt32LE(a),
    ),
};

/** A decimal of 38 digits: a signed number, the highest byte first. */
export const DECIMAL_BYTES = 16;
export const FIXED_DECIMAL: PhysicalType = {
  id: 7,
  width: DECIMAL_BYTES,
  compare: (data, a, b) =>
    data.readInt8(a) - data.readInt8(b) ||
    data.compare(data, b + 1, b + DECIMAL_BYTES, a + 1, a + DECIMAL_BYTES),
};
