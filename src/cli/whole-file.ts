import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { ByteSink } from '../engine/engine';

/** A file that is there as a whole or not at all, and not either where nothing is written to it. */
export class WholeFile implements ByteSink {
  private stream?: WriteStream;

  constructor(readonly file: string) {}

  async write(chunk: Uint8Array): Promise<void> {
    this.stream ??= createWriteStream(this.unfinished);
    if (!this.stream.write(chunk)) await once(this.stream, 'drain');
  }

  /** Gives the file its name, and says whether there is one. One of an earlier run does not stay. */
  async commit(): Promise<boolean> {
    if (!this.stream) {
      rmSync(this.file, { force: true });
      return false;
    }
    this.stream.end();
    await finished(this.stream);
    renameSync(this.unfinished, this.file);
    return true;
  }

  /** Leaves nothing of what was written. */
  discard(): void {
    this.stream?.destroy();
    rmSync(this.unfinished, { force: true });
  }

  private get unfinished(): string {
    return `${this.file}.${process.pid}.part`;
  }
}
