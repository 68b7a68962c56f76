import { requireColumn, type OperationRule } from '../operation-rule';
import type { KeepSpec } from './transform-spec';

export const KEEP: OperationRule<KeepSpec> = {
  read: (reader) => {
    reader.only(['type', 'columns']);
    return { type: 'keep', columns: reader.columns('columns') };
  },
  header: (spec, columns, report) => {
    for (const column of spec.columns) requireColumn(columns, 'columns', column, report);
    // Known from here on, even where the file's own header is not.
    return spec.columns;
  },
};
