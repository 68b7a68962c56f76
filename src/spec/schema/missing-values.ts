import { isObject, SpecReader } from '../spec-reader';

/**
 * Reads `missingValues`: texts, or objects of a value and a label for people (Table Schema v2). Only the values are kept.
 */
export function readMissingValues(reader: SpecReader): string[] {
  const items = reader.value('missingValues');
  if (!Array.isArray(items) || !items.some(isObject)) return reader.texts('missingValues');
  return reader.list('missingValues').map((item) => {
    item.only(['value', 'label']);
    return item.text('value');
  });
}
