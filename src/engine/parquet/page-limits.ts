const KIBIBYTE = 1024;
/** What all columns may collect at once; each of several parts of a column takes as much as its page, or twice that. */
const COLLECTED_BYTES = 8 * KIBIBYTE * KIBIBYTE;
const LEAST_PAGE_BYTES = 4 * KIBIBYTE;
const MOST_PAGE_BYTES = 256 * KIBIBYTE;
const MOST_PAGE_ROWS = 20_480;

/** What of a column is collected before it is encoded. Numbers in a dictionary have 16 bits. */
export interface PageLimits {
  /** From how many bytes, as PLAIN, or rows on a page is full. A text that is longer has a page of its own. */
  readonly pageBytes: number;
  readonly pageRows: number;
  /** Distinct values of a dictionary at most, and their bytes. */
  readonly dictionaryValues: number;
  readonly dictionaryBytes: number;
}

/** The more columns a file has, the smaller are their pages, so that they take a bounded memory together. */
export function pageLimits(columns: number): PageLimits {
  const share = 2 ** Math.floor(Math.log2(COLLECTED_BYTES / Math.max(1, columns)));
  const pageBytes = Math.min(MOST_PAGE_BYTES, Math.max(LEAST_PAGE_BYTES, share));
  return {
    pageBytes,
    pageRows: Math.min(MOST_PAGE_ROWS, pageBytes / 4),
    dictionaryValues: pageBytes / 8,
    dictionaryBytes: pageBytes * 2,
  };
}
