import type { ByteSink } from '../engine';
import { ByteWriter } from '../write/byte-writer';

/** Puts lines of text together to bytes. */
export class TextOutput {
  private readonly bytes: ByteWriter;

  constructor(sink: ByteSink) {
    this.bytes = new ByteWriter(sink);
  }

  writeLine(line: string): void {
    const { bytes } = this;
    bytes.reserve(line.length * 3 + 1);
    bytes.length += bytes.chunk.write(line, bytes.length, 'utf8');
    bytes.length += bytes.chunk.write('\n', bytes.length, 'latin1');
  }

  async drain(): Promise<void> {
    await this.bytes.drain();
  }

  finish(): Promise<void> {
    return this.bytes.flush();
  }
}
