import { SpecError, type SpecProblem } from '../spec-error';
import { SpecReader } from '../spec-reader';
import { FIELDS_MATCH, type FieldsMatch, type TableSchema } from '../table-schema';
import { readField } from './field';
import { readForeignKeys, readPrimaryKey, readUniqueKeys } from './keys';
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
    ...(reader.has('uniqueKeys') && { uniqueKeys: readUniqueKeys(reader, names) }),
    ...(reader.has('foreignKeys') && { foreignKeys: readForeignKeys(reader, names) }),
    fieldsMatch: readFieldsMatch(reader),
  };
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
