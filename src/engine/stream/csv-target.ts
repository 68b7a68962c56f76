import { rmSync, WriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import type { ByteSink } from '../engine';
import { CsvFile } from '../read/csv-file';
import { FileSink } from '../write/file-sink';

/**
 * Where a CSV goes: a CsvFile, a Node stream, which is ended with the CSV (the process's own output excepted), or an object with
 * `write(chunk)`, which may return a promise to slow the engine down.
 */
export type CsvTarget = CsvFile | Writable | ByteSink;

/** A target that is written to. */
export interface OpenTarget extends ByteSink {
  /** Ends a stream, and waits until all of it is written. */
  end(): Promise<void>;
  /** Lets go of a stream whose CSV will not be complete. */
  abandon(): void;
}

export function openTarget(target: CsvTarget): OpenTarget {
  if (target instanceof CsvFile) return new FileTarget(target.path);
  if (isStream(target)) return new StreamTarget(target);
  const { releases } = target;
  return { releases, write: (chunk) => target.write(chunk), end: async () => {}, abandon: () => {} };
}

/** Whether it is a stream, of Node's own or another implementation, rather than something that also emits events. */
function isStream(target: Writable | ByteSink): target is Writable {
  return ['on', 'end', 'destroy'].every((method) => method in target);
}

/** A file, made when there is something to write. */
class FileTarget extends FileSink implements OpenTarget {
  async end(): Promise<void> {
    this.close();
    // What a run before this one has written there is not of this one.
    if (!this.isMade) rmSync(this.path, { force: true });
  }

  abandon(): void {
    this.close();
  }
}

class StreamTarget implements OpenTarget {
  /** Why the stream takes nothing more, where that came while nobody waited for it. */
  private failure?: Error;
  private readonly own: boolean;
  /** A file is written to before a write is done; what becomes of a chunk in other streams, nobody knows. */
  readonly releases: boolean;
  private readonly fail: (error: Error) => void;

  constructor(private readonly stream: Writable) {
    this.own = stream !== process.stdout && stream !== process.stderr;
    this.releases = stream instanceof WriteStream;
    this.fail = (error) => (this.failure = error);
    stream.on('error', this.fail);
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.check();
    if (this.releases) return this.writeWhole(chunk);
    if (this.stream.write(chunk)) return;
    // A stream that its reader closes drains no more.
    await new Promise<void>((resolve) => {
      const done = () => {
        this.stream.off('drain', done).off('close', done);
        resolve();
      };
      this.stream.on('drain', done).on('close', done);
    });
    this.check();
  }

  private writeWhole(chunk: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.stream.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }

  async end(): Promise<void> {
    this.check();
    if (this.own) {
      this.stream.end();
      // Not every CSV goes to a stream, and they take as long to load as a small one to read.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { finished } = require('node:stream/promises') as typeof import('node:stream/promises');
      await finished(this.stream);
    }
    this.stream.off('error', this.fail);
  }

  abandon(): void {
    if (this.own) this.stream.destroy();
    else this.stream.off('error', this.fail);
  }

  private check(): void {
    if (this.failure) throw this.failure;
    if (this.stream.destroyed) throw new Error('the stream was closed before all was written');
  }
}
