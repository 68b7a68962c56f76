const BLOCK_BYTES = 1024 * 1024;
const FIRST_KEYS = 1024;

/**
 * An exact set of byte strings, numbered in the order in which they came: an open hash table over keys kept in blocks, 24 bytes a key beside the key itself.
 * Equal hashes are compared byte by byte. The hash starts from a random seed, so that no file can be made whose keys
 * all collide.
 */
export class KeyTable {
  /** A table of texts. */
  static of(texts: readonly string[]): KeyTable {
    const table = new KeyTable();
    for (const text of texts) {
      const key = Buffer.from(text, 'utf8');
      table.add(key, 0, key.length);
    }
    return table;
  }

  private readonly blocks: Buffer[] = [];
  private blockFill = BLOCK_BYTES + 1;
  private blockBytes = 0;
  private keys = 0;
  /** Number of the key + 1, or 0. */
  private slots = new Uint32Array(FIRST_KEYS * 2);
  private hashes = new Uint32Array(FIRST_KEYS);
  private block = new Uint32Array(FIRST_KEYS);
  private from = new Uint32Array(FIRST_KEYS);
  private length = new Uint32Array(FIRST_KEYS);

  constructor(private readonly hash: Hash = seededHash()) {}

  /** Memory taken. */
  get bytes(): number {
    return this.blockBytes + this.hashes.length * 24;
  }

  /** Keys in the table. */
  get size(): number {
    return this.keys;
  }

  /** Lengths of all keys. */
  get lengths(): Uint32Array {
    return this.length.subarray(0, this.keys);
  }

  /** The bytes of all keys, one behind the other, in pieces. */
  *pieces(): Generator<Buffer> {
    for (let first = 0; first < this.keys;) {
      const block = this.block[first];
      let behind = first;
      while (behind < this.keys && this.block[behind] === block) behind++;
      yield this.blocks[block].subarray(0, this.from[behind - 1] + this.length[behind - 1]);
      first = behind;
    }
  }

  /** Adds a key; false where it was there already. */
  add(data: Buffer, from: number, to: number): boolean {
    if (this.keys === this.hashes.length) this.grow();
    const hash = this.hash(data, from, to);
    const slot = this.find(hash, data, from, to);
    if (this.slots[slot] !== 0) return false;
    this.store(hash, data, from, to);
    this.slots[slot] = this.keys;
    return true;
  }

  /** True where the key is there. */
  has(data: Buffer, from: number, to: number): boolean {
    return this.indexOf(data, from, to) >= 0;
  }

  /** The number of a key, counted from 0; -1 where it is not there. */
  indexOf(data: Buffer, from: number, to: number): number {
    return this.slots[this.find(this.hash(data, from, to), data, from, to)] - 1;
  }

  /** The slot of a key, or the free one where it belongs. */
  private find(hash: number, data: Buffer, from: number, to: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let key = this.slots[slot]; key !== 0; key = this.slots[slot]) {
      if (this.hashes[key - 1] === hash && this.equals(key - 1, data, from, to)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private store(hash: number, data: Buffer, from: number, to: number): void {
    const length = to - from;
    if (this.blockFill + length > BLOCK_BYTES) {
      const bytes = Math.max(BLOCK_BYTES, length);
      this.blocks.push(Buffer.allocUnsafeSlow(bytes));
      this.blockBytes += bytes;
      this.blockFill = 0;
    }
    const { keys } = this;
    this.hashes[keys] = hash;
    this.block[keys] = this.blocks.length - 1;
    this.from[keys] = this.blockFill;
    this.length[keys] = length;
    data.copy(this.blocks[this.blocks.length - 1], this.blockFill, from, to);
    this.blockFill += length;
    this.keys++;
  }

  private equals(key: number, data: Buffer, from: number, to: number): boolean {
    if (this.length[key] !== to - from) return false;
    const block = this.blocks[this.block[key]];
    for (let at = from, other = this.from[key]; at < to; at++, other++) {
      if (data[at] !== block[other]) return false;
    }
    return true;
  }

  private grow(): void {
    const keys = this.hashes.length * 2;
    this.hashes = widen(this.hashes, keys);
    this.block = widen(this.block, keys);
    this.from = widen(this.from, keys);
    this.length = widen(this.length, keys);
    this.slots = new Uint32Array(keys * 2);
    const mask = this.slots.length - 1;
    for (let key = 0; key < this.keys; key++) {
      let slot = this.hashes[key] & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = key + 1;
    }
  }
}

/** Gives 32 bits for the bytes `data[from .. to)`. */
export type Hash = (data: Buffer, from: number, to: number) => number;

/**
 * FNV-1a with a final mix (that of MurmurHash3), from a seed of its own. Nobody sees a hash, so that the seed need only
 * be unknown beforehand; node:crypto would take a tenth of the engine's time to load.
 */
function seededHash(): Hash {
  const seed = (Math.random() * 0x100000000) | 0;
  return (data, from, to) => {
    let hash = seed;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ data[at], 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  };
}

function widen(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const wide = new Uint32Array(length);
  wide.set(array);
  return wide;
}
