import { oneOf } from '../spec-error';
import type { ConstraintsSpec, FieldSpec } from '../table-schema';

export type ConstraintName = keyof ConstraintsSpec;

/** Reads cells of a field as values. */
export interface ValueReader<Value = unknown> {
  /** The value that a text is; undefined where it is none. */
  read(text: string): Value | undefined;
  /** Below zero, zero or above zero as a is less than, equal to or greater than b; NaN where they have no order. */
  compare(a: Value, b: Value): number;
  /** A text that two values share just where they are equal: what unique and primary keys are told apart by. */
  key(value: Value): string;
  /** How long a value is, where that is told by more than its characters: items of a list, members of an object. */
  length?(value: Value): number;
}

/** A type of Table Schema (https://specs.frictionlessdata.io/table-schema/#types-and-formats). */
export interface ValueType {
  /** Further properties that a field of the type may have. */
  readonly properties: readonly string[];
  /** Constraints that fit the type (https://specs.frictionlessdata.io/table-schema/#constraints). */
  readonly constraints: readonly ConstraintName[];
  /** Says what the format has to be where it is none of the type; undefined where it is sound. */
  formatProblem(format: string): string | undefined;
  reader(field: FieldSpec): ValueReader;
}

/** Constraints that fit every type. */
export const GENERAL_CONSTRAINTS: readonly ConstraintName[] = ['required', 'unique', 'enum'];

/** Constraints that fit every type whose values have an order. */
export const ORDER_CONSTRAINTS: readonly ConstraintName[] = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
];

/** Constraints on how many items or members a value has. */
export const COLLECTION_CONSTRAINTS: readonly ConstraintName[] = ['minLength', 'maxLength'];

/** The comparisons of values that are equal or not, and nothing else. */
export function unordered<Value>(key: (value: Value) => string): Pick<ValueReader<Value>, 'compare' | 'key'> {
  return { key, compare: (a, b) => (key(a) === key(b) ? 0 : NaN) };
}

/** A check of formats that are a fixed list beside `default`. */
export function formatsOf(...formats: string[]): (format: string) => string | undefined {
  const known = ['default', ...formats];
  return (format) => (known.includes(format) ? undefined : oneOf(known));
}
