import { booleanShape } from './boolean';
import { dateShape } from './date';
import { datetimeShape } from './datetime';
import { integerShape } from './integer';
import { numberShape } from './number';
import { stringShape } from './string';
import { timeShape } from './time';
import { yearShape } from './year';
import { yearmonthShape } from './yearmonth';
import { parseDecimalBytes } from '../../spec/decimal/decimal';
import type { FieldSpec, FieldType } from '../../spec/table-schema';
import { valueReader } from '../../spec/values/value-reader';
import type { ValueReader } from '../../spec/values/value-type';

/**
 * Tells cells of the common shape of a type by their bytes alone. True: the cell is a value of the type. False says
 * nothing: the cell is then read as text by the one full definition, the type's ValueReader. So a shape can only be wrong
 * by accepting too much.
 */
export type Shape = (data: Buffer, start: number, end: number) => boolean;

/** Makes the shape of a field; undefined where its format has none, and every cell is read as text. */
export type ShapeOf = (field: FieldSpec) => Shape | undefined;

/** For types whose cells are all read as text. */
const noShape: ShapeOf = () => undefined;

const SHAPES: Readonly<Record<FieldType, ShapeOf>> = {
  string: stringShape,
  number: numberShape,
  integer: integerShape,
  boolean: booleanShape,
  date: dateShape,
  time: timeShape,
  datetime: datetimeShape,
  year: yearShape,
  yearmonth: yearmonthShape,
  duration: noShape,
  geopoint: noShape,
  geojson: noShape,
  object: noShape,
  array: noShape,
  list: noShape,
  any: () => () => true,
};

/** What is expected of a cell, by type, where the format is the default one. */
const EXPECTED: Readonly<Record<FieldType, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
  date: 'a date as YYYY-MM-DD',
  time: 'a time as hh:mm:ss',
  datetime: 'a date and time as YYYY-MM-DDThh:mm:ssZ',
  year: 'a year as YYYY',
  yearmonth: 'a year and month as YYYY-MM',
  duration: 'a duration as PnYnMnDTnHnMnS',
  geopoint: 'a point as "longitude, latitude"',
  geojson: 'a GeoJSON object',
  object: 'a JSON object',
  array: 'a JSON array',
  list: 'a list',
  any: 'a value',
};

/** How cells of a field are told from others, and read. */
export interface CellType {
  /** What is expected of a cell, for messages. */
  readonly expected: string;
  readonly shape: Shape;
  readonly values: ValueReader;
  /** The value of a cell; undefined where it is none. */
  read(data: Buffer, start: number, end: number): unknown;
}

export function cellType(field: FieldSpec): CellType {
  const { type } = field;
  const shape = SHAPES[type](field) ?? (() => false);
  const values = valueReader(field);
  const readText = (data: Buffer, start: number, end: number) =>
    values.read(data.toString('utf8', start, end));
  // Plain numbers are read from their bytes; a decimal character of its own needs the text.
  const plain = (type === 'integer' || type === 'number') && (field.decimalChar ?? '.') === '.';
  return {
    expected: expectedOf(field),
    shape,
    values,
    read: plain
      ? (data, start, end) =>
          shape(data, start, end) ? parseDecimalBytes(data, start, end) : readText(data, start, end)
      : readText,
  };
}

function expectedOf({ type, format, itemType = 'string', delimiter = ',' }: FieldSpec): string {
  if (type === 'list' && itemType !== 'string') {
    return `a list of items of type ${itemType} with ${JSON.stringify(delimiter)} between them`;
  }
  if (format === 'default') return EXPECTED[type];
  return type === 'string' ? format : `a ${type} as ${format}`;
}
