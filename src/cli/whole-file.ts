import { renameSync, rmSync } from 'node:fs';
import { FileSink } from '../engine/write/file-sink';

/** A file that is there as a whole or not at all, and not either where nothing is written to it. */
export class WholeFile extends FileSink {
  constructor(readonly file: string) {
    super(`${file}.${process.pid}.part`);
  }

  /** Gives the file its name, and says whether there is one. One of an earlier run does not stay. */
  commit(): boolean {
    this.close();
    if (this.isMade) renameSync(this.path, this.file);
    else rmSync(this.file, { force: true });
    return this.isMade;
  }

  /** Leaves nothing of what was written. */
  discard(): void {
    this.close();
    rmSync(this.path, { force: true });
  }
}
