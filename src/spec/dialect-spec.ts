/** How the source is written. Names as in Frictionless Table Dialect (https://specs.frictionlessdata.io/csv-dialect/). */
export interface DialectSpec {
  /** One ASCII character. */
  readonly delimiter: string;
  /** One ASCII character, or null where quotes have no meaning. */
  readonly quoteChar: string | null;
  /** A quote inside a quoted cell is written twice (RFC 4180 section 2.7). */
  readonly doubleQuote: boolean;
  /** One ASCII character that makes the next one literal, or null. Excludes `doubleQuote`. */
  readonly escapeChar: string | null;
  /** False: the file has no header; columns are named by the schema, or `field1`, `field2`, ... */
  readonly header: boolean;
  /** Records that start with this character are skipped, and are not counted; null: none are. */
  readonly commentChar: string | null;
  /** Blanks after a delimiter do not belong to the cell. */
  readonly skipInitialSpace: boolean;
}

export const DEFAULT_DIALECT: DialectSpec = {
  delimiter: ',',
  quoteChar: '"',
  doubleQuote: true,
  escapeChar: null,
  header: true,
  commentChar: null,
  skipInitialSpace: false,
};
