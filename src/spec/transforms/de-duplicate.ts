import { requireColumn, type OperationRule } from '../operation-rule';
import { KEPT_DUPLICATES, type DeDuplicateSpec } from './transform-spec';

export const DE_DUPLICATE: OperationRule<DeDuplicateSpec> = {
  read: (reader) => {
    reader.only(['type', 'columns', 'keep']);
    return {
      type: 'de-duplicate',
      ...(reader.has('columns') && { columns: reader.columns('columns') }),
      keep: reader.choice('keep', KEPT_DUPLICATES),
    };
  },
  header: (spec, columns, report) => {
    for (const column of spec.columns ?? []) requireColumn(columns, 'columns', column, report);
    return columns;
  },
};
