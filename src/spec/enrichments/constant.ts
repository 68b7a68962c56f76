import { appendColumn, type OperationRule } from '../operation-rule';
import type { ConstantSpec } from './enrichment-spec';

export const CONSTANT: OperationRule<ConstantSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'value']);
    return { type: 'constant', column: reader.newColumn('column'), value: reader.text('value') };
  },
  header: ({ column }, columns, report) => appendColumn(columns, 'column', column, report),
};
