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
   * Makes the next character literal: one ASCII character. Cannot stand together with `doubleQuote`.
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
}

/**
 * The way in which source files are written. What the pipeline writes is always UTF-8 CSV with commas.
 *
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
    const { quoteChar } = options;
    const json = defined({ ...options, quoteChar: quoteChar === '' ? null : quoteChar });
    return new Dialect(() => checkedSpec('Dialect.of', json, readDialect));
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
