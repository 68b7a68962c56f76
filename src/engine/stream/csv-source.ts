import type { ByteSource } from '../engine';

/** A CSV to read: a CsvFile, a Node stream, anything that yields pieces of it in order, or all of it as text or bytes. */
export type CsvSource =
  string | Uint8Array | ByteSource | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** The bytes of a source. Texts are taken as UTF-8. */
export function bytesOf(source: CsvSource): ByteSource {
  return typeof source === 'object' && 'openReader' in source ? source : piecesOf(source);
}

async function* piecesOf(source: CsvSource): AsyncGenerator<Uint8Array> {
  const pieces = typeof source === 'string' || source instanceof Uint8Array ? [source] : source;
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
}
