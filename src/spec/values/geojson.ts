import { isObject } from '../spec-reader';
import { jsonKey, parseJson } from './json-text';
import { formatsOf, GENERAL_CONSTRAINTS, unordered, type ValueType } from './value-type';

type Check = (value: unknown) => boolean;
type JsonObject = Readonly<Record<string, unknown>>;

const listOf =
  (item: Check, least = 0): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.every(item);

/** Two numbers or more (RFC 7946 section 3.1.1). */
const isPosition = listOf((value) => typeof value === 'number', 2);
const isLine = listOf(isPosition, 2);
/** Four positions or more, the last of them the first again (RFC 7946 section 3.1.6). */
const isRing: Check = (value) =>
  listOf(isPosition, 4)(value) && jsonKey((value as unknown[])[0]) === jsonKey((value as unknown[]).at(-1));

/** What the coordinates of each geometry are (RFC 7946 section 3.1). */
const COORDINATES: Readonly<Record<string, Check>> = {
  Point: isPosition,
  MultiPoint: listOf(isPosition),
  LineString: isLine,
  MultiLineString: listOf(isLine),
  Polygon: listOf(isRing),
  MultiPolygon: listOf(listOf(isRing)),
};

function isGeometry(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (value.type === 'GeometryCollection') return listOf(isGeometry)(value.geometries);
  return hasShape(value, COORDINATES, value.coordinates);
}

/** Geometry and properties are there, and may be null (RFC 7946 section 3.2). */
function isFeature(value: unknown): boolean {
  if (!isObject(value) || value.type !== 'Feature') return false;
  const { geometry, properties } = value;
  return (geometry === null || isGeometry(geometry)) && (properties === null || isObject(properties));
}

function isGeoJson(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (value.type === 'FeatureCollection') return listOf(isFeature)(value.features);
  return isFeature(value) || isGeometry(value);
}

const isIndex: Check = (value) => Number.isInteger(value);
const isArcs = listOf(isIndex);

/** What each geometry of a topology holds: indexes of arcs, or positions. */
const ARCS: Readonly<Record<string, Check>> = {
  LineString: isArcs,
  MultiLineString: listOf(isArcs),
  Polygon: listOf(isArcs),
  MultiPolygon: listOf(listOf(isArcs)),
};

function isTopologyObject(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { type } = value;
  if (type === null) return true;
  if (type === 'GeometryCollection') return listOf(isTopologyObject)(value.geometries);
  if (type === 'Point' || type === 'MultiPoint') return hasShape(value, COORDINATES, value.coordinates);
  return hasShape(value, ARCS, value.arcs);
}

/** A topology, or one geometry of it (https://github.com/topojson/topojson-specification, section 2). */
function isTopoJson(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (value.type !== 'Topology') return isTopologyObject(value);
  if (!isObject(value.objects)) return false;
  return Object.values(value.objects).every(isTopologyObject) && listOf(isLine)(value.arcs);
}

/** Whether a part of an object is what its type asks for. */
function hasShape({ type }: JsonObject, shapes: Readonly<Record<string, Check>>, part: unknown): boolean {
  return typeof type === 'string' && Object.hasOwn(shapes, type) && shapes[type](part);
}

/** https://specs.frictionlessdata.io/table-schema/#geojson */
export const GEOJSON: ValueType = {
  properties: [],
  constraints: GENERAL_CONSTRAINTS,
  formatProblem: formatsOf('topojson'),
  reader: ({ format }) => {
    const is = format === 'topojson' ? isTopoJson : isGeoJson;
    return {
      read: (text) => {
        const value = parseJson(text);
        return is(value) ? value : undefined;
      },
      ...unordered(jsonKey),
    };
  },
};
