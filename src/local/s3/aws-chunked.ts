import { s3Error } from './errors';

/** Headers that come after an aws-chunked body, filled when the body has been read. */
export type Trailers = Record<string, string>;

const CR_LF = Buffer.from('\r\n');
/** Longest line of chunk extensions or trailers; more is not from a client. */
const MAX_LINE = 16 * 1024;

/**
 * Takes the chunk framing off a body that was sent with `Content-Encoding: aws-chunked`, see
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  trailers: Trailers,
): AsyncGenerator<Uint8Array> {
  const reader = new Reader(source);
  for (;;) {
    const line = await reader.line();
    const size = /^([0-9a-fA-F]+)(;.*)?$/.exec(line)?.[1];
    if (size === undefined) throw s3Error('IncompleteBody', `chunk header '${line}' is not valid`);
    let left = parseInt(size, 16);
    if (left === 0) break;
    while (left > 0) {
      const bytes = await reader.bytes(left);
      left -= bytes.length;
      yield bytes;
    }
    if ((await reader.line()) !== '') {
      throw s3Error('IncompleteBody', 'a chunk is longer than its header says');
    }
  }
  for (let line = await reader.lastLine(); line !== ''; line = await reader.lastLine()) {
    const at = line.indexOf(':');
    trailers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
  }
}

/** Reads lines and bytes from a source that gives chunks of any size. */
class Reader {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private buffer: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** Up to the next CR LF, which must be there. */
  async line(): Promise<string> {
    let at: number;
    while ((at = this.buffer.indexOf(CR_LF)) < 0) {
      if (this.buffer.length > MAX_LINE || !(await this.fill())) throw s3Error('IncompleteBody');
    }
    const line = this.buffer.toString('latin1', 0, at);
    this.buffer = this.buffer.subarray(at + 2);
    return line;
  }

  /** As `line`, but the end of the body ends it too: not every client closes its trailers with an empty line. */
  async lastLine(): Promise<string> {
    while (this.buffer.indexOf(CR_LF) < 0 && (await this.fill()));
    if (this.buffer.indexOf(CR_LF) >= 0) return this.line();
    const line = this.buffer.toString('latin1');
    this.buffer = Buffer.alloc(0);
    return line;
  }

  /** At least one byte and at most so many. */
  async bytes(atMost: number): Promise<Buffer> {
    if (this.buffer.length === 0 && !(await this.fill())) throw s3Error('IncompleteBody');
    const taken = this.buffer.subarray(0, atMost);
    this.buffer = this.buffer.subarray(taken.length);
    return taken;
  }

  private async fill(): Promise<boolean> {
    const { done, value } = await this.iterator.next();
    if (done) return false;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.length);
    this.buffer = this.buffer.length === 0 ? bytes : Buffer.concat([this.buffer, bytes]);
    return true;
  }
}
