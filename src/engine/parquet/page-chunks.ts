const CHUNK_BYTES = 1024 * 1024;

/**
 * Room for the pages of a row group. Where the sink releases what it has written, it is used again for later ones: buffers
 * of their own would take several times as much until they are collected.
 */
export class PageChunks {
  private readonly free: Buffer[] = [];
  /** Of the row group at hand; the last one has room left from `length` on. */
  private used: Buffer[] = [];
  private length = CHUNK_BYTES;
  /** Of row groups that are being written. */
  private ended: Buffer[] = [];

  constructor(private readonly areReleased: boolean) {}

  /** Room for a page, which stays as it is until its row group is written. */
  take(bytes: number): Buffer {
    if (!this.areReleased || bytes > CHUNK_BYTES) return Buffer.allocUnsafeSlow(bytes);
    if (bytes > CHUNK_BYTES - this.length) {
      this.used.push(this.free.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES));
      this.length = 0;
    }
    const from = this.length;
    this.length += bytes;
    return this.used[this.used.length - 1].subarray(from, this.length);
  }

  /** The row group has all of its pages. */
  endGroup(): void {
    this.ended.push(...this.used);
    this.used = [];
    this.length = CHUNK_BYTES;
  }

  /** All row groups that have ended are written. */
  release(): void {
    this.free.push(...this.ended);
    this.ended = [];
  }
}
