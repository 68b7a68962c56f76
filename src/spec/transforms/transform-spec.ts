/** JSON form of every transform, told apart by `type`. Adding one: a type here, a file in this folder and one in engine/transforms. */
export type TransformSpec =
  | TrimSpec
  | RenameSpec
  | DropSpec
  | KeepSpec
  | FillMissingSpec
  | ReplaceSpec
  | ChangeCaseSpec
  | CastSpec
  | FormatDateSpec
  | DeriveSpec
  | FilterSpec
  | SplitSpec
  | ConcatenateSpec
  | MapValuesSpec
  | MaskSpec
  | HashSpec
  | RoundSpec
  | DeDuplicateSpec
  | ConvertTimeZoneSpec;

export interface TrimSpec {
  readonly type: 'trim';
  readonly columns: readonly string[];
}
export interface RenameSpec {
  readonly type: 'rename';
  readonly column: string;
  readonly to: string;
}
export interface DropSpec {
  readonly type: 'drop';
  readonly columns: readonly string[];
}
/** Keeps just these columns, in this order. */
export interface KeepSpec {
  readonly type: 'keep';
  readonly columns: readonly string[];
}
export interface FillMissingSpec {
  readonly type: 'fill-missing';
  readonly column: string;
  readonly value: string;
}
export interface ReplaceSpec {
  readonly type: 'replace';
  readonly column: string;
  /** Literal text, or an RE2 pattern where `pattern` is true. */
  readonly search: string;
  readonly replacement: string;
  readonly pattern: boolean;
}
export const LETTER_CASES = ['upper', 'lower', 'title'] as const;
export interface ChangeCaseSpec {
  readonly type: 'change-case';
  readonly column: string;
  readonly to: (typeof LETTER_CASES)[number];
}
export const CAST_TYPES = ['string', 'integer', 'number', 'boolean', 'date', 'datetime'] as const;
/** Rewrites a cell in the canonical text of a type (`1,234.50` -> `1234.50`, `Y` -> `true`); a cell that does not fit is rejected. */
export interface CastSpec {
  readonly type: 'cast';
  readonly column: string;
  readonly to: (typeof CAST_TYPES)[number];
  readonly decimalChar?: string;
  readonly groupChar?: string;
  readonly bareNumber?: boolean;
  readonly trueValues?: readonly string[];
  readonly falseValues?: readonly string[];
  /** date, datetime: strptime pattern of the text as it is. */
  readonly inputFormat?: string;
}
export interface FormatDateSpec {
  readonly type: 'format-date';
  readonly column: string;
  /** strptime patterns. */
  readonly inputFormat: string;
  readonly outputFormat: string;
}
export type Rounding = 'half-even' | 'half-up' | 'half-down' | 'up' | 'down' | 'ceiling' | 'floor';
export interface DeriveSpec {
  readonly type: 'derive';
  /** Added at the end, or replaced where it exists. */
  readonly column: string;
  readonly expression: string;
  /** Digits after the point that the result is rounded to; absent: exact (a division then needs `div(a, b, scale)`). */
  readonly scale?: number;
  readonly rounding?: Rounding;
}
/** Keeps the rows for which the expression is true. */
export interface FilterSpec {
  readonly type: 'filter';
  readonly expression: string;
}
export const EXTRA_PARTS = ['merge', 'drop', 'reject'] as const;
export interface SplitSpec {
  readonly type: 'split';
  readonly column: string;
  readonly separator: string;
  /** New columns, at the end. */
  readonly into: readonly string[];
  /** What happens to parts for which there is no column. */
  readonly extra: (typeof EXTRA_PARTS)[number];
}
export interface ConcatenateSpec {
  readonly type: 'concatenate';
  /** Added at the end, or replaced where it exists. */
  readonly column: string;
  readonly columns: readonly string[];
  readonly separator: string;
}
/** What a value of the map becomes. */
export interface MappedValue {
  readonly from: string;
  readonly to: string;
}
export type OtherValueSpec =
  | { readonly type: 'keep' }
  | { readonly type: 'reject' }
  | { readonly type: 'value'; readonly value: string };
export interface MapValuesSpec {
  readonly type: 'map-values';
  readonly column: string;
  readonly values: readonly MappedValue[];
  readonly otherwise: OtherValueSpec;
}
export interface MaskSpec {
  readonly type: 'mask';
  readonly column: string;
  /** Code points that stay readable. */
  readonly keepFirst: number;
  readonly keepLast: number;
  readonly character: string;
}
export interface HashSpec {
  readonly type: 'hash';
  readonly column: string;
  /** Name of the key, never the key: whoever runs the pipeline has it. */
  readonly key: string;
}
export interface RoundSpec {
  readonly type: 'round';
  readonly column: string;
  readonly scale: number;
  readonly rounding: Rounding;
}
export const KEPT_DUPLICATES = ['first', 'last'] as const;
export interface DeDuplicateSpec {
  readonly type: 'de-duplicate';
  /** Absent: all columns. */
  readonly columns?: readonly string[];
  readonly keep: (typeof KEPT_DUPLICATES)[number];
}
export const DISAMBIGUATIONS = ['reject', 'compatible', 'earlier', 'later'] as const;
export type Disambiguation = (typeof DISAMBIGUATIONS)[number];
export interface ConvertTimeZoneSpec {
  readonly type: 'convert-time-zone';
  readonly column: string;
  /** Zone of the times that have no offset; absent: they are rejected. */
  readonly source?: string;
  readonly target: string;
  /** strptime patterns; ISO 8601 where absent. */
  readonly inputFormat?: string;
  readonly outputFormat?: string;
  /** What a local time is that the clocks of the source zone show twice, or never. */
  readonly disambiguation: Disambiguation;
}
