import type { ByteSink } from '../engine';

/** Bytes collected before they go to the sink. */
const CHUNK_BYTES = 64 * 1024;
/** The same where chunks are used again: fewer calls, and no memory beside it. */
const REUSED_CHUNK_BYTES = 256 * 1024;

/**
 * Collects bytes into chunks. A chunk that was handed over is never touched again, so the sink may keep it, unless it says
 * that it is done with it: to make and to forget a buffer for each chunk costs more than the bytes in it.
 */
export class ByteWriter {
  /** Where bytes are put: at `length`, after `reserve`. */
  chunk: Buffer;
  /** The same bytes, for whole words. */
  view: DataView;
  length = 0;
  private ready: Buffer[] = [];
  private readonly spare: Buffer[] = [];
  private readonly chunkBytes: number;

  constructor(private readonly sink: ByteSink) {
    this.chunkBytes = sink.releases ? REUSED_CHUNK_BYTES : CHUNK_BYTES;
    this.chunk = Buffer.allocUnsafeSlow(this.chunkBytes);
    this.view = new DataView(this.chunk.buffer);
  }

  /** Makes room for a number of bytes behind `length`. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.chunk.length) return;
    this.ready.push(this.chunk.subarray(0, this.length));
    const spare = bytes <= this.chunkBytes ? this.spare.pop() : undefined;
    this.chunk = spare ?? Buffer.allocUnsafeSlow(Math.max(this.chunkBytes, bytes));
    this.view = new DataView(this.chunk.buffer);
    this.length = 0;
  }

  /** Hands over full chunks. Gives a promise where there are any, and the sink has to be waited for. */
  drain(): Promise<void> | undefined {
    return this.ready.length === 0 ? undefined : this.handOver();
  }

  /**
   * Hands over what was collected, and behind it bytes that are not: the sink has to be done with them. Gives a promise
   * where it has to be waited for.
   */
  pass(bytes: Uint8Array): void | Promise<void> {
    if (this.length === 0 && this.ready.length === 0) return this.sink.write(bytes);
    return this.passBehind(bytes);
  }

  private async passBehind(bytes: Uint8Array): Promise<void> {
    // All of a chunk has no room behind what was collected.
    this.reserve(this.chunk.length);
    await this.drain();
    await this.sink.write(bytes);
  }

  /** Hands over everything that is left. */
  async flush(): Promise<void> {
    this.ready.push(this.chunk.subarray(0, this.length));
    this.chunk = Buffer.alloc(0);
    this.length = 0;
    await this.drain();
  }

  private async handOver(): Promise<void> {
    const chunks = this.ready;
    this.ready = [];
    for (const chunk of chunks) {
      if (chunk.length > 0) await this.sink.write(chunk);
      if (this.sink.releases && chunk.buffer.byteLength === this.chunkBytes) {
        this.spare.push(Buffer.from(chunk.buffer));
      }
    }
  }
}
