import type { ByteSink } from '../engine';

/** Bytes collected before they go to the sink. */
const CHUNK_BYTES = 64 * 1024;

/** Collects bytes into chunks. A chunk that was handed over is never touched again, so the sink may keep it. */
export class ByteWriter {
  /** Where bytes are put: at `length`, after `reserve`. */
  chunk: Buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  /** The same bytes, for whole words. */
  view = new DataView(this.chunk.buffer);
  length = 0;
  private ready: Buffer[] = [];

  constructor(private readonly sink: ByteSink) {}

  /** Makes room for a number of bytes behind `length`. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.chunk.length) return;
    this.ready.push(this.chunk.subarray(0, this.length));
    this.chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
    this.view = new DataView(this.chunk.buffer);
    this.length = 0;
  }

  /** Hands over full chunks. Gives a promise where there are any, and the sink has to be waited for. */
  drain(): Promise<void> | undefined {
    return this.ready.length === 0 ? undefined : this.handOver();
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
    }
  }
}
