import { closeSync, openSync, writeSync } from 'node:fs';
import type { ByteSink } from '../engine';

/**
 * Writes a file from its first byte, made when there is something to write. Waits for each piece: the system takes it in
 * less time than another thread, or a stream, takes to begin.
 */
export class FileSink implements ByteSink {
  readonly releases = true;
  /** Whether anything was written. */
  isMade = false;
  private descriptor?: number;

  constructor(protected readonly path: string) {}

  write(chunk: Uint8Array): void {
    this.descriptor ??= openSync(this.path, 'w');
    this.isMade = true;
    for (let done = 0; done < chunk.length;) done += writeSync(this.descriptor, chunk, done);
  }

  /** Lets go of the file. Nothing may be written afterwards. */
  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}
