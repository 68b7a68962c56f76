import type { FilterSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { compileExpression } from '../expression/compile-expression';
import { toBoolean } from '../expression/conversions';
import { rejectRow } from '../expression/evaluation-error';

/** Keeps the rows for which the expression is true; false and null are filtered. */
export function compileFilter(spec: FilterSpec, header: readonly string[]): ApplyToBatch {
  const evaluate = toBoolean(compileExpression(spec.expression, header));
  return (batch) => {
    for (const row of batch.keptRows()) {
      try {
        if (evaluate(batch.columns, row) !== true) batch.filter(row);
      } catch (error) {
        rejectRow(batch, row, '', error);
      }
    }
  };
}
