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
  /** How characters are written as bytes; UTF-8 where absent. A byte order mark is no part of the text. */
  readonly encoding?: Encoding;
  /** Lines before the first record that are no records, and are not counted. */
  readonly skipLines?: number;
  /**
   * Numbers of the records that the header is made of, in ascending order; `[1]` where absent. The records before the last
   * of them that are not in the list are passed over, and counted.
   */
  readonly headerRows?: readonly number[];
  /** What stands between the parts of a label that comes from several records; a blank where absent. */
  readonly headerJoin?: string;
  /** Names of the columns of a file without header; those of the schema where absent. */
  readonly columnNames?: readonly string[];
  /** A cell that stands so in the source is missing, whatever its field says; such as `\N`. */
  readonly nullSequence?: string;
  /** What is found out from the first bytes of each file. */
  readonly detect?: readonly DetectedProperty[];
}

/** Encodings of source files, by their names in the WHATWG's Encoding Standard; there iso-8859-1 is windows-1252, here it is not. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DETECTED_PROPERTIES = ['delimiter', 'quoteChar', 'header', 'encoding'] as const;
export type DetectedProperty = (typeof DETECTED_PROPERTIES)[number];

/** What was found out of a file, and what its dialect says of the rest. */
export type DetectedDialect = Required<Pick<DialectSpec, DetectedProperty>>;

export const DEFAULT_DIALECT: DialectSpec = {
  delimiter: ',',
  quoteChar: '"',
  doubleQuote: true,
  escapeChar: null,
  header: true,
  commentChar: null,
  skipInitialSpace: false,
};
