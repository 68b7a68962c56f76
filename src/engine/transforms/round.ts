import { formatDecimal, parseDecimal, round } from '../../spec/decimal';
import type { RoundSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { CellProblem, rewriteTexts } from './rewrite-column';

/** Writes numbers with a stated count of digits after the point, exact whatever their size. */
export function compileRound(spec: RoundSpec, header: readonly string[]): ApplyToBatch {
  return rewriteTexts(header, spec.column, (text) => {
    const value = parseDecimal(text);
    return value
      ? formatDecimal(round(value, spec.scale, spec.rounding))
      : new CellProblem(`${JSON.stringify(text)} is not a number`);
  });
}
