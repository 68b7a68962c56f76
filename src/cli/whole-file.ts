import { renameSync, rmSync } from 'node:fs';
import type { ByteSink } from '../engine/engine';
import { FileSink } from '../engine/write/file-sink';

/** A file that is there as a whole or not at all, and not either where nothing is written to it. */
export class WholeFile implements ByteSink {
  readonly releases = true;
  private readonly unfinished: string;
  private readonly sink: FileSink;

  constructor(readonly file: string) {
    this.unfinished = `${file}.${process.pid}.part`;
    this.sink = new FileSink(this.unfinished);
  }

  write(chunk: Uint8Array): void {
    this.sink.write(chunk);
  }

  /** Gives the file its name, and says whether there is one. One of an earlier run does not stay. */
  commit(): boolean {
    this.sink.close();
    if (this.sink.isMade) renameSync(this.unfinished, this.file);
    else rmSync(this.file, { force: true });
    return this.sink.isMade;
  }

  /** Leaves nothing of what was written. */
  discard(): void {
    this.sink.close();
    rmSync(this.unfinished, { force: true });
  }
}
