import { checkedSpec, defined, whenUsed } from './checked-spec';
import { type HashKey, hashKeyName } from './hash-key';
import { OtherValue } from './other-value';
import { readOperation } from './spec/parse-pipeline-spec';
import { TRANSFORMS } from './spec/transforms/transform-rules';
import type { TransformSpec } from './spec/transforms/transform-spec';
import {
  type CastOptions,
  type CastType,
  type ConcatenateOptions,
  type ConvertTimeZoneOptions,
  type DeDuplicateOptions,
  type DeriveOptions,
  Disambiguation,
  ExtraParts,
  type HashOptions,
  KeptDuplicate,
  type LetterCase,
  type MapValuesOptions,
  type MaskOptions,
  RoundingMode,
  type RoundOptions,
  type SplitOptions,
} from './transform-options';

/**
 * One change of the rows between validation and enrichment. Transforms run in the order of the list; each sees the
 * columns that the one before it leaves. A missing cell is empty, and stays so unless `fillMissing` says otherwise. A row
 * to which a transform cannot be applied is rejected as `transform-error`.
 *
 * Columns are checked at synthesis where the schema makes them known, else when a job starts (`unknown-column`).
 */
export class Transform {
  /** Takes off blanks around the cells of these columns. */
  public static trim(...columns: string[]): Transform {
    return Transform.of('trim', { type: 'trim', columns });
  }

  /** Gives a column another name. */
  public static rename(column: string, to: string): Transform {
    return Transform.of('rename', { type: 'rename', column, to });
  }

  /** Leaves these columns out. */
  public static drop(...columns: string[]): Transform {
    return Transform.of('drop', { type: 'drop', columns });
  }

  /** Keeps these columns alone, in this order. */
  public static keep(...columns: string[]): Transform {
    return Transform.of('keep', { type: 'keep', columns });
  }

  /** Puts a value where a cell of the column is missing. */
  public static fillMissing(column: string, value: string): Transform {
    return Transform.of('fillMissing', { type: 'fill-missing', column, value });
  }

  /** Replaces every occurrence of a text. */
  public static replace(column: string, search: string, replacement: string): Transform {
    return Transform.of('replace', { type: 'replace', column, search, replacement, pattern: false });
  }

  /**
   * Replaces every match of a pattern.
   * @param column the column
   * @param pattern pattern in RE2 syntax, which matches in time linear in the cell
   * @param replacement text in which `$1` stands for the first group, `$&` for the match and `$$` for a dollar sign
   */
  public static replacePattern(column: string, pattern: string, replacement: string): Transform {
    return Transform.of('replacePattern', {
      type: 'replace',
      column,
      search: pattern,
      replacement,
      pattern: true,
    });
  }

  /** Changes the case of letters. */
  public static changeCase(column: string, to: LetterCase): Transform {
    return Transform.of('changeCase', { type: 'change-case', column, to });
  }

  /**
   * Rewrites cells in the canonical text of a type: `1,234.50` becomes `1234.50`, `Y` becomes `true`. A cell that does not
   * fit rejects its row.
   */
  public static cast(column: string, to: CastType, options: CastOptions = {}): Transform {
    return Transform.of('cast', defined({ type: 'cast', column, to, ...options }));
  }

  /**
   * Writes dates in another format.
   * @param column the column
   * @param inputFormat strptime pattern of the dates as they are, such as `%d/%m/%Y`
   * @param outputFormat strptime pattern of the dates as they will be, such as `%Y-%m-%d`
   */
  public static formatDate(column: string, inputFormat: string, outputFormat: string): Transform {
    return Transform.of('formatDate', { type: 'format-date', column, inputFormat, outputFormat });
  }

  /**
   * Works out a column, at the end or in place of one of the same name. Numbers are exact decimals. A division needs
   * `scale`, or is written `div(a, b, scale)`. A column whose name is no identifier is written `col('Cost $')`.
   * Null in, null out.
   *
   * Operators, loosest first: `? :`, `||`, `&&`, `==` `!=`, `<` `<=` `>` `>=`, `+` `-`, `*` `/` `%`, and `!` `-` `+`
   * before a value. Functions:
   *
   * - `round(x, scale[, mode])`: x with that many digits after the point; mode is 'half-even' unless given
   * - `div(a, b, scale[, mode])`: a divided by b, rounded to that many digits after the point
   * - `abs(x)`: x without its sign
   * - `min(a, b, ...)`: the least number
   * - `max(a, b, ...)`: the greatest number
   * - `coalesce(a, b, ...)`: the first value that is not null
   * - `isNull(x)`: whether x is null
   * - `length(text)`: number of Unicode code points
   * - `upper(text)`: the text in upper case
   * - `lower(text)`: the text in lower case
   * - `trim(text)`: the text without blanks around it
   * - `concat(a, b, ...)`: the texts one after the other
   * - `contains(text, part)`: whether the part stands in the text
   * - `startsWith(text, part)`: whether the text begins with the part
   * - `endsWith(text, part)`: whether the text ends with the part
   * - `substring(text, start[, length])`: code points from start on, counted from 1 as in SQL
   *
   * A cell is read as a plain decimal (`1234.50`) or as text. So it is an error at synthesis to use a column whose field
   * has a `decimalChar`, a `groupChar` or `bareNumber` false, or to order (`<`, `<=`, `>`, `>=`) dates whose format is
   * not in the order of time (`%d/%m/%Y`), before a `cast`. Without a schema nothing tells how cells are written.
   *
   * @exampleMetadata fixture=pipeline
   * @example
   * Transform.derive('total', 'quantity * unit_price', { scale: 2 });
   */
  public static derive(column: string, expression: string, options: DeriveOptions = {}): Transform {
    return Transform.of('derive', defined({ type: 'derive', column, expression, ...options }));
  }

  /**
   * Keeps the rows for which an expression is true; where it is false or null, the row is filtered. Texts stand in quotes,
   * and a column whose name is no identifier is written `col('Cost $')`.
   *
   * Operators, loosest first: `? :`, `||`, `&&`, `==` `!=`, `<` `<=` `>` `>=`, `+` `-`, `*` `/` `%`, and `!` `-` `+`
   * before a value. Functions:
   *
   * - `round(x, scale[, mode])`: x with that many digits after the point; mode is 'half-even' unless given
   * - `div(a, b, scale[, mode])`: a divided by b, rounded to that many digits after the point
   * - `abs(x)`: x without its sign
   * - `min(a, b, ...)`: the least number
   * - `max(a, b, ...)`: the greatest number
   * - `coalesce(a, b, ...)`: the first value that is not null
   * - `isNull(x)`: whether x is null
   * - `length(text)`: number of Unicode code points
   * - `upper(text)`: the text in upper case
   * - `lower(text)`: the text in lower case
   * - `trim(text)`: the text without blanks around it
   * - `concat(a, b, ...)`: the texts one after the other
   * - `contains(text, part)`: whether the part stands in the text
   * - `startsWith(text, part)`: whether the text begins with the part
   * - `endsWith(text, part)`: whether the text ends with the part
   * - `substring(text, start[, length])`: code points from start on, counted from 1 as in SQL
   *
   * A cell is read as a plain decimal (`1234.50`) or as text. So it is an error at synthesis to use a column whose field
   * has a `decimalChar`, a `groupChar` or `bareNumber` false, or to order (`<`, `<=`, `>`, `>=`) dates whose format is
   * not in the order of time (`%d/%m/%Y`), before a `cast`. Without a schema nothing tells how cells are written.
   *
   * @exampleMetadata fixture=pipeline
   * @example
   * Transform.filter("quantity > 0 && state != 'TX'");
   */
  public static filter(expression: string): Transform {
    return Transform.of('filter', { type: 'filter', expression });
  }

  /**
   * Splits a column into new ones at the end. Parts that a cell does not have are missing. The column itself stays:
   * `drop` leaves it out.
   */
  public static split(column: string, options: SplitOptions): Transform {
    const { extra = ExtraParts.MERGE } = options;
    return Transform.of('split', { type: 'split', column, ...options, extra });
  }

  /**
   * Joins columns into one, at the end or in place of one of the same name. Missing cells are left out, and the text
   * between as well; where all of them are missing, so is the new cell.
   */
  public static concatenate(column: string, options: ConcatenateOptions): Transform {
    const { separator = '' } = options;
    return Transform.of('concatenate', { type: 'concatenate', column, ...options, separator });
  }

  /** Replaces whole cells by a table of values, upper and lower case told apart. A missing cell stays missing. */
  public static mapValues(column: string, options: MapValuesOptions): Transform {
    const values = Object.entries(options.values)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([from, to]) => ({ from, to }));
    const otherwise = (options.otherwise ?? OtherValue.keep())._toSpec();
    return Transform.of('mapValues', { type: 'map-values', column, values, otherwise });
  }

  /**
   * Hides the characters of a column but for some at its ends. A cell that has no more characters than those is hidden
   * whole. How long the cell was stays visible.
   */
  public static mask(column: string, options: MaskOptions = {}): Transform {
    const { keepFirst = 0, keepLast = 0, character = '*' } = options;
    return Transform.of('mask', { type: 'mask', column, keepFirst, keepLast, character });
  }

  /**
   * Replaces cells of personal data by pseudonyms: their HMAC-SHA-256 as 64 hexadecimal digits in lower case. Equal cells
   * stay equal, in other columns, files and pipelines with the same key as well, so that they can still be counted and
   * joined; upper and lower case, blanks and `1.0` for `1` make a difference (`trim`, `changeCase` or `cast` first). A
   * missing cell stays missing. The column's type is text.
   *
   * The key is read when a job runs, by the function of the step Transform alone, which gets the right to read that
   * secret and no other. Its value enters no asset, template, log or state. Each job reads it once: after a rotation, the
   * next job hashes with the new key, and its pseudonyms are others. Without the secret, or with an empty one, a job
   * fails as `secret-unreadable`.
   *
   * @exampleMetadata fixture=pipeline
   * @example
   * Transform.hash('email', { key: secretsmanager.Secret.fromSecretNameV2(this, 'Key', 'prod/hash-key') });
   */
  public static hash(column: string, options: HashOptions): Transform {
    const hashKey: HashKey = { secret: options.key, jsonField: options.jsonField };
    const field = whenUsed(() =>
      checkedSpec('Transform.hash', defined({ jsonField: options.jsonField }), (reader) => {
        if (reader.has('jsonField')) reader.filledText('jsonField');
      }),
    );
    const transform = Transform.of('hash', { type: 'hash', column, key: hashKeyName(hashKey) });
    return new Transform(() => {
      field();
      return transform._toSpec();
    }, hashKey);
  }

  /** Writes numbers with a stated count of digits after the point. They are exact decimals of any length, never floats. */
  public static round(column: string, options: RoundOptions): Transform {
    const { rounding = RoundingMode.HALF_EVEN } = options;
    return Transform.of('round', { type: 'round', column, ...options, rounding });
  }

  /**
   * Keeps one of the rows that are equal in some columns. The others count as filtered. Equal rows are told by their
   * texts, not by hashes, in the memory of `uniqueBudget`; more distinct rows fail the job as `unique-budget-exceeded`.
   */
  public static deDuplicate(options: DeDuplicateOptions = {}): Transform {
    const { keep = KeptDuplicate.FIRST } = options;
    return Transform.of('deDuplicate', defined({ type: 'de-duplicate', ...options, keep }));
  }

  /**
   * Writes times as the clocks of another zone show them, by the rules of the IANA time zone database in the runtime of
   * the function, daylight saving and past changes of law included. A time with an offset of its own is that instant; one
   * without is a time of the source zone.
   */
  public static convertTimeZone(column: string, options: ConvertTimeZoneOptions): Transform {
    const { disambiguation = Disambiguation.REJECT } = options;
    return Transform.of(
      'convertTimeZone',
      defined({ type: 'convert-time-zone', column, ...options, disambiguation }),
    );
  }

  private static of(factory: string, json: object): Transform {
    return new Transform(() =>
      checkedSpec(`Transform.${factory}`, json, (reader) => readOperation<TransformSpec>(reader, TRANSFORMS)),
    );
  }

  private readonly spec: () => TransformSpec;

  private constructor(
    check: () => TransformSpec,
    private readonly hashKey?: HashKey,
  ) {
    this.spec = whenUsed(check);
  }

  /** @internal */
  public _toSpec(): TransformSpec {
    return this.spec();
  }

  /**
   * The key of a hash.
   * @internal
   */
  public _hashKey(): HashKey | undefined {
    return this.hashKey;
  }
}
