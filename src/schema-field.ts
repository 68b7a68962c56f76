/** Type of a field's values (https://specs.frictionlessdata.io/table-schema/#types-and-formats). */
export enum FieldType {
  /** Text. Formats: `default`, `email`, `uri`, `binary` (base64), `uuid`. */
  STRING = 'string',
  /** Decimal number, also `NaN`, `INF` and `-INF`. */
  NUMBER = 'number',
  /** Whole number. */
  INTEGER = 'integer',
  /** True or false. */
  BOOLEAN = 'boolean',
  /** Date. Formats: `default` (`YYYY-MM-DD`), `any`, or a strptime pattern such as `%d/%m/%Y`. */
  DATE = 'date',
  /** Time of day. Formats: `default` (`hh:mm:ss`), `any`, or a strptime pattern. */
  TIME = 'time',
  /** Date and time. Formats: `default` (`YYYY-MM-DDThh:mm:ssZ`), `any`, or a strptime pattern. */
  DATETIME = 'datetime',
  /** Year of four digits. */
  YEAR = 'year',
  /** Year and month, `YYYY-MM`. */
  YEARMONTH = 'yearmonth',
  /** Any text at all. */
  ANY = 'any',
}

/**
 * What the values of a field have to keep (https://specs.frictionlessdata.io/table-schema/#constraints). Bounds and
 * allowed values are text in the field's own notation, so that no digit is lost.
 */
export interface FieldConstraints {
  /**
   * Whether a missing cell rejects its row.
   * @default false
   */
  readonly required?: boolean;

  /**
   * Whether a value that stands in an earlier row rejects its row. Missing cells are never compared.
   * @default false
   */
  readonly unique?: boolean;

  /**
   * Least length of a string, in Unicode code points.
   * @default - no least length
   */
  readonly minLength?: number;

  /**
   * Greatest length of a string, in Unicode code points.
   * @default - no greatest length
   */
  readonly maxLength?: number;

  /**
   * Least value of a number, date or time.
   * @default - no least value
   */
  readonly minimum?: string;

  /**
   * Greatest value of a number, date or time.
   * @default - no greatest value
   */
  readonly maximum?: string;

  /**
   * Value that all values of a number, date or time are above.
   * @default - no such value
   */
  readonly exclusiveMinimum?: string;

  /**
   * Value that all values of a number, date or time are below.
   * @default - no such value
   */
  readonly exclusiveMaximum?: string;

  /**
   * Pattern in RE2 syntax that a string matches as a whole.
   * @default - no pattern
   */
  readonly pattern?: string;

  /**
   * The only values that a cell may have (`enum` of Table Schema).
   * @default - any value
   */
  readonly allowedValues?: string[];
}

/** A field of a schema: one column of the file. */
export interface SchemaField {
  /** The column's name in the header. Not blank; not `_row`, `_column`, `_code` or `_message`. */
  readonly name: string;

  /**
   * Type of the values.
   * @default FieldType.STRING
   */
  readonly type?: FieldType;

  /**
   * How values are written; see the types.
   * @default 'default'
   */
  readonly format?: string;

  /**
   * What the values have to keep.
   * @default - no constraints
   */
  readonly constraints?: FieldConstraints;

  /**
   * Decimal character of a number.
   * @default '.'
   */
  readonly decimalChar?: string;

  /**
   * Character between groups of digits of a number or an integer.
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
   * What the field is, for people.
   * @default - no title
   */
  readonly title?: string;

  /**
   * More about the field, for people.
   * @default - no description
   */
  readonly description?: string;
}
