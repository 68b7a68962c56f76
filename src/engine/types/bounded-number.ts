import type { Shape } from './cell-type';
import { compare, parseDecimal, round } from '../../spec/decimal';
import type { FieldSpec } from '../../spec/table-schema';

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
/** Digits that always fit a safe integer. */
const MOST_DIGITS = 15;

/** Bounds on the coefficient of a number, by its scale. */
export interface CoefficientBounds {
  readonly least: readonly number[];
  readonly most: readonly number[];
}

/**
 * The shape of a number within the bounds of its field: plain digits, a minus before them or not, at most one point
 * between them unless the field is an integer. For fields without a notation of their own.
 */
export function boundedNumber(field: FieldSpec): Shape {
  const { least, most } = coefficientBounds(field);
  const point = field.type === 'integer' ? NaN : POINT;
  return (data, start, end) => {
    const negative = data[start] === MINUS;
    const first = negative ? start + 1 : start;
    // The byte of an empty cell is none of its own.
    if (end <= first || end - first > MOST_DIGITS || data[first] === point || data[end - 1] === point) {
      return false;
    }
    let coefficient = 0;
    let pointAt = -1;
    for (let at = first; at < end; at++) {
      const byte = data[at];
      if (byte >= ZERO && byte <= NINE) coefficient = coefficient * 10 + (byte - ZERO);
      else if (byte === point && pointAt < 0) pointAt = at;
      else return false;
    }
    const scale = pointAt < 0 ? 0 : end - 1 - pointAt;
    const signed = negative ? -coefficient : coefficient;
    return signed >= least[scale] && signed <= most[scale];
  };
}

export function coefficientBounds({ constraints }: FieldSpec): CoefficientBounds {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = constraints;
  const scales = Array.from({ length: MOST_DIGITS }, (_, scale) => scale);
  return {
    least: scales.map((scale) => Math.max(bound(minimum, scale, 1, 0), bound(exclusiveMinimum, scale, 1, 1))),
    most: scales.map((scale) =>
      Math.min(bound(maximum, scale, -1, 0), bound(exclusiveMaximum, scale, -1, 1)),
    ),
  };
}

/**
 * The outermost coefficient within a bound; `inwards` is 1 for lower bounds and -1 for upper ones, `gap` how far the
 * coefficient has to stand from a bound that it could be itself.
 */
function bound(text: string | undefined, scale: number, inwards: 1 | -1, gap: 0 | 1): number {
  if (text === undefined) return -inwards * Infinity;
  const limit = parseDecimal(text);
  const rounded = limit && round(limit, scale, inwards > 0 ? 'ceiling' : 'floor');
  // Beyond safe integers, and for bounds that are no plain number, no cell is told by its bytes.
  if (!rounded || typeof rounded.coefficient !== 'number') return inwards * Infinity;
  return compare(rounded, limit) === 0 ? rounded.coefficient + inwards * gap : rounded.coefficient;
}
