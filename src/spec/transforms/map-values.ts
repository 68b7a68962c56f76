import { requireColumn, type OperationRule } from '../operation-rule';
import type { SpecReader } from '../spec-reader';
import type { MappedValue, MapValuesSpec, OtherValueSpec } from './transform-spec';

export const MAP_VALUES: OperationRule<MapValuesSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'values', 'otherwise']);
    return {
      type: 'map-values',
      column: reader.column('column'),
      values: readValues(reader),
      otherwise: readOtherValue(reader.object('otherwise')),
    };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};

function readValues(reader: SpecReader): MappedValue[] {
  const values = reader.list('values').map((item) => {
    item.only(['from', 'to']);
    // A missing cell stays missing: fillMissing is what gives it a value.
    return { from: item.filledText('from'), to: item.text('to') };
  });
  if (Array.isArray(reader.value('values')) && values.length === 0) {
    reader.report('values', 'at least one value');
  }
  const twice = values.find(({ from }, index) => values.findIndex((value) => value.from === from) < index);
  if (twice) reader.report('values', 'a value once', twice.from);
  return values;
}

function readOtherValue(reader: SpecReader): OtherValueSpec {
  const type = reader.choice('type', ['keep', 'reject', 'value']);
  reader.only(type === 'value' ? ['type', 'value'] : ['type']);
  return type === 'value' ? { type, value: reader.text('value') } : { type };
}
