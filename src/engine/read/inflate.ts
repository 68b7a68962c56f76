import type { ZlibOptions } from 'node:zlib';
import { type ByteReader, PieceReader, readHead } from './byte-reader';
import { PipelineError } from '../../spec/pipeline-error';

/** Compressed bytes that are inflated at once, however the source cuts its pieces. */
const BLOCK_BYTES = 64 * 1024;

/** The first two bytes of a gzip file (RFC 1952 section 2.3.1). No text in UTF-8 begins with them. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * What is in a gzip file. Where it is no sound one, what comes before is read, and then it ends, with the reason in
 * `failure`: the same bytes whatever the pieces in which the file comes.
 */
export class InflatedReader implements ByteReader {
  failure?: PipelineError;
  private readonly pieces: PieceReader;

  /** Inflates up to `mostBytes`. */
  constructor(source: ByteReader, mostBytes: number) {
    this.pieces = new PieceReader(inflated(source, mostBytes));
  }

  async read(target: Uint8Array): Promise<number> {
    try {
      return await this.pieces.read(target);
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      this.failure = error;
      return 0;
    }
  }

  async close(): Promise<void> {
    await this.pieces.close();
  }
}

/**
 * Inflates a gzip file as it is read. A file of a few megabytes can hold terabytes: memory stays that of one piece, and
 * the whole is bounded. Throws PipelineError `file-too-large`, and `encoding-error` where it is no sound gzip; errors of
 * the source pass as they are.
 */
async function* inflated(source: ByteReader, mostBytes: number): AsyncGenerator<Uint8Array> {
  let failure: unknown;
  // Loaded only where a file is compressed: that takes time, too.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { createGunzip } = require('node:zlib') as typeof import('node:zlib');
  const { pipeline, Readable } = require('node:stream') as typeof import('node:stream');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const compressed = Readable.from(blocksOf(source, (error) => (failure = error)));
  // The next piece is not inflated before one is taken: an error would throw away those that nobody has taken.
  const options = { chunkSize: BLOCK_BYTES, readableHighWaterMark: 1 } as ZlibOptions;
  // The error is thrown by whoever reads the stream.
  const stream = pipeline(compressed, createGunzip(options), () => undefined);
  let bytes = 0;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > mostBytes) {
        throw new PipelineError(
          'file-too-large',
          `the file inflates to more than ${mostBytes} bytes, and one function reads no more`,
        );
      }
      yield piece;
    }
  } catch (error) {
    if (failure) throw failure;
    if (error instanceof PipelineError) throw error;
    throw new PipelineError('encoding-error', `the file is no sound gzip: ${(error as Error).message}`);
  }
}

/** The bytes of a source in blocks of one size. Tells its errors from those of the inflation. */
async function* blocksOf(source: ByteReader, onError: (error: unknown) => void): AsyncGenerator<Buffer> {
  try {
    for (;;) {
      const block = await readHead(source, BLOCK_BYTES);
      if (block.length === 0) return;
      yield block;
    }
  } catch (error) {
    onError(error);
    throw error;
  } finally {
    await source.close();
  }
}
