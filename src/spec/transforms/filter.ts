import { readExpression, requireExpressionColumns } from '../expression/read-expression';
import type { OperationRule } from '../operation-rule';
import type { FilterSpec } from './transform-spec';

export const FILTER: OperationRule<FilterSpec> = {
  read: (reader) => {
    reader.only(['type', 'expression']);
    return { type: 'filter', expression: readExpression(reader, { scaled: false, result: 'boolean' }) };
  },
  header: ({ expression }, columns, report) => {
    requireExpressionColumns(expression, columns, report);
    return columns;
  },
};
