/** How values lie in a page, in the encoding PLAIN. */
export interface PhysicalType {
  /** Type of Parquet's metadata. */
  readonly id: number;
  /** Bytes of a value; 0 where each has its length in front. */
  readonly width: number;
  /** Below zero, zero or above zero as `a` is less than, equal to or greater than `b`. */
  readonly compare: (a: Buffer, b: Buffer) => number;
}

/** Length in front of a value. */
export const LENGTH_BYTES = 4;

/** A byte each while they are collected; packed to bits when a page is written. */
export const BOOLEAN: PhysicalType = { id: 0, width: 1, compare: (a, b) => a[0] - b[0] };

export const INT32: PhysicalType = {
  id: 1,
  width: 4,
  compare: (a, b) => a.readInt32LE(0) - b.readInt32LE(0),
};

export const INT64: PhysicalType = {
  id: 2,
  width: 8,
  compare: (a, b) => a.readInt32LE(4) - b.readInt32LE(4) || a.readUInt32LE(0) - b.readUInt32LE(0),
};

export const BYTE_ARRAY: PhysicalType = { id: 6, width: 0, compare: (a, b) => a.compare(b) };

/** A decimal of up to 38 digits: a signed number, the highest byte first. */
export const DECIMAL_BYTES = 16;
export const FIXED_DECIMAL: PhysicalType = {
  id: 7,
  width: DECIMAL_BYTES,
  compare: (a, b) => a.readInt8(0) - b.readInt8(0) || a.compare(b),
};
