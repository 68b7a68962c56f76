import { type KernelExports, newKernel } from './wasm';
import type { PlaceText } from '../read/byte-window';

const PAGE_BYTES = 65536;
const ALIGNMENT = 64;
/** The kernel reads and writes in blocks, so beyond what it is given. */
const PADDING = 128;

/**
 * A kernel and its memory, which only grows: what lies in it goes when the run ends. Growing takes all buffers of the
 * memory away, so that it may only happen between batches: what a batch may need is reserved before it.
 */
export class KernelMemory {
  private free: number;
  private reservedPerRow = 0;
  private seen: Buffer;
  private text = { address: 0, length: 0 };
  private seenText: Buffer = Buffer.alloc(0);

  constructor(readonly kernel: KernelExports) {
    this.free = kernel.firstFree();
    this.seen = Buffer.from(kernel.memory.buffer);
  }

  /** All bytes; the same buffer until the memory grows. */
  get bytes(): Buffer {
    const { buffer } = this.kernel.memory;
    if (this.seen.buffer !== buffer) this.seen = Buffer.from(buffer);
    return this.seen;
  }

  /** Has so many more bytes ready for each row of a batch, for `allocateReserved`. */
  reserve(bytesPerRow: number): void {
    this.reservedPerRow += bytesPerRow + ALIGNMENT + PADDING;
  }

  /** Makes the memory ready for a batch of so many rows at most. */
  prepare(rows: number): void {
    const { memory } = this.kernel;
    const missing = this.free + rows * this.reservedPerRow - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  }

  /** Gives the address of so many new bytes, all zero. */
  allocate(bytes: number): number {
    const address = this.allocateReserved(bytes);
    // The host reads single records between batches.
    this.prepare(1);
    return address;
  }

  /** The same, from what is reserved: the memory does not grow. */
  allocateReserved(bytes: number): number {
    const address = Math.ceil(this.free / ALIGNMENT) * ALIGNMENT;
    this.free = address + bytes + PADDING;
    return address;
  }

  /** Takes back all that was allocated behind an address, of which `[from, to)` was written. */
  release(address: number, from: number, to: number): void {
    this.bytes.fill(0, from, to);
    this.free = address + PADDING;
  }

  /** Puts bytes into the memory and gives their address. */
  store(data: Uint8Array): number {
    const address = this.allocate(data.length);
    this.bytes.set(data, address);
    return address;
  }

  /** 32-bit words of the memory, valid until it grows. */
  words(address: number, length: number): Int32Array {
    return new Int32Array(this.kernel.memory.buffer, address, length);
  }

  /** Places the text that is read in the memory. */
  readonly placeText: PlaceText = (bytes, kept) => {
    const { byteOffset, length } = kept;
    const address = this.allocate(bytes);
    this.text = { address, length: bytes };
    // Growing has taken the buffer away, but not the bytes.
    if (length > 0) this.bytes.copyWithin(address, byteOffset, byteOffset + length);
    return this.textBuffer();
  };

  /** The place of the text, also after the memory has grown. */
  textBuffer(): Buffer {
    const { address, length } = this.text;
    const isSame = this.seenText.buffer === this.kernel.memory.buffer && this.seenText.byteOffset === address;
    if (!isSame) this.seenText = this.bytes.subarray(address, address + length);
    return this.seenText;
  }
}

/** A kernel of its own with its memory; undefined on machines that cannot run it. */
export function newMemory(module?: object | null): KernelMemory | undefined {
  const kernel = newKernel(module);
  return kernel && new KernelMemory(kernel);
}
