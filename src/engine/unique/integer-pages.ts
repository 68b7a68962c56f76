/** Integers of one page: 8 KB of bits. */
export const PAGE_INTEGERS = 65536;
export const PAGE_BYTES = PAGE_INTEGERS / 8;
/** What a page costs beside its bits. */
export const PAGE_OVERHEAD = 128;

/** An exact set of natural numbers that takes less memory the closer they lie together. */
export interface IntegerSet {
  /** Integers added. */
  readonly size: number;
  /** Memory taken. */
  readonly bytes: number;
  /** True where adding the integer takes no memory. */
  hasPage(integer: number): boolean;
  /** Whether a safe integer is there. */
  has(integer: number): boolean;
  /** Adds a safe integer; false where it was there already. */
  add(integer: number): boolean;
}

/** An exact set of integers in pages of bits: one bit an integer where they lie close together. */
export class IntegerPages implements IntegerSet {
  size = 0;
  private readonly pages = new Map<number, Uint32Array>();
  private lastIndex = NaN;
  private lastPage: Uint32Array = new Uint32Array(0);

  get bytes(): number {
    return this.pages.size * (PAGE_BYTES + PAGE_OVERHEAD);
  }

  hasPage(integer: number): boolean {
    return this.find(Math.floor(integer / PAGE_INTEGERS)) !== undefined;
  }

  has(integer: number): boolean {
    const index = Math.floor(integer / PAGE_INTEGERS);
    const bit = integer - index * PAGE_INTEGERS;
    return ((this.find(index)?.[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  add(integer: number): boolean {
    const index = Math.floor(integer / PAGE_INTEGERS);
    let page = this.find(index);
    if (!page) {
      page = new Uint32Array(PAGE_BYTES / 4);
      this.pages.set(index, page);
      this.lastIndex = index;
      this.lastPage = page;
    }
    const bit = integer - index * PAGE_INTEGERS;
    const mask = 1 << (bit & 31);
    if (page[bit >>> 5] & mask) return false;
    page[bit >>> 5] |= mask;
    this.size++;
    return true;
  }

  private find(index: number): Uint32Array | undefined {
    if (index === this.lastIndex) return this.lastPage;
    const page = this.pages.get(index);
    if (page) {
      this.lastIndex = index;
      this.lastPage = page;
    }
    return page;
  }
}
