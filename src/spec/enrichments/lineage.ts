import { appendColumn, type Columns, type OperationRule } from '../operation-rule';
import { LINEAGE_COLUMNS, type LineageSpec } from './enrichment-spec';

export const LINEAGE: OperationRule<LineageSpec> = {
  read: (reader) => {
    reader.only(['type']);
    return { type: 'lineage' };
  },
  header: (_, columns, report) =>
    LINEAGE_COLUMNS.reduce<Columns>((known, column) => appendColumn(known, 'type', column, report), columns),
};
