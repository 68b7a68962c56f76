import { requireColumn, type OperationRule } from '../operation-rule';
import type { ConcatenateSpec } from './transform-spec';

export const CONCATENATE: OperationRule<ConcatenateSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'columns', 'separator']);
    return {
      type: 'concatenate',
      column: reader.newColumn('column'),
      columns: reader.columns('columns'),
      separator: reader.text('separator'),
    };
  },
  header: (spec, columns, report) => {
    for (const column of spec.columns) requireColumn(columns, 'columns', column, report);
    return !columns || columns.includes(spec.column) ? columns : [...columns, spec.column];
  },
};
