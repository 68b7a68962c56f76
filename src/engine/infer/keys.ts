import type { ColumnResult } from './column-profile';

/** With fewer values than this, most columns are unique by chance. */
const ENOUGH_VALUES = 20;

/** Labels of columns that are made to identify. */
const KEY_LABEL = /(?:^|[^a-z])(?:id|key|uuid|guid|nr|no|number|code)$/;

function hasKeyLabel({ name }: ColumnResult): boolean {
  return KEY_LABEL.test(name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase());
}

/** Types whose values are one just where their texts are, and that may identify something. */
function canBeKey({ shape, unique, values }: ColumnResult): boolean {
  const type = shape.type === 'string' || (shape.type === 'integer' && shape.groupChar === undefined);
  return unique === true && type && values > 1;
}

/** The column that identifies a row, if one is likely to. */
export function primaryKeyOf(columns: readonly ColumnResult[]): string | undefined {
  const keys = columns.filter((column) => canBeKey(column) && column.missing === 0);
  const named = keys.find(hasKeyLabel);
  const numbered = keys.find(({ shape }) => shape.type === 'integer' || shape.format === 'uuid');
  return (named ?? numbered ?? keys.find(({ values }) => values >= ENOUGH_VALUES))?.name;
}

/** Whether the values of a column are likely to be unique by intent. */
export function isUnique(column: ColumnResult): boolean {
  return canBeKey(column) && column.values >= ENOUGH_VALUES;
}
