import { columnNameProblem } from '../column-names';
import { nearName } from '../near-name';
import { oneOf } from '../spec-error';
import type { SpecReader } from '../spec-reader';
import { FIELD_TYPES, type FieldSpec, type FieldType } from '../table-schema';
import { readConstraints } from './field-constraints';
import { readMissingValues } from './missing-values';
import { checkTypos } from './typos';
import { readListProperties } from '../values/list';
import { checkSeparators, readBooleanWords, readNotation } from '../values/read-notation';
import { VALUE_TYPES } from '../values/value-reader';

const FIELD_PROPERTIES = [
  'name',
  'type',
  'format',
  'constraints',
  'title',
  'description',
  'example',
  'rdfType',
  'missingValues',
  'categories',
  'categoriesOrdered',
];
/** Properties that some types have, and the types that do. */
const TYPE_PROPERTIES = [...new Set(Object.values(VALUE_TYPES).flatMap(({ properties }) => properties))];
/** Properties of Table Schema v2 that would change which cells are valid. */
const UNSUPPORTED_PROPERTIES = ['categories'];

/** Reads one field of a schema, its defaults written out. */
export function readField(reader: SpecReader): FieldSpec {
  const before = reader.problems.length;
  checkTypos(reader, [...FIELD_PROPERTIES, ...TYPE_PROPERTIES]);
  const type = readType(reader);
  checkProperties(reader, type);
  const field: FieldSpec = {
    name: readName(reader),
    type,
    format: readFormat(reader, type),
    constraints: {},
    ...readTypeProperties(reader, type),
    ...(reader.has('missingValues') && { missingValues: readMissingValues(reader) }),
  };
  const sound = reader.problems.length === before;
  return { ...field, constraints: readConstraints(reader, type, sound ? field : undefined) };
}

function readName(reader: SpecReader): string {
  const name = reader.text('name');
  const problem = typeof reader.value('name') === 'string' ? columnNameProblem(name) : undefined;
  if (problem !== undefined) reader.report('name', problem);
  return name;
}

function readType(reader: SpecReader): FieldType {
  const type = reader.optionalText('type') ?? 'string';
  const known = FIELD_TYPES.find((one) => one === type);
  if (known !== undefined) return known;
  if (typeof reader.value('type') === 'string') {
    const near = nearName(type, FIELD_TYPES);
    reader.report('type', near === undefined ? oneOf(FIELD_TYPES) : `${JSON.stringify(near)}`);
  }
  return 'any';
}

function checkProperties(reader: SpecReader, type: FieldType): void {
  for (const name of UNSUPPORTED_PROPERTIES.filter((property) => reader.has(property))) {
    reader.report(name, `no ${name} of a single field, which is not supported`);
  }
  const own = VALUE_TYPES[type].properties;
  for (const name of TYPE_PROPERTIES.filter((property) => reader.has(property) && !own.includes(property))) {
    reader.report(name, `no ${name} on a field of type ${type}`);
  }
}

function readFormat(reader: SpecReader, type: FieldType): string {
  const format = reader.optionalText('format') ?? 'default';
  const problem = VALUE_TYPES[type].formatProblem(format);
  if (problem !== undefined && typeof reader.value('format') === 'string') reader.report('format', problem);
  return format;
}

function readTypeProperties(reader: SpecReader, type: FieldType): Partial<FieldSpec> {
  if (type === 'boolean') return readBooleanWords(reader);
  if (type === 'list') return readListProperties(reader);
  const notation = readNotation(reader);
  if (type === 'number') checkSeparators(reader, notation);
  return notation;
}
