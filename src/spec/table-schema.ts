/**
 * Frictionless Table Schema v1 (https://specs.frictionlessdata.io/table-schema/) after its checks: a plain JSON form in
 * which every default is written out and every constraint value is text, so that no number ever passes through a float.
 */
export interface TableSchema {
  readonly fields: readonly FieldSpec[];
  /** Cells that count as missing; `['']` by default. */
  readonly missingValues: readonly string[];
  readonly primaryKey: readonly string[];
  /** Fields that together are unique; a row that lacks one of them is not compared (Table Schema v2). */
  readonly uniqueKeys?: ReadonlyArray<readonly string[]>;
  readonly foreignKeys?: readonly ForeignKeySpec[];
  /** How the file's header has to fit the fields. */
  readonly fieldsMatch: FieldsMatch;
}

/** Fields whose values together stand in a row of another file, or of the file itself. */
export interface ForeignKeySpec {
  readonly fields: readonly string[];
  readonly reference: {
    /** Name of the other file, as the pipeline's `resources` have it; empty: the file itself. */
    readonly resource: string;
    /** Its columns, one for each field. */
    readonly fields: readonly string[];
  };
}

/** Modes of Table Schema v2's `fieldsMatch` (https://datapackage.org/standard/table-schema/#fieldsMatch). */
export const FIELDS_MATCH = ['exact', 'equal', 'subset', 'superset', 'partial'] as const;
export type FieldsMatch = (typeof FIELDS_MATCH)[number];

export const FIELD_TYPES = [
  'string',
  'number',
  'integer',
  'boolean',
  'date',
  'time',
  'datetime',
  'year',
  'yearmonth',
  'duration',
  'geopoint',
  'geojson',
  'object',
  'array',
  'list',
  'any',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Types that the items of a list can have (https://datapackage.org/standard/table-schema/#list). */
export const ITEM_TYPES = ['string', 'integer', 'boolean', 'number', 'datetime', 'date', 'time'] as const;
export type ItemType = (typeof ITEM_TYPES)[number];

export interface FieldSpec {
  readonly name: string;
  readonly type: FieldType;
  /** `default`, a named format such as email or topojson, or a strptime pattern for dates and times, or `any`. */
  readonly format: string;
  readonly constraints: ConstraintsSpec;
  /** number: decimal separator, `.` by default. */
  readonly decimalChar?: string;
  /** number, integer: group separator, none by default. */
  readonly groupChar?: string;
  /** number, integer: false allows text around the number, as in `$ 1.50` or `95%`. True by default. */
  readonly bareNumber?: boolean;
  readonly trueValues?: readonly string[];
  readonly falseValues?: readonly string[];
  /** list: what stands between two items, `,` by default. */
  readonly delimiter?: string;
  /** list: type of the items, string by default. */
  readonly itemType?: ItemType;
  /** Cells of this field that count as missing, in place of those of the schema. */
  readonly missingValues?: readonly string[];
}

/** Constraints of Table Schema; bounds and enum values are text in the field's own format. */
export interface ConstraintsSpec {
  readonly required?: boolean;
  readonly unique?: boolean;
  /** Unicode code points of a string; items of a list or an array, members of an object. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: string;
  readonly maximum?: string;
  readonly exclusiveMinimum?: string;
  readonly exclusiveMaximum?: string;
  /** RE2 syntax, matches the whole value. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}
