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
