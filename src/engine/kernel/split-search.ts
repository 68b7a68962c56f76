import { KernelMemory } from './kernel-memory';
import { newKernel } from './wasm';
import type { DialectSpec } from '../../spec/dialect-spec';

/** What follows from one guess about where a piece of a file begins. */
export interface SplitGuess {
  /** Records that end in the piece. */
  readonly records: number;
  /** Bytes of the piece before the first record that begins in it; undefined where none does. */
  readonly boundary?: number;
  readonly endsInQuotes: boolean;
}

/** Both guesses: whether the piece begins inside quotes is known once the piece before it is. */
export interface SplitGuesses {
  readonly outside: SplitGuess;
  readonly inQuotes: SplitGuess;
}

/**
 * Finds where records begin in pieces of a file, each by itself, exactly: also where cells hold newlines and what looks
 * like rows. A cut between two pieces may be anywhere but behind a quote. For dialects with doubled quotes.
 */
export class SplitSearch {
  /** Undefined where the machine has no kernel, or the dialect is another one. */
  static of(dialect: DialectSpec, kernel = newKernel()): SplitSearch | undefined {
    const { quoteChar, doubleQuote, escapeChar, commentChar, skipInitialSpace } = dialect;
    const isPlain = doubleQuote && escapeChar === null && commentChar === null && !skipInitialSpace;
    if (!kernel || quoteChar === null || !isPlain) return undefined;
    return new SplitSearch({ ...dialect, quoteChar }, new KernelMemory(kernel));
  }

  private address = 0;
  private bytes = 0;

  private constructor(
    private readonly dialect: DialectSpec & { readonly quoteChar: string },
    private readonly memory: KernelMemory,
  ) {}

  /** Memory to read a piece of so many bytes into, which is then looked at where it stands; valid until the next call. */
  room(bytes: number): Buffer {
    if (bytes >= this.bytes) {
      this.bytes = bytes * 2 + 1;
      this.address = this.memory.allocate(this.bytes);
    }
    const from = this.address + 1;
    return this.memory.bytes.subarray(from, from + bytes);
  }

  /** Looks at a piece; `before` is the byte before it, a newline at the beginning of a file. */
  search(piece: Uint8Array, before: number): SplitGuesses {
    const { memory, dialect } = this;
    const { kernel } = memory;
    const room = this.room(piece.length);
    const from = this.address + 1;
    const { bytes } = memory;
    if (piece.buffer !== room.buffer || piece.byteOffset !== from) room.set(piece);
    bytes[this.address] = before;
    // What stood there before must not be taken for the second half of a CRLF.
    const behind = bytes[from + piece.length];
    bytes[from + piece.length] = 0;
    const { delimiter, quoteChar } = dialect;
    kernel.searchSplit(delimiter.charCodeAt(0), quoteChar.charCodeAt(0), from, from + piece.length);
    bytes[from + piece.length] = behind;
    return { outside: this.guess(0, from), inQuotes: this.guess(1, from) };
  }

  private guess(inQuotes: number, from: number): SplitGuess {
    const { kernel } = this.memory;
    const records = kernel.splitRecords(inQuotes);
    return {
      records,
      boundary: records > 0 ? kernel.splitBoundary(inQuotes) - from : undefined,
      endsInQuotes: kernel.splitEndsInQuotes(inQuotes) === 1,
    };
  }
}
