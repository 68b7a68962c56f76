/** Words that one table holds at most: more would need too many tries. */
export const MOST_WORDS = 200;
export const MOST_WORD_BYTES = 16;
const SLOT_BYTES = 32;
const SLOTS = 4096;
/** Odd numbers that are tried as factors. */
const TRIES = 4096;

/** A set of words in which each has a slot of its own, so that one comparison decides. */
export interface WordTable {
  readonly data: Buffer;
  /** Number of slots less one. */
  readonly mask: number;
  readonly factor: number;
}

/** Makes the table of words of 16 bytes at most; undefined where no factor keeps them apart. */
export function wordTable(words: readonly string[]): WordTable | undefined {
  const padded = [...new Set(words)].map((word) => {
    const bytes = Buffer.alloc(SLOT_BYTES);
    bytes.writeUInt32LE(bytes.write(word), MOST_WORD_BYTES);
    return bytes;
  });
  if (padded.length > MOST_WORDS) return undefined;
  const folded = padded.map(fold);
  // With fewer slots for so many, no factor that is tried is likely to keep them apart.
  const enough = Math.max(padded.length * 2, padded.length ** 2 / 12);
  const least = Math.min(SLOTS, 2 ** Math.ceil(Math.log2(Math.max(1, enough))));
  for (let slots = least; slots <= SLOTS; slots *= 2) {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const factor = (Math.imul(attempt, 0x9e3779b1) ^ 0x85ebca6b) | 1;
      const taken = folded.map((hash) => (Math.imul(hash, factor) >>> 20) & (slots - 1));
      if (new Set(taken).size < taken.length) continue;
      const data = Buffer.alloc(slots * SLOT_BYTES);
      padded.forEach((word, index) => word.copy(data, taken[index] * SLOT_BYTES));
      return { data, mask: slots - 1, factor: factor >>> 0 };
    }
  }
  return undefined;
}

/** As the kernel's wordHash. */
function fold(word: Buffer): number {
  const [a, b, c, d, length] = [0, 4, 8, 12, 16].map((offset) => word.readInt32LE(offset));
  return a ^ Math.imul(b, 5) ^ Math.imul(c, 9) ^ Math.imul(d, 17) ^ length;
}
