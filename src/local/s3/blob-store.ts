import { createReadStream, mkdirSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** A run of bytes in a file of the store. An object is a list of them: parts and copies share files, never bytes. */
export interface Segment {
  readonly file: string;
  readonly start: number;
  readonly length: number;
}

/**
 * The objects' bytes, on disk. A file appears under its name only when all its bytes are in it, so that a crash leaves
 * whole files or none; it goes when the last object that uses it goes.
 */
export class BlobStore {
  private readonly uses = new Map<string, number>();
  private next = 0;

  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  /** Writes everything that the source gives. The segment returned is held once: release it when it is not needed. */
  async write(source: AsyncIterable<Uint8Array>): Promise<Segment> {
    const file = `blob-${process.pid}-${this.next++}`;
    const partial = join(this.directory, `${file}.partial`);
    let length = 0;
    const handle = await open(partial, 'wx');
    try {
      try {
        for await (const chunk of source) {
          await handle.appendFile(chunk);
          length += chunk.length;
        }
      } finally {
        await handle.close();
      }
      await rename(partial, join(this.directory, file));
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    this.uses.set(file, 1);
    return { file, start: 0, length };
  }

  /** Marks the segments as used once more. */
  retain(segments: readonly Segment[]): void {
    for (const { file } of segments) this.uses.set(file, (this.uses.get(file) ?? 0) + 1);
  }

  /** Gives back one use; files that nobody uses are deleted. */
  async release(segments: readonly Segment[]): Promise<void> {
    for (const { file } of segments) {
      const left = (this.uses.get(file) ?? 1) - 1;
      if (left > 0) {
        this.uses.set(file, left);
      } else {
        this.uses.delete(file);
        await rm(join(this.directory, file), { force: true });
      }
    }
  }

  /** The bytes from `start` up to but without `end`. The files stay until the stream has ended. */
  read(segments: readonly Segment[], start: number, end: number): Readable {
    const wanted = slice(segments, start, end);
    this.retain(wanted);
    return Readable.from(this.chunks(wanted), { objectMode: false });
  }

  private async *chunks(segments: readonly Segment[]): AsyncGenerator<Uint8Array> {
    try {
      for (const { file, start, length } of segments) {
        const path = join(this.directory, file);
        yield* createReadStream(path, { start, end: start + length - 1, highWaterMark: 256 * 1024 });
      }
    } finally {
      await this.release(segments);
    }
  }
}

/** The part of the segments that holds the bytes from `start` up to but without `end`. */
export function slice(segments: readonly Segment[], start: number, end: number): Segment[] {
  const result: Segment[] = [];
  let offset = 0;
  for (const segment of segments) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, segment.length);
    if (from < to) result.push({ file: segment.file, start: segment.start + from, length: to - from });
    offset += segment.length;
  }
  return result;
}
