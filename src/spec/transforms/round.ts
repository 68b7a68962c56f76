import { ROUNDINGS } from '../decimal/rounding';
import { MAX_SCALE } from '../expression/check-expression';
import { requireColumn, type OperationRule } from '../operation-rule';
import type { RoundSpec } from './transform-spec';

export const ROUND: OperationRule<RoundSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'scale', 'rounding']);
    return {
      type: 'round',
      column: reader.column('column'),
      scale: reader.integer('scale', 0, MAX_SCALE),
      rounding: reader.choice('rounding', ROUNDINGS),
    };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};
