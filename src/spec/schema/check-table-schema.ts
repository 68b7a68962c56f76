import { SpecError, type SpecProblem } from '../spec-error';
import { SpecReader } from '../spec-reader';
import { FIELDS_MATCH, type FieldsMatch, type TableSchema } from '../table-schema';
import { readField } from './field';
import { readMissingValues } from './missing-values';
import { checkTypos } from './typos';

const SCHEMA_PROPERTIES = [
  'fields',
  'missingValues',
  'primaryKey',
  'foreignKeys',
  'uniqueKeys',
  'fieldsMatch',
  '$schema',
  'name',
  'title',
  'description',
  'profile',
  'path',
];

/**
 * Checks a Frictionless Table Schema descriptor (https://specs.frictionlessdata.io/table-schema/) and gives its
 * normalised form, defaults written out. Throws SpecError with all problems.
 */
export function checkTableSchema(json: unknown): TableSchema {
  const problems: SpecProblem[] = [];
  const schema = readTableSchema(new SpecReader(json, '', problems));
  if (problems.length > 0) throw new SpecError('table schema', problems);
  return schema;
}

/** Reads a descriptor; problems are collected by the reader. */
export function readTableSchema(reader: SpecReader): TableSchema {
  checkTypos(reader, SCHEMA_PROPERTIES);
  for (const name of ['foreignKeys', 'uniqueKeys'].filter((property) => reader.has(property))) {
    reader.report(name, `no ${name}, which are not supported`);
  }
  const fieldReaders = reader.list('fields');
  if (Array.isArray(reader.value('fields')) && fieldReaders.length === 0) {
    reader.report('fields', 'at least one field');
  }
  const fields = fieldReaders.map(readField);
  const names = fields.map(({ name }) => name);
  fieldReaders.forEach((field, index) => {
    const first = names.indexOf(names[index]);
    if (first < index && names[index] !== '') {
      field.report('name', `a name that fields[${first}] does not have`);
    }
  });
  return {
    fields,
    missingValues: reader.has('missingValues') ? readMissingValues(reader) : [''],
    primaryKey: readPrimaryKey(reader, names),
    fieldsMatch: readFieldsMatch(reader),
  };
}

/** One name or a list of names; an empty list is how a checked schema says that there is none. */
function readPrimaryKey(reader: SpecReader, names: readonly string[]): string[] {
  const value = reader.value('primaryKey');
  if (!reader.has('primaryKey') || (Array.isArray(value) && value.length === 0)) return [];
  const key = typeof value === 'string' ? [value] : reader.columns('primaryKey');
  for (const name of key.filter((one) => !names.includes(one))) {
    reader.report('primaryKey', `names of fields: ${names.join(', ')}`, name);
  }
  return key;
}

/** Table Schema v2 writes the mode as a list of one. */
function readFieldsMatch(reader: SpecReader): FieldsMatch {
  const value = reader.value('fieldsMatch');
  if (!Array.isArray(value) || value.length !== 1) {
    return reader.optionalChoice('fieldsMatch', FIELDS_MATCH) ?? 'exact';
  }
  const single = new SpecReader({ fieldsMatch: value[0] }, reader.place, reader.problems);
  return single.choice('fieldsMatch', FIELDS_MATCH);
}
