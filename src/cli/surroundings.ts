import type { Readable } from 'node:stream';

/** Where a command reads from and writes to, and how it learns that it is to end. */
export interface Surroundings {
  readonly directory: string;
  readonly out: (text: string | Uint8Array) => void;
  /** Gets what is no result: progress, remarks. */
  readonly error: (text: string) => void;
  /** Opens standard input; not before it is read, since a program with an open input does not end by itself. */
  readonly input: () => Readable;
  /** Whether a person watches what is written to `error`. */
  readonly terminal: boolean;
  readonly interrupted: Promise<void>;
}
