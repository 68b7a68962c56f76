import type { KernelMemory } from './kernel-memory';
import { type IntegerSet, PAGE_BYTES, PAGE_INTEGERS, PAGE_OVERHEAD } from '../unique/integer-pages';

/** Slots of the directory in which the kernel finds pages, see unique.ts of the assembly. */
const SLOTS = 8192;
const SLOT_BYTES = 8;

/** Pages beyond are not found by the kernel: their number would not fit. */
const LAST_FOUND = 2 ** 32 - 1;

/** A set of integers like IntegerPages, whose pages lie in the kernel's memory, so that it can add to them by itself. */
export class KernelIntegers implements IntegerSet {
  size = 0;
  /** Where the kernel finds pages. */
  readonly directory: number;
  private readonly pages = new Map<number, number>();

  constructor(private readonly memory: KernelMemory) {
    this.directory = memory.allocate(SLOTS * SLOT_BYTES);
    memory.reserve(PAGE_BYTES);
  }

  get bytes(): number {
    return this.pages.size * (PAGE_BYTES + PAGE_OVERHEAD);
  }

  hasPage(integer: number): boolean {
    return this.pages.has(Math.floor(integer / PAGE_INTEGERS));
  }

  has(integer: number): boolean {
    const index = Math.floor(integer / PAGE_INTEGERS);
    const page = this.pages.get(index);
    const bit = integer - index * PAGE_INTEGERS;
    return page !== undefined && (this.memory.bytes[page + (bit >>> 3)] & (1 << (bit & 7))) !== 0;
  }

  add(integer: number): boolean {
    const index = Math.floor(integer / PAGE_INTEGERS);
    const page = this.pages.get(index) ?? this.newPage(index);
    const { bytes } = this.memory;
    // The kernel has asked for it, so it is the one that it is to find in the slot.
    const slot = this.directory + (index % SLOTS) * SLOT_BYTES;
    bytes.writeUInt32LE(page, slot);
    bytes.writeUInt32LE(index < LAST_FOUND ? index + 1 : 0, slot + 4);
    const bit = integer - index * PAGE_INTEGERS;
    const at = page + (bit >>> 3);
    const mask = 1 << (bit & 7);
    if (bytes[at] & mask) return false;
    bytes[at] |= mask;
    this.size++;
    return true;
  }

  private newPage(index: number): number {
    const page = this.memory.allocateReserved(PAGE_BYTES);
    this.pages.set(index, page);
    return page;
  }
}
