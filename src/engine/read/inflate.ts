import { pipeline, Readable } from 'node:stream';
import { PipelineError } from '../../spec/pipeline-error';
import type { ByteSource } from '../engine';

/** The first two bytes of a gzip file (RFC 1952 section 2.3.1). No text in UTF-8 begins with them. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Inflates a gzip file as it is read. A file of a few megabytes can hold terabytes: memory stays that of one piece, and
 * the whole is bounded. Throws PipelineError `file-too-large`, and `encoding-error` where it is no sound gzip; errors of
 * the source pass as they are.
 */
export async function* inflated(source: ByteSource, mostBytes: number): AsyncGenerator<Uint8Array> {
  let failure: unknown;
  // Loaded only where a file is compressed: that takes time, too.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createGunzip } = require('node:zlib') as typeof import('node:zlib');
  const compressed = Readable.from(watched(source, (error) => (failure = error)));
  // The error is thrown by whoever reads the stream.
  const stream = pipeline(compressed, createGunzip(), () => undefined);
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

/** Tells an error of the source from one of the inflation. */
async function* watched(source: ByteSource, onError: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    onError(error);
    throw error;
  }
}
