import type { GrowingBytes } from './growing-bytes';

const FIRST_SLOTS = 256;
/** More distinct values than that are no dictionary: its page would not stay small, and bits of an index are counted. */
const MOST_VALUES = 65_536;
const MOST_BYTES = 1024 * 1024;
/** Values after which most of them have to have come before. */
const TRIAL_VALUES = 4096;

/**
 * The distinct values of a column in a row group, in the order in which they came, while they are few. The values lie in
 * the column's own bytes; the dictionary knows where each of them is first.
 */
export class Dictionary {
  /** Number of the distinct value of each value. */
  indexes = new Uint32Array(1024);
  /** Values so far. */
  count = 0;
  /** Whether there are few enough. */
  alive = true;
  /** Distinct values so far. */
  distinct = 0;
  /** Bytes of the distinct values, as PLAIN has them. */
  bytes = 0;
  private slots = new Uint32Array(FIRST_SLOTS);
  private starts = new Uint32Array(FIRST_SLOTS / 2);
  private ends = new Uint32Array(FIRST_SLOTS / 2);

  reset(): void {
    this.slots.fill(0);
    this.count = this.distinct = this.bytes = 0;
    this.alive = true;
  }

  /** Takes the value `values[start .. end)`. Gives whether it is a new one. */
  add(values: Buffer, start: number, end: number): boolean {
    const mask = this.slots.length - 1;
    let slot = hashOf(values, start, end) & mask;
    for (let index = this.slots[slot]; index !== 0; index = this.slots[slot]) {
      if (equals(values, this.starts[index - 1], this.ends[index - 1], start, end)) {
        this.push(index - 1);
        return false;
      }
      slot = (slot + 1) & mask;
    }
    this.starts[this.distinct] = start;
    this.ends[this.distinct] = end;
    this.bytes += end - start;
    this.push(this.distinct);
    this.slots[slot] = ++this.distinct;
    if (this.distinct === this.starts.length) this.grow(values);
    this.alive =
      this.distinct < MOST_VALUES &&
      this.bytes < MOST_BYTES &&
      (this.count < TRIAL_VALUES || this.distinct * 2 < this.count);
    return true;
  }

  /** Appends the distinct values to a page. */
  writeTo(page: GrowingBytes, values: Buffer): void {
    for (let index = 0; index < this.distinct; index++) {
      page.append(values.subarray(this.starts[index], this.ends[index]));
    }
  }

  private push(index: number): void {
    if (this.count === this.indexes.length) this.indexes = widened(this.indexes);
    this.indexes[this.count++] = index;
  }

  private grow(values: Buffer): void {
    this.starts = widened(this.starts);
    this.ends = widened(this.ends);
    this.slots = new Uint32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let index = 0; index < this.distinct; index++) {
      let slot = hashOf(values, this.starts[index], this.ends[index]) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = index + 1;
    }
  }
}

function widened(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const wide = new Uint32Array(array.length * 2);
  wide.set(array);
  return wide;
}

/** FNV-1a with a final mix. */
function hashOf(data: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ data[at], 0x01000193);
  return hash ^ (hash >>> 15);
}

function equals(data: Buffer, aStart: number, aEnd: number, bStart: number, bEnd: number): boolean {
  if (aEnd - aStart !== bEnd - bStart) return false;
  for (let a = aStart, b = bStart; a < aEnd; a++, b++) if (data[a] !== data[b]) return false;
  return true;
}
