import type { ShapeOf } from './cell-type';
import { FALSE_VALUES, TRUE_VALUES } from '../../spec/values/boolean';
import { KeyTable } from '../unique/key-table';

/** One of the words of the field. */
export const booleanShape: ShapeOf = ({ trueValues = TRUE_VALUES, falseValues = FALSE_VALUES }) => {
  const words = KeyTable.of([...trueValues, ...falseValues]);
  return (data, start, end) => words.has(data, start, end);
};
