import { requireColumn, type OperationRule } from '../operation-rule';
import { LETTER_CASES, type ChangeCaseSpec } from './transform-spec';

export const CHANGE_CASE: OperationRule<ChangeCaseSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'to']);
    return { type: 'change-case', column: reader.column('column'), to: reader.choice('to', LETTER_CASES) };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};
