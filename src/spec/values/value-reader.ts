import type { FieldSpec, FieldType } from '../table-schema';
import { BOOLEAN } from './boolean';
import { DATE, DATETIME, TIME } from './date-and-time';
import { DURATION } from './duration';
import { GEOJSON } from './geojson';
import { GEOPOINT } from './geopoint';
import { ARRAY, OBJECT } from './json';
import { LIST } from './list';
import { INTEGER, NUMBER } from './number';
import { ANY, STRING } from './string';
import type { ValueReader, ValueType } from './value-type';
import { YEAR, YEARMONTH } from './year';

/** What each field type reads, and which constraints fit it. Adding a type: a file in this folder and a row here. */
export const VALUE_TYPES: Readonly<Record<FieldType, ValueType>> = {
  string: STRING,
  number: NUMBER,
  integer: INTEGER,
  boolean: BOOLEAN,
  date: DATE,
  time: TIME,
  datetime: DATETIME,
  year: YEAR,
  yearmonth: YEARMONTH,
  duration: DURATION,
  geopoint: GEOPOINT,
  geojson: GEOJSON,
  object: OBJECT,
  array: ARRAY,
  list: LIST,
  any: ANY,
};

/** The one definition of which texts are values of a field. Bounds and enum values are read with it, and cells. */
export function valueReader(field: FieldSpec): ValueReader {
  return VALUE_TYPES[field.type].reader(field);
}
