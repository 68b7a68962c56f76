import type { SpecReader } from '../spec-reader';
import type { FieldSpec } from '../table-schema';
import { FALSE_VALUES, TRUE_VALUES } from '../values/boolean';

/** Types whose values are written as JSON. */
const JSON_TYPES: ReadonlySet<string> = new Set(['object', 'array', 'geopoint', 'geojson']);

/**
 * Reads a bound or an enum value as text in the field's own notation. A descriptor may write it so, or in JSON's own
 * form. A number of JSON has passed through a float by the time it is seen here, so only those are taken that a float
 * holds exactly as written.
 */
export function valueText(reader: SpecReader, name: string, field: FieldSpec | undefined): string {
  const value = reader.value(name);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') {
    const { trueValues = TRUE_VALUES, falseValues = FALSE_VALUES } = field ?? {};
    return (value ? trueValues : falseValues)[0];
  }
  if (typeof value === 'object' && value !== null && field && JSON_TYPES.has(field.type)) {
    return JSON.stringify(value);
  }
  if (typeof value !== 'number') {
    reader.report(name, 'a text, a number, true or false');
    return '';
  }
  if (!isExact(value)) {
    reader.report(
      name,
      'the number written as text ("..."), since a JSON number of so many digits is not read exactly',
    );
  }
  return String(value).replace('.', field?.decimalChar ?? '.');
}

/** 15 significant digits survive the way through a float and back; so does every safe integer. */
function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number(value.toPrecision(15)) === value;
}
