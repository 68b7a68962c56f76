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
  /** Duration as in XML Schema: `P1Y2M3DT10H30M`. */
  DURATION = 'duration',
  /** Point on earth. Formats: `default` (`longitude, latitude`), `array` (`[90, 45]`), `object` (`{"lon": 90, "lat": 45}`). */
  GEOPOINT = 'geopoint',
  /** GeoJSON (RFC 7946). Formats: `default`, `topojson`. */
  GEOJSON = 'geojson',
  /** JSON object. */
  OBJECT = 'object',
  /** JSON array. */
  ARRAY = 'array',
  /** Values of one type with a delimiter between them: `a,b,c` (Table Schema v2). */
  LIST = 'list',
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
   * Least length: Unicode code points of a string, items of a list or an array, members of an object.
   * @default - no least length
   */
  readonly minLength?: number;

  /**
   * Greatest length: Unicode code points of a string, items of a list or an array, members of an object.
   * @default - no greatest length
   */
  readonly maxLength?: number;

  /**
   * Least value of a number, date, time or duration.
   * @default - no least value
   */
  readonly minimum?: string;

  /**
   * Greatest value of a number, date, time or duration.
   * @default - no greatest value
   */
  readonly maximum?: string;

  /**
   * Value that all values of a number, date, time or duration are above.
   * @default - no such value
   */
  readonly exclusiveMinimum?: string;

  /**
   * Value that all values of a number, date, time or duration are below.
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
   * What stands between the items of a list.
   * @default ','
   */
  readonly delimiter?: string;

  /**
   * Type of the items of a list, in its default format: string, integer, boolean, number, datetime, date or time.
   * @default FieldType.STRING
   */
  readonly itemType?: FieldType;

  /**
   * Cells of this field that count as missing, in place of those of the schema (Table Schema v2).
   * @default - those of the schema
   */
  readonly missingValues?: string[];

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
