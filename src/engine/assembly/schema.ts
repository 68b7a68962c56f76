/** Views of the program: the table of data that the host compiles from dialect and schema. */

/** One check of one column. What `a`, `b` and `table` mean depends on the operation. */
@unmanaged
export class Check {
  operation: u32;
  /** Offset of the column's mark in a record: 4 bytes a column. */
  offset: u32;
  /** 1 where an empty cell is in order. */
  optional: u32;
  a: u32;
  b: u32;
  table: u32;
}

/** Bytes from one check to the next. */
export const CHECK_BYTES: usize = 24;

@unmanaged
export class Program {
  delimiter: u32;
  /** 256 where quotes have no meaning. */
  quote: u32;
  columns: u32;
  checks: u32;
  firstCheck: u32;
  /** A longer record is left to the host. */
  mostRecordBytes: u32;
  /** Records of a batch at most. */
  mostRows: u32;
  /** 1 where a record without quotes stands in the source as it is published. */
  plainCopy: u32;
  /** Kinds of quotes whose records are left to the host. */
  hostQuotes: u32;
  /** Columns of keys, as bits of a record's doubts. */
  keyDoubts: u32;
  /** Columns whose cell says all about its record where it is the only doubtful one. */
  aloneDoubts: u32;
  /** 1 where quotes are written as two, and nothing else is out of the ordinary. */
  isCommon: u32;
  /** 256 where there is none. */
  escape: u32;
  comment: u32;
  /** 1 where two quotes in quotes stand for one. */
  doublesQuotes: u32;
  /** The byte that is passed before a cell; 256 where there is none. */
  blank: u32;
  /** MissingTexts of each column; 0 where none has any. */
  missingTexts: u32;
  /** A text for no value that counts as it stands, escapes among it; of no length where there is none. */
  nullText: u32;
  nullLength: u32;
  /** The table of states of the host's tokenizer, and the kind of each byte. */
  states: u32;
  kinds: u32;
  /** For the records that are rewritten. */
  room: u32;
  roomEnd: u32;
}

/** Texts that stand for no value in a column: a set of words, see isWord; of no length where there are none. */
@unmanaged
export class MissingTexts {
  table: u32;
  mask: u32;
  factor: u32;
  /** Bytes of the longest one. */
  longest: u32;
}

/** Bytes from one to the next. */
export const MISSING_TEXTS_BYTES: usize = 16;

/** A program of the common dialects: commas, quotes and line ends are all that there is. */
@unmanaged
export class CommonDialect extends Program {
  // @ts-ignore: decorator
  @inline get knowsMore(): bool {
    return false;
  }
}

/** A program of any dialect. */
@unmanaged
export class AnyDialect extends Program {
  // @ts-ignore: decorator
  @inline get knowsMore(): bool {
    return true;
  }
}

/** Operations of checks. */
export const INTEGER: u32 = 1;
export const NUMBER: u32 = 2;
export const BOUNDED_NUMBER: u32 = 3;
export const TEXT: u32 = 4;
export const WORDS: u32 = 5;
export const CALENDAR: u32 = 6;
export const EMAIL: u32 = 7;
export const UUID: u32 = 8;
export const PRESENT: u32 = 9;
export const NOT_WORDS: u32 = 10;

/** What is done to the accepted records of a batch behind their checks. */
@unmanaged
export class Plan {
  operations: u32;
  firstOperation: u32;
  /** Room for the bytes of cells that operations make, from one batch to the next. */
  arena: u32;
  arenaEnd: u32;
  /** How records are written. */
  segments: u32;
  firstSegment: u32;
  /** What a record takes at most: so many times the bytes that it has in the source, and so many beside that. */
  times: u32;
  beside: u32;
  /** 1 where a record is one cell, which is written in quotes where it is missing. */
  cellAlone: u32;
  /** The least kind of its segments. */
  leastKind: u32;
  /** The byte behind the number of a record; 0 where records are written without it. */
  numberSeparator: u32;
}

/** A part of the records that are written: bytes that stand side by side, and those that follow them in all records. */
@unmanaged
export class Segment {
  kind: u32;
  /**
   * Of COLUMNS the offsets of the first one's mark and of the mark behind the last one; of others where the starts and the
   * ends of the slot lie.
   */
  a: u32;
  b: u32;
  /** All bits where `a` and `b` are offsets of marks. */
  isSource: u32;
  /** Of SOURCE_CELLS the offset of the column's mark. */
  source: u32;
  separatorLength: u32;
}

/** Bytes from one segment to the next. */
export const SEGMENT_BYTES: usize = 48;
/** From a segment to its 16 bytes at most that are written behind it. */
export const SEPARATOR: usize = 32;

/** Cells of a slot. */
export const CELLS: u32 = 1;
/** Cells of a slot that are parts of those of a source column, which need quotes only where that has some. */
export const SOURCE_CELLS: u32 = 2;
/** Source columns side by side. */
export const COLUMNS: u32 = 3;
/** Cells of a slot that never need quotes, or have them. */
export const PLAIN_CELLS: u32 = 4;

/** One operation on one column. What `a`, `b` and `table` mean depends on the operation. */
@unmanaged
export class Operation {
  operation: u32;
  /** The slot or register that is read; for LOAD the offset of the column's mark. */
  from: u32;
  /** The slot or register that is written. */
  to: u32;
  a: u32;
  b: u32;
  table: u32;
}

/** Bytes from one operation to the next. */
export const OPERATION_BYTES: usize = 24;

/** Operations on columns. */
export const LOAD: u32 = 1;
export const TRIM: u32 = 2;
export const FILL_MISSING: u32 = 3;
export const CHANGE_CASE: u32 = 4;
export const MASK: u32 = 5;
export const REPLACE: u32 = 6;
export const SPLIT: u32 = 7;
export const JOIN_CELLS: u32 = 8;
export const LIMIT_LENGTH: u32 = 9;
export const FORMAT_DATES: u32 = 10;
export const NUMBER_ROWS: u32 = 11;
export const LOOK_UP: u32 = 12;
export const ENTRY_CELLS: u32 = 13;
export const MAP_VALUES: u32 = 14;
export const READ_NUMBERS: u32 = 15;
export const WRITE_NUMBERS: u32 = 16;
export const WHOLE_NUMBERS: u32 = 17;
export const ADD: u32 = 18;
export const SUBTRACT: u32 = 19;
export const MULTIPLY: u32 = 20;
export const NEGATE: u32 = 21;
export const ROUND: u32 = 22;
export const DIVIDE: u32 = 23;
export const COMPARE_NUMBERS: u32 = 24;
export const COMPARE_TEXTS: u32 = 25;
export const JOIN_CONDITIONS: u32 = 26;
export const NEGATE_CONDITIONS: u32 = 27;
export const FIND_MISSING: u32 = 28;
export const FILTER: u32 = 29;
export const ENTRY_TEXTS: u32 = 30;
