import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { ByteSink } from '../engine/engine';

/** A file that is there as a whole or not at all, and not either where nothing is written to it. */
export class WholeFile implements ByteSink {
  readonly releases = true;
  private descriptor?: number;

  constructor(readonly file: string) {}

  /** Waits for the system, which takes a piece in less time than a stream takes to begin. */
  write(chunk: Uint8Array): void {
    this.descriptor ??= openSync(this.unfinished, 'w');
    for (let done = 0; done < chunk.length;) done += writeSync(this.descriptor, chunk, done);
  }

  /** Gives the file its name, and says whether there is one. One of an earlier run does not stay. */
  commit(): boolean {
    if (this.descriptor === undefined) {
      rmSync(this.file, { force: true });
      return false;
    }
    closeSync(this.descriptor);
    renameSync(this.unfinished, this.file);
    return true;
  }

  /** Leaves nothing of what was written. */
  discard(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    rmSync(this.unfinished, { force: true });
  }

  private get unfinished(): string {
    return `${this.file}.${process.pid}.part`;
  }
}
