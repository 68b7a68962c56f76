/** What a column of Parquet is, and what of its row group is in memory: made by the host, see kernel-column.ts there. */
@unmanaged
export class ParquetColumn {
  /** How values are read from cells. */
  kind: u32;
  /** Parameters of that. */
  a: u32;
  table: u32;
  /** Bytes of a value as PLAIN has it; 0 where each has its length in front. */
  width: u32;

  /** The page: values as PLAIN has them, or their numbers in the dictionary, 2 bytes each. */
  page: u32;
  /** For each row of the page 1 where it has a value, 2 bytes each. */
  levels: u32;
  /** The distinct values as PLAIN has them. */
  dictionary: u32;
  /** Where the dictionary finds them, see dictionary.ts. */
  slots: u32;
  /** Room in which pages are put together; columns share it. */
  scratch: u32;
  /** Least and greatest text, or what of them is compared: BOUND_BYTES each. */
  bounds: u32;

  /** A page is full from so many bytes, as PLAIN, or rows on. */
  pageBytes: u32;
  pageRows: u32;
  /** A dictionary has so many values and bytes at most. */
  dictionaryValues: u32;
  dictionaryBytes: u32;

  /** Of the page: rows, values, and bytes of the values as PLAIN has them. */
  rows: u32;
  values: u32;
  bytes: u32;
  /** Of the row group: values and their bytes, without those of the page. */
  groupValues: u32;
  groupBytes: u32;

  /** 1 while values go to the page as numbers in the dictionary. */
  byDictionary: u32;
  /** Pages of the row group that do. */
  dictionaryPages: u32;
  /** Of the dictionary: values, and their bytes. */
  distinct: u32;
  length: u32;
  /** Number of slots less one. */
  mask: u32;

  /** 1 once there are bounds. Of texts: their lengths, and their first 8 bytes as a number. */
  bounded: u32;
  leastLength: u32;
  greatestLength: u32;
  /** 1 once the dictionary had no room for a value. */
  isFull: u32;
  least: u64;
  greatest: u64;
  /** The higher 8 bytes of decimals. */
  leastHigh: i64;
  greatestHigh: i64;
  /** Numbers in the dictionary of a lookup's entries, see entries.ts; 0 where there are none. */
  entryNumbers: u32;
  entryCount: u32;
  /** Table of few short texts, see few-texts.ts; 0 where there is none. */
  fewTexts: u32;
  /** What their slots are found by; 0 while they are too many. */
  factor: u64;
}

/** Kinds of columns. */
export const TEXT: u32 = 0;
/** All cells are left to the host: values of 8 bytes. */
export const HOST: u32 = 1;
export const INTEGER: u32 = 2;
export const DECIMAL: u32 = 3;
export const BOOLEAN: u32 = 4;
export const DATE: u32 = 5;
export const TIME: u32 = 6;
export const TIMESTAMP: u32 = 7;

/** Bytes of a text that count for bounds; one more than are kept, to tell the longer ones. */
export const BOUND_BYTES: u32 = 65;
