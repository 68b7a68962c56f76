import { readDateFormat } from '../dates/read-date-format';
import { requireColumn, type OperationRule } from '../operation-rule';
import type { FormatDateSpec } from './transform-spec';

export const FORMAT_DATE: OperationRule<FormatDateSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'inputFormat', 'outputFormat']);
    return {
      type: 'format-date',
      column: reader.column('column'),
      inputFormat: readDateFormat(reader, 'inputFormat'),
      outputFormat: readDateFormat(reader, 'outputFormat'),
    };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};
