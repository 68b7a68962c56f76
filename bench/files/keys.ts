const KEYS = 100_000_000;
/** Bytes of a key's line. */
export const KEY_BYTES = 13;
const KEYS_PER_CHUNK = 16_384;

/** A file of 100 million different texts, 1.3 GB, made while it is read. */
export function* manyKeys(): Generator<Buffer> {
  yield Buffer.from('key\n');
  for (let from = 0; from < KEYS; from += KEYS_PER_CHUNK) {
    let text = '';
    for (let key = from; key < Math.min(from + KEYS_PER_CHUNK, KEYS); key++) {
      text += `k${String(key).padStart(11, '0')}\n`;
    }
    yield Buffer.from(text);
  }
}
