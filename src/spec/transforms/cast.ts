import { readDateFormat } from '../dates/read-date-format';
import { requireColumn, type OperationRule } from '../operation-rule';
import type { SpecReader } from '../spec-reader';
import { CAST_TYPES, type CastSpec } from './transform-spec';
import { checkSeparators, readBooleanWords, readNotation } from '../values/read-notation';

type CastType = CastSpec['to'];

/** The options of a cast, and the types that they belong to. */
const OPTION_TYPES: Readonly<Record<string, readonly CastType[]>> = {
  decimalChar: ['number'],
  groupChar: ['number', 'integer'],
  bareNumber: ['number', 'integer'],
  trueValues: ['boolean'],
  falseValues: ['boolean'],
  inputFormat: ['date', 'datetime'],
};

export const CAST: OperationRule<CastSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'to', ...Object.keys(OPTION_TYPES)]);
    const to = reader.choice('to', CAST_TYPES);
    for (const [name, types] of Object.entries(OPTION_TYPES)) {
      if (reader.has(name) && !types.includes(to)) {
        reader.report(name, `nothing, since ${name} belongs to ${types.join(' and ')}, not to ${to}`);
      }
    }
    return { type: 'cast', column: reader.column('column'), to, ...readOptions(reader, to) };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};

function readOptions(reader: SpecReader, to: CastType): Partial<CastSpec> {
  const notation = readNotation(reader);
  if (to === 'number') checkSeparators(reader, notation);
  return {
    ...notation,
    ...readBooleanWords(reader),
    ...(reader.has('inputFormat') && { inputFormat: readDateFormat(reader, 'inputFormat') }),
  };
}
