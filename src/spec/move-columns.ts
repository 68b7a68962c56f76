import type { TransformSpec } from './transforms/transform-spec';

/** A transform that moves columns, and leaves their cells as they are. */
type ColumnMove = Extract<TransformSpec, { type: 'rename' | 'keep' | 'drop' }>;

/**
 * Follows what is known of columns, by their names, through a transform that moves them.
 *
 * @returns whether it is one: nothing has changed where it is not
 */
export function moveColumns<Known>(
  columns: Map<string, Known>,
  transform: TransformSpec,
): transform is ColumnMove {
  switch (transform.type) {
    case 'rename': {
      const known = columns.get(transform.column);
      columns.delete(transform.column);
      if (known !== undefined) columns.set(transform.to, known);
      return true;
    }
    case 'keep':
      for (const name of [...columns.keys()]) if (!transform.columns.includes(name)) columns.delete(name);
      return true;
    case 'drop':
      for (const name of transform.columns) columns.delete(name);
      return true;
    default:
      return false;
  }
}
