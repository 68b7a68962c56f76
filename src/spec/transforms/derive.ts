import { ROUNDINGS } from '../decimal/rounding';
import { MAX_SCALE } from '../expression/check-expression';
import { readExpression, requireExpressionColumns } from '../expression/read-expression';
import type { OperationRule } from '../operation-rule';
import type { DeriveSpec } from './transform-spec';

export const DERIVE: OperationRule<DeriveSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'expression', 'scale', 'rounding']);
    const scaled = reader.has('scale');
    if (reader.has('rounding') && !scaled) {
      reader.report('rounding', 'a scale beside it, to which the result is rounded');
    }
    return {
      type: 'derive',
      column: reader.newColumn('column'),
      // With a scale only a number will do: there is nothing to round in anything else.
      expression: readExpression(reader, { scaled, ...(scaled && { result: 'number' }) }),
      ...(scaled && { scale: reader.integer('scale', 0, MAX_SCALE) }),
      ...(reader.has('rounding') && { rounding: reader.choice('rounding', ROUNDINGS) }),
    };
  },
  header: ({ column, expression }, columns, report) => {
    requireExpressionColumns(expression, columns, report);
    return !columns || columns.includes(column) ? columns : [...columns, column];
  },
};
