import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { OtherValue } from './other-value';

/** Case of letters. */
export enum LetterCase {
  /** `RÉSUMÉ`. */
  UPPER = 'upper',
  /** `résumé`. */
  LOWER = 'lower',
  /** `Résumé`: the first letter of each word upper, the others lower. */
  TITLE = 'title',
}

/** Type that cells are cast to. */
export enum CastType {
  /** Text as it stands. */
  STRING = 'string',
  /** Whole number; `5.00` is 5. */
  INTEGER = 'integer',
  /** Decimal number. */
  NUMBER = 'number',
  /** `true` or `false`. */
  BOOLEAN = 'boolean',
  /** `YYYY-MM-DD`. */
  DATE = 'date',
  /** `YYYY-MM-DDThh:mm:ss`, with the offset where one is written. */
  DATETIME = 'datetime',
}

/** How the digit after the last one that is kept decides. */
export enum RoundingMode {
  /** To the nearest; what lies just between goes to the even digit. Does not drift over many rows. */
  HALF_EVEN = 'half-even',
  /** To the nearest; what lies just between goes away from zero. */
  HALF_UP = 'half-up',
  /** To the nearest; what lies just between goes towards zero. */
  HALF_DOWN = 'half-down',
  /** Away from zero. */
  UP = 'up',
  /** Towards zero. */
  DOWN = 'down',
  /** Towards positive infinity. */
  CEILING = 'ceiling',
  /** Towards negative infinity. */
  FLOOR = 'floor',
}

/** What `Transform.split` does with parts for which there is no column. */
export enum ExtraParts {
  /** The last column takes the rest as it stands, separators included: nothing is lost. */
  MERGE = 'merge',
  /** They are left out. */
  DROP = 'drop',
  /** The row is rejected. */
  REJECT = 'reject',
}

/** Which of some equal rows `Transform.deDuplicate` keeps. */
export enum KeptDuplicate {
  /** The first in the file. */
  FIRST = 'first',
  /** The last in the file. The rows before the transform are read twice. */
  LAST = 'last',
}

/**
 * What `Transform.convertTimeZone` takes a local time for that the clocks of its zone show twice (they are put back) or
 * never (they are put forward). Names are those of ECMAScript's Temporal.
 */
export enum Disambiguation {
  /** The row is rejected: nothing is guessed. */
  REJECT = 'reject',
  /** The earlier of two; where clocks skip, the later. What most calendars do (RFC 5545). */
  COMPATIBLE = 'compatible',
  /** The earlier of two; where clocks skip, the time by the offset after the gap: an earlier one. */
  EARLIER = 'earlier',
  /** The later of two; where clocks skip, the time by the offset before the gap: a later one. */
  LATER = 'later',
}

/** Options of `Transform.cast`: how the cells are written before it. */
export interface CastOptions {
  /**
   * Decimal character of numbers.
   * @default '.'
   */
  readonly decimalChar?: string;

  /**
   * Character between groups of digits of numbers and integers.
   * @default - digits are not grouped
   */
  readonly groupChar?: string;

  /**
   * Whether a number stands by itself. False allows text around it, as in `$ 1.50` and `95%`.
   * @default true
   */
  readonly bareNumber?: boolean;

  /**
   * Texts that are true.
   * @default ['true', 'True', 'TRUE', '1']
   */
  readonly trueValues?: string[];

  /**
   * Texts that are false.
   * @default ['false', 'False', 'FALSE', '0']
   */
  readonly falseValues?: string[];

  /**
   * strptime pattern of dates and datetimes, such as `%d/%m/%Y`.
   * @default - ISO 8601
   */
  readonly inputFormat?: string;
}

/** Options of `Transform.derive`. */
export interface DeriveOptions {
  /**
   * Digits after the point that the result has, from 0 to 100. The expression then has to be a number.
   * @default - the result is exact
   */
  readonly scale?: number;

  /**
   * How the result is rounded to the scale.
   * @default RoundingMode.HALF_EVEN
   */
  readonly rounding?: RoundingMode;
}

/** Options of `Transform.split`. */
export interface SplitOptions {
  /** Text between the parts. */
  readonly separator: string;

  /** Names of the new columns, one for each part. They are added at the end. */
  readonly into: string[];

  /**
   * What happens to parts for which there is no column.
   * @default ExtraParts.MERGE
   */
  readonly extra?: ExtraParts;
}

/** Options of `Transform.concatenate`. */
export interface ConcatenateOptions {
  /** The columns to join, in this order. */
  readonly columns: string[];

  /**
   * Text between the cells.
   * @default - nothing
   */
  readonly separator?: string;
}

/** Options of `Transform.mapValues`. */
export interface MapValuesOptions {
  /** Each value, and what it becomes. An empty text makes the cell a missing one. */
  readonly values: Record<string, string>;

  /**
   * What a cell becomes that is none of the values.
   * @default OtherValue.keep()
   */
  readonly otherwise?: OtherValue;
}

/** Options of `Transform.mask`. */
export interface MaskOptions {
  /**
   * Characters at the beginning that stay readable.
   * @default 0
   */
  readonly keepFirst?: number;

  /**
   * Characters at the end that stay readable.
   * @default 0
   */
  readonly keepLast?: number;

  /**
   * The character that stands for a hidden one.
   * @default '*'
   */
  readonly character?: string;
}

/** Options of `Transform.hash`. */
export interface HashOptions {
  /**
   * The secret that is the key: the bytes of its text in UTF-8, or its binary value. It is in the
   * region of the pipeline. Give it at least 32 random characters; whoever has it can find out cells by trying likely ones.
   */
  readonly key: secretsmanager.ISecret;

  /**
   * Member of the secret's JSON whose text is the key.
   * @default - the secret as a whole is the key
   */
  readonly jsonField?: string;
}

/** Options of `Transform.round`. */
export interface RoundOptions {
  /** Digits after the point, from 0 to 100. */
  readonly scale: number;

  /**
   * How the digit after the last one decides.
   * @default RoundingMode.HALF_EVEN
   */
  readonly rounding?: RoundingMode;
}

/** Options of `Transform.deDuplicate`. */
export interface DeDuplicateOptions {
  /**
   * Columns whose cells make rows equal: text by text, and missing cells are equal to each other.
   * @default - all columns
   */
  readonly columns?: string[];

  /**
   * Which of the equal rows is kept.
   * @default KeptDuplicate.FIRST
   */
  readonly keep?: KeptDuplicate;
}

/** Options of `Transform.convertTimeZone`. */
export interface ConvertTimeZoneOptions {
  /**
   * Zone of the times that have no offset of their own, by its name in the IANA database, such as `America/New_York`.
   * @default - a time without an offset rejects its row
   */
  readonly source?: string;

  /** Zone in which the times will be written, by its name in the IANA database, such as `Europe/Berlin` or `UTC`. */
  readonly target: string;

  /**
   * strptime pattern of the times as they are. It states year, month, day and hour.
   * @default - ISO 8601, such as `2024-07-01T12:00:00` or `2024-07-01T12:00:00+02:00`
   */
  readonly inputFormat?: string;

  /**
   * strptime pattern of the times as they will be; `%z` is the offset.
   * @default - ISO 8601 with the offset, such as `2024-07-01T14:00:00+02:00`; `Z` for UTC
   */
  readonly outputFormat?: string;

  /**
   * What a local time of the source zone is that its clocks show twice or never.
   * @default Disambiguation.REJECT
   */
  readonly disambiguation?: Disambiguation;
}
