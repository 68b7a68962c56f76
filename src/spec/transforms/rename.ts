import { requireColumn, type OperationRule } from '../operation-rule';
import type { RenameSpec } from './transform-spec';

export const RENAME: OperationRule<RenameSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'to']);
    return { type: 'rename', column: reader.column('column'), to: reader.newColumn('to') };
  },
  header: ({ column, to }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    if (to !== column && columns?.includes(to)) {
      report({ code: 'duplicate-label', property: 'to', column: to, columns });
    }
    return columns?.map((name) => (name === column ? to : name));
  },
};
