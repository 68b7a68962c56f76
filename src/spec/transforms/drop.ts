import { requireColumn, type OperationRule } from '../operation-rule';
import type { DropSpec } from './transform-spec';

export const DROP: OperationRule<DropSpec> = {
  read: (reader) => {
    reader.only(['type', 'columns']);
    return { type: 'drop', columns: reader.columns('columns') };
  },
  header: (spec, columns, report) => {
    for (const column of spec.columns) requireColumn(columns, 'columns', column, report);
    return columns?.filter((name) => !spec.columns.includes(name));
  },
};
