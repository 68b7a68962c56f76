import { requireColumn, type OperationRule } from '../operation-rule';
import type { TrimSpec } from './transform-spec';

export const TRIM: OperationRule<TrimSpec> = {
  read: (reader) => {
    reader.only(['type', 'columns']);
    return { type: 'trim', columns: reader.columns('columns') };
  },
  header: (spec, columns, report) => {
    for (const column of spec.columns) requireColumn(columns, 'columns', column, report);
    return columns;
  },
};
