import { exclusiveMaximum, exclusiveMinimum, maximum, minimum } from './bounds';
import { enumConstraint } from './enum';
import { maxLength, minLength } from './length';
import { pattern } from './pattern';
import type { FieldSpec } from '../../spec/table-schema';
import type { ValueReader } from '../../spec/values/value-type';

/** A constraint of a field, compiled. */
export interface Constraint {
  /** What the cell must be. */
  readonly message: string;
  readonly needsValue: boolean;
  /** `value` is what the field's ValueReader gave, where `needsValue` asks for it. */
  holds(data: Buffer, start: number, end: number, value: unknown): boolean;
}

/** Compiles a constraint; undefined where the field does not have it. */
export type ConstraintRule = (field: FieldSpec, values: ValueReader) => Constraint | undefined;

/**
 * Constraints of Table Schema (https://specs.frictionlessdata.io/table-schema/#constraints), in the order in which they
 * are reported. `required` and `unique` are not here: they are about missing cells and about other rows.
 */
const RULES: readonly ConstraintRule[] = [
  minLength,
  maxLength,
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  pattern,
  enumConstraint,
];

export function compileConstraints(field: FieldSpec, values: ValueReader): Constraint[] {
  return RULES.flatMap((rule) => rule(field, values) ?? []);
}
