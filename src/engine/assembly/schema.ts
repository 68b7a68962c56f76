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
}

/** One operation on one column. What `a`, `b` and `table` mean depends on the operation. */
@unmanaged
export class Operation {
  operation: u32;
  /** The slot that is read; for LOAD the offset of the column's mark. */
  from: u32;
  /** The slot that is written. */
  to: u32;
  a: u32;
  b: u32;
  table: u32;
}

/** Bytes from one operation to the next. */
export const OPERATION_BYTES: usize = 24;

/** Puts the cells of a source column into a slot. */
export const LOAD: u32 = 1;
