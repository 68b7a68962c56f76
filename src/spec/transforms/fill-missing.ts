import { requireColumn, type OperationRule } from '../operation-rule';
import type { FillMissingSpec } from './transform-spec';

export const FILL_MISSING: OperationRule<FillMissingSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'value']);
    return { type: 'fill-missing', column: reader.column('column'), value: reader.filledText('value') };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};
