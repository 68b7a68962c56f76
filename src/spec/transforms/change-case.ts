import { requireColumn, type OperationRule } from '../operation-rule';
import type { ChangeCaseSpec } from './transform-spec';

export const TEXT_CASES = ['upper', 'lower', 'title'] as const;

export const CHANGE_CASE: OperationRule<ChangeCaseSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'to']);
    return { type: 'change-case', column: reader.column('column'), to: reader.choice('to', TEXT_CASES) };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};
