import { round } from '../../spec/decimal';
import type { DeriveSpec } from '../../spec/transforms/transform-spec';
import { ColumnBuilder } from '../batch';
import { setColumn } from '../cell-bytes';
import type { ApplyToBatch } from '../compile-operations';
import { compileExpression, type Evaluate } from '../expression/compile-expression';
import { textOf, toNumber } from '../expression/conversions';
import { rejectRow } from '../expression/evaluation-error';

/** Works out a column from the others. Rounded where a scale is stated, exact where none is. */
export function compileDerive(spec: DeriveSpec, header: readonly string[]): ApplyToBatch {
  const known = header.indexOf(spec.column);
  const index = known < 0 ? header.length : known;
  const evaluate = scaled(spec, compileExpression(spec.expression, header, spec));
  const builder = new ColumnBuilder();
  return (batch) => {
    builder.reset();
    const { columns } = batch;
    for (const row of batch.keptRows()) {
      try {
        const value = evaluate(columns, row);
        if (typeof value === 'object' && value) builder.setDecimal(row, value);
        else builder.setText(row, textOf(value) ?? '');
      } catch (error) {
        rejectRow(batch, row, spec.column, error);
      }
    }
    setColumn(batch, index, builder);
  };
}

function scaled({ scale, rounding }: DeriveSpec, evaluate: Evaluate): Evaluate {
  if (scale === undefined) return evaluate;
  const number = toNumber(evaluate);
  return (columns, row) => {
    const value = number(columns, row);
    return value && round(value, scale, rounding);
  };
}
