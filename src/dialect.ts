import { checkedSpec, defined, whenUsed } from './checked-spec';
import { readDialect } from './spec/check-dialect';
import type { DialectSpec } from './spec/dialect-spec';

/** How source files are written. Names as in Frictionless Table Dialect. */
export interface DialectOptions {
  /**
   * Between the cells of a record: one ASCII character.
   * @default ','
   */
  readonly delimiter?: string;

  /**
   * Around cells that hold delimiters or line ends: one ASCII character, or an empty text where quotes have no meaning.
   * @default '"'
   */
  readonly quoteChar?: string;

  /**
   * Whether a quote inside a quoted cell is written twice (RFC 4180 section 2.7).
   * @default - true, unless `escapeChar` is set
   */
  readonly doubleQuote?: boolean;

  /**
   * Makes the next character literal: one ASCII character. Cannot stand together with `doubleQuote`. At the end of the file
   * it stands for itself.
   * @default - no character does
   */
  readonly escapeChar?: string;

  /**
   * Whether the first record names the columns. Without a header they are named by the schema, or `field1`, `field2` and
   * so on.
   * @default true
   */
  readonly header?: boolean;

  /**
   * Records that start with this character are skipped, and not counted.
   * @default - no record is skipped
   */
  readonly commentChar?: string;

  /**
   * Whether blanks after a delimiter do not belong to the cell.
   * @default false
   */
  readonly skipInitialSpace?: boolean;

  /**
   * How characters are written as bytes. A byte order mark does not belong to the text.
   * @default Encoding.UTF_8
   */
  readonly encoding?: Encoding;

  /**
   * Lines in front of the first record that are no records: a title, the date of an export. They are not counted.
   * @default 0
   */
  readonly skipLines?: number;

  /**
   * Numbers of the records that the header is made of, in ascending order. The parts of a label that stand in several of
   * them are joined. Records before the last of them that are not in the list are passed over, and counted.
   * @default [1]
   */
  readonly headerRows?: number[];

  /**
   * What stands between the parts of a label that comes from several records.
   * @default ' '
   */
  readonly headerJoin?: string;

  /**
   * Names of the columns of a file without header, in their order.
   * @default - those of the schema, or `field1`, `field2` and so on
   */
  readonly columnNames?: string[];

  /**
   * A cell that is missing, whatever its field says, and with or without a schema; such as `\N`.
   * @default - what the schema says in `missingValues`
   */
  readonly nullSequence?: string;
}

/** How characters are written as bytes. */
export enum Encoding {
  /** UTF-8, with a byte order mark or without. */
  UTF_8 = 'utf-8',
  /** UTF-16 with the little end first, as Windows writes it. */
  UTF_16LE = 'utf-16le',
  /** UTF-16 with the big end first. */
  UTF_16BE = 'utf-16be',
  /** The code page of Western Windows: latin-1, and characters such as the euro sign. Every file can be read as this. */
  WINDOWS_1252 = 'windows-1252',
  /** ISO-8859-1, latin-1. Every file can be read as this. */
  LATIN_1 = 'iso-8859-1',
}

const DETECTABLE = ['delimiter', 'quoteChar', 'header', 'encoding'] as const;

/**
 * The way in which source files are written. What the pipeline writes is always UTF-8 CSV with commas.
 *
 * @exampleMetadata fixture=pipeline
 * @example
 * new ServerlessCsvEtl(this, 'Orders', {
 *   dialect: Dialect.of({ delimiter: ';', header: false }),
 * });
 */
export class Dialect {
  /** Commas and double quotes, with a header (RFC 4180). */
  public static readonly CSV = Dialect.of({});

  /** Like CSV, with tabs between the cells. */
  public static readonly TSV = Dialect.of({ delimiter: '\t' });

  /** Like CSV, with semicolons between the cells, as spreadsheets write it where the comma is the decimal character. */
  public static readonly SEMICOLON = Dialect.of({ delimiter: ';' });

  /**
   * A dialect of one's own. A character that is none, or means two things, is an error of the construct that takes it in.
   */
  public static of(options: DialectOptions): Dialect {
    return new Dialect(() => checkedSpec('Dialect.of', jsonOf(options), readDialect));
  }

  /**
   * A dialect that is found out of each file as it comes: its delimiter (comma, semicolon, tab or bar), its quote, whether
   * it has a header, and its encoding. What the options say of these is not looked for. What was found stands on the job,
   * as `dialect`. A first line such as `sep=;` names the delimiter, and is no record. All is found from the first 64 KiB alone,
   * so where all files are written alike, saying how is safer.
   */
  public static detect(options: DialectOptions = {}): Dialect {
    const detect = DETECTABLE.filter((property) => options[property] === undefined);
    return new Dialect(() => checkedSpec('Dialect.detect', { ...jsonOf(options), detect }, readDialect));
  }

  private readonly spec: () => DialectSpec;

  private constructor(check: () => DialectSpec) {
    this.spec = whenUsed(check);
  }

  /** @internal */
  public _toSpec(): DialectSpec {
    return this.spec();
  }
}

function jsonOf(options: DialectOptions): object {
  const { quoteChar } = options;
  return defined({ ...options, quoteChar: quoteChar === '' ? null : quoteChar });
}
