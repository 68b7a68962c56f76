import { appendColumn, requireColumn, type Columns, type OperationRule } from '../operation-rule';
import { EXTRA_PARTS, type SplitSpec } from './transform-spec';

export const SPLIT: OperationRule<SplitSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'separator', 'into', 'extra']);
    return {
      type: 'split',
      column: reader.column('column'),
      separator: reader.filledText('separator'),
      into: reader.newColumns('into'),
      extra: reader.choice('extra', EXTRA_PARTS),
    };
  },
  header: ({ column, into }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return into.reduce<Columns>((known, name) => appendColumn(known, 'into', name, report), columns);
  },
};
