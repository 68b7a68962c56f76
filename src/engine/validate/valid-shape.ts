import type { FieldSpec } from '../../spec/table-schema';
import type { Constraint } from '../constraints/constraint';
import { boundedNumber } from '../types/bounded-number';
import type { CellType, Shape } from '../types/cell-type';

/** Constraints that the shape of a bounded number holds, and those that are not about the cell's value. */
const BOUNDS: ReadonlySet<string> = new Set([
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  ...['required', 'unique'],
]);

/**
 * Tells cells that are valid, constraints included, by their bytes alone. As with every shape, false says nothing: the
 * full definition decides, and says what is wrong.
 */
export function validShape(field: FieldSpec, type: CellType, constraints: readonly Constraint[]): Shape {
  if (constraints.length === 0) return type.shape;
  if (constraints.some(({ needsValue }) => needsValue)) {
    return isPlainBoundedNumber(field) ? boundedNumber(field) : () => false;
  }
  const { shape } = type;
  return (data, start, end) => {
    if (!shape(data, start, end)) return false;
    for (const constraint of constraints) {
      if (!constraint.holds(data, start, end, undefined)) return false;
    }
    return true;
  };
}

/** Whether cells and bounds are plain numbers: with a notation of the field's own, `1.000` may be a thousand. */
function isPlainBoundedNumber({ type, decimalChar = '.', groupChar, constraints }: FieldSpec): boolean {
  return (
    (type === 'integer' || type === 'number') &&
    decimalChar === '.' &&
    groupChar === undefined &&
    Object.keys(constraints).every((name) => BOUNDS.has(name))
  );
}
