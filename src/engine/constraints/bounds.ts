import type { ConstraintRule } from './constraint';
import type { ConstraintsSpec } from '../../spec/table-schema';

type Bound = 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum';

/** A rule that compares a cell with the bound, both read as the field reads its cells. */
function bound(
  name: Bound & keyof ConstraintsSpec,
  words: string,
  fits: (order: number) => boolean,
): ConstraintRule {
  return ({ constraints }, values) => {
    const text = constraints[name];
    if (text === undefined) return undefined;
    const limit = values.read(text);
    return {
      message: `must be ${words} ${text}`,
      needsValue: true,
      holds: (_data, _start, _end, value) => fits(values.compare(value, limit)),
    };
  };
}

export const minimum = bound('minimum', 'at least', (order) => order >= 0);
export const maximum = bound('maximum', 'at most', (order) => order <= 0);
export const exclusiveMinimum = bound('exclusiveMinimum', 'more than', (order) => order > 0);
export const exclusiveMaximum = bound('exclusiveMaximum', 'less than', (order) => order < 0);
