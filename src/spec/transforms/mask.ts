import { requireColumn, type OperationRule } from '../operation-rule';
import type { MaskSpec } from './transform-spec';

/** More characters than that are no longer a mask. */
const MOST_KEPT = 1000;

export const MASK: OperationRule<MaskSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'keepFirst', 'keepLast', 'character']);
    const character = reader.filledText('character');
    if ([...character].length > 1) reader.report('character', 'one character');
    return {
      type: 'mask',
      column: reader.column('column'),
      keepFirst: reader.integer('keepFirst', 0, MOST_KEPT),
      keepLast: reader.integer('keepLast', 0, MOST_KEPT),
      character,
    };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};
