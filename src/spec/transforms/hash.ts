import { requireColumn, type OperationRule } from '../operation-rule';
import type { HashSpec } from './transform-spec';

export const HASH: OperationRule<HashSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'key']);
    return { type: 'hash', column: reader.column('column'), key: reader.filledText('key') };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};
