import type { SpecReader } from '../spec-reader';
import { ITEM_TYPES, type FieldSpec } from '../table-schema';
import { BOOLEAN } from './boolean';
import { DATE, DATETIME, TIME } from './date-and-time';
import { INTEGER, NUMBER } from './number';
import { STRING } from './string';
import {
  COLLECTION_CONSTRAINTS,
  formatsOf,
  GENERAL_CONSTRAINTS,
  unordered,
  type ValueType,
} from './value-type';

const ITEMS: Readonly<Record<(typeof ITEM_TYPES)[number], ValueType>> = {
  string: STRING,
  integer: INTEGER,
  boolean: BOOLEAN,
  number: NUMBER,
  datetime: DATETIME,
  date: DATE,
  time: TIME,
};

/** The properties of a list, as far as they stand. */
export function readListProperties(reader: SpecReader): Partial<FieldSpec> {
  return {
    ...(reader.has('delimiter') && { delimiter: reader.filledText('delimiter') }),
    ...(reader.has('itemType') && { itemType: reader.choice('itemType', ITEM_TYPES) }),
  };
}

/**
 * Values with a delimiter between them, all of one type in its default format (Table Schema v2,
 * https://datapackage.org/standard/table-schema/#list). An empty text is the list without items.
 */
export const LIST: ValueType = {
  properties: ['delimiter', 'itemType'],
  constraints: [...GENERAL_CONSTRAINTS, ...COLLECTION_CONSTRAINTS],
  formatProblem: formatsOf(),
  reader: ({ delimiter = ',', itemType = 'string' }) => {
    const items = ITEMS[itemType].reader({ name: '', type: itemType, format: 'default', constraints: {} });
    return {
      read: (text) => {
        const values = text === '' ? [] : text.split(delimiter).map((item) => items.read(item));
        return values.includes(undefined) ? undefined : values;
      },
      length: (value) => (value as unknown[]).length,
      ...unordered((value: unknown[]) => JSON.stringify(value.map((item) => items.key(item)))),
    };
  },
};
