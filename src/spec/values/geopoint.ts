import { compare, parseDecimal, type Decimal } from '../decimal';
import { isObject } from '../spec-reader';
import { parseJson } from './json-text';
import { decimalKey } from './number';
import { formatsOf, GENERAL_CONSTRAINTS, unordered, type ValueType } from './value-type';

interface GeoPoint {
  readonly longitude: Decimal;
  readonly latitude: Decimal;
}

const MOST_LONGITUDE: Decimal = { coefficient: 180, scale: 0 };
const MOST_LATITUDE: Decimal = { coefficient: 90, scale: 0 };

/** The two numbers of each format, longitude first; undefined where a text has not just these. */
const PARTS: Readonly<Record<string, (text: string) => readonly unknown[] | undefined>> = {
  /** `lon, lat`: the blank is optional. */
  default: (text) => text.split(',').map((part, index) => (index === 1 ? part.replace(/^ +/, '') : part)),
  /** `[lon, lat]` */
  array: (text) => {
    const value = parseJson(text);
    return Array.isArray(value) ? value.map(numberText) : undefined;
  },
  /** `{"lon": 90, "lat": 45}`, with no other member. */
  object: (text) => {
    const value = parseJson(text);
    if (!isObject(value) || Object.keys(value).length !== 2) return undefined;
    return [numberText(value.lon), numberText(value.lat)];
  },
};

/** The text of a JSON number; a text in quotes is none. */
function numberText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : undefined;
}

function pointOf(parts: readonly unknown[] | undefined): GeoPoint | undefined {
  if (parts?.length !== 2) return undefined;
  const [longitude, latitude] = parts.map((part) => parseDecimal(String(part)));
  if (!isWithin(longitude, MOST_LONGITUDE) || !isWithin(latitude, MOST_LATITUDE)) return undefined;
  return { longitude, latitude };
}

function isWithin(degrees: Decimal | undefined, most: Decimal): degrees is Decimal {
  if (!degrees) return false;
  return compare(degrees, most) <= 0 && compare(degrees, { ...most, coefficient: -most.coefficient }) >= 0;
}

/** A point on earth (https://specs.frictionlessdata.io/table-schema/#geopoint). */
export const GEOPOINT: ValueType = {
  properties: [],
  constraints: GENERAL_CONSTRAINTS,
  formatProblem: formatsOf('array', 'object'),
  reader: ({ format }) => ({
    read: (text) => pointOf(PARTS[format](text)),
    ...unordered(({ longitude, latitude }: GeoPoint) => `${decimalKey(longitude)},${decimalKey(latitude)}`),
  }),
};
