import type { ByteSource } from '../engine';

/** Fills memory of whoever reads with the bytes of a file, in order. */
export interface ByteReader {
  /** Reads some bytes into the target: at least one, 0 at the end of the file. */
  read(target: Uint8Array): Promise<number>;
  /** Lets go of the source, also where it was not read to its end. */
  close(): Promise<void>;
}

/** Reads a source: straight from the file where it can do that, else piece by piece. */
export function readerOf(source: ByteSource): ByteReader {
  return source.openReader?.() ?? new PieceReader(source);
}

/** Reads the first bytes: fewer where the file ends before. */
export async function readHead(reader: ByteReader, bytes: number): Promise<Buffer> {
  const head = Buffer.allocUnsafe(bytes);
  let length = 0;
  for (let read = -1; length < bytes && read !== 0; length += read) {
    read = await reader.read(head.subarray(length));
  }
  return head.subarray(0, length);
}

/** Reads bytes that are there, then what is left of a source. */
export function readerBehind(head: Buffer, rest: ByteReader = NOTHING): ByteReader {
  let left = head;
  return {
    read: async (target) => {
      if (left.length === 0) return rest.read(target);
      const length = left.copy(target);
      left = left.subarray(length);
      return length;
    },
    close: () => rest.close(),
  };
}

const NOTHING: ByteReader = { read: async () => 0, close: async () => {} };

/** Bytes of a piece, where something has to be handed over in pieces. */
const PIECE_BYTES = 64 * 1024;

/** What a reader reads, in pieces that belong to whoever takes them. */
export async function* piecesOf(reader: ByteReader): AsyncGenerator<Buffer> {
  try {
    for (;;) {
      const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
      const length = await reader.read(piece);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    await reader.close();
  }
}

/** Copies from pieces. */
export class PieceReader implements ByteReader {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private piece: Uint8Array = Buffer.alloc(0);
  private ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  async read(target: Uint8Array): Promise<number> {
    while (this.piece.length === 0) {
      if (this.ended) return 0;
      const next = await this.iterator.next();
      if (next.done) this.ended = true;
      else this.piece = next.value;
    }
    const part = this.piece.subarray(0, target.length);
    target.set(part);
    this.piece = this.piece.subarray(part.length);
    return part.length;
  }

  async close(): Promise<void> {
    if (!this.ended) await this.iterator.return?.();
  }
}
