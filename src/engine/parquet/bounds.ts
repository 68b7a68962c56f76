import { BYTE_ARRAY, type PhysicalType } from './physical-type';

/**
 * Bytes of a text that are compared. One more than a bound has at most: so one of that length is known to be cut.
 */
export const COMPARED_BYTES = 65;

/** The least and the greatest value of a column in a row group, as PLAIN has them; of long texts the beginning. */
export interface Bounds {
  readonly least: Buffer;
  readonly greatest: Buffer;
}

/** Finds the bounds of values. */
export class BoundsOf {
  bounds?: Bounds;

  constructor(private readonly type: PhysicalType) {}

  /** Takes the value `data[from .. to)`, a text without its length. */
  add(data: Buffer, from: number, to: number): void {
    const { type, bounds } = this;
    const end = type === BYTE_ARRAY ? Math.min(to, from + COMPARED_BYTES) : to;
    const value = data.subarray(from, end);
    const isLess = !bounds || type.compare(value, bounds.least) < 0;
    const isGreater = !bounds || type.compare(value, bounds.greatest) > 0;
    if (!isLess && !isGreater) return;
    // What is kept must not change with the bytes it was taken from.
    const kept = Buffer.from(value);
    this.bounds = {
      least: isLess ? kept : bounds.least,
      greatest: isGreater ? kept : bounds.greatest,
    };
  }

  reset(): void {
    this.bounds = undefined;
  }
}
