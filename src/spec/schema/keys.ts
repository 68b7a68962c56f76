import { isObject, SpecReader } from '../spec-reader';
import type { ForeignKeySpec } from '../table-schema';

/** Reads one name or a list of names of fields; all of them have to be there. */
export function readKey(reader: SpecReader, property: string, names: readonly string[]): string[] {
  const key = readNames(reader, property);
  for (const name of key.filter((one) => !names.includes(one))) {
    reader.report(property, `names of fields: ${names.join(', ')}`, name);
  }
  return key;
}

function readNames(reader: SpecReader, property: string): string[] {
  const value = reader.value(property);
  return typeof value === 'string' ? [value] : reader.columns(property);
}

/** An empty list is how a checked schema says that there is none. */
export function readPrimaryKey(reader: SpecReader, names: readonly string[]): string[] {
  const value = reader.value('primaryKey');
  if (!reader.has('primaryKey') || (Array.isArray(value) && value.length === 0)) return [];
  return readKey(reader, 'primaryKey', names);
}

/** https://datapackage.org/standard/table-schema/#uniqueKeys */
export function readUniqueKeys(reader: SpecReader, names: readonly string[]): string[][] {
  const keys = reader.value('uniqueKeys');
  if (!Array.isArray(keys)) {
    reader.report('uniqueKeys', 'a list of lists of names of fields');
    return [];
  }
  const members = Object.fromEntries(keys.entries());
  const place = reader.place === '' ? 'uniqueKeys' : `${reader.place}.uniqueKeys`;
  const reading = new SpecReader(members, place, reader.problems);
  return keys.map((_, index) => readKey(reading, String(index), names));
}

/** https://specs.frictionlessdata.io/table-schema/#foreign-keys */
export function readForeignKeys(reader: SpecReader, names: readonly string[]): ForeignKeySpec[] {
  return reader.list('foreignKeys').map((item) => {
    const fields = readKey(item, 'fields', names);
    const reference = item.object('reference');
    if (!isObject(item.value('reference'))) return { fields, reference: { resource: '', fields } };
    const resource = reference.optionalText('resource') ?? '';
    const columns = resource === '' ? readKey(reference, 'fields', names) : readNames(reference, 'fields');
    if (columns.length !== fields.length) {
      reference.report('fields', `as many columns as there are fields, ${fields.length}`);
    }
    return { fields, reference: { resource, fields: columns } };
  });
}
