/** Bytes before each part that hold its length, so that `ab`+`c` is not `a`+`bc`. */
const LENGTH_BYTES = 4;

/** Puts the parts of a key together: `data[0 .. length)` after the last part. */
export class CompositeKey {
  data = Buffer.allocUnsafe(256);
  length = 0;

  reset(): void {
    this.length = 0;
  }

  add(part: Buffer, from: number, to: number): void {
    const at = this.length + LENGTH_BYTES;
    const end = at + to - from;
    if (end > this.data.length) {
      const grown = Buffer.allocUnsafe(end * 2);
      this.data.copy(grown, 0, 0, this.length);
      this.data = grown;
    }
    this.data.writeUInt32BE(to - from, this.length);
    part.copy(this.data, at, from, to);
    this.length = end;
  }
}
