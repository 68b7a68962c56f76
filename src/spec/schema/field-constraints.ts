import { patternProblem } from '../pattern';
import { isObject, SpecReader } from '../spec-reader';
import type { ConstraintsSpec, FieldSpec } from '../table-schema';
import { valueText } from './value-text';
import { VALUE_TYPES } from '../values/value-reader';
import { GENERAL_CONSTRAINTS, type ConstraintName, type ValueReader } from '../values/value-type';

const FLAGS = ['required', 'unique'] as const;
const LENGTHS = ['minLength', 'maxLength'] as const;
const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;
const CONSTRAINT_NAMES: readonly ConstraintName[] = [...FLAGS, ...LENGTHS, ...BOUNDS, 'pattern', 'enum'];

/** Pairs of a lower and an upper limit; the lower must not be above the upper, or no value fits. */
const RANGES = [
  ['minimum', 'maximum'],
  ['minimum', 'exclusiveMaximum'],
  ['exclusiveMinimum', 'maximum'],
  ['exclusiveMinimum', 'exclusiveMaximum'],
] as const;

/**
 * Reads a field's constraints, and checks that they fit its type and each other
 * (https://specs.frictionlessdata.io/table-schema/#constraints). `field` is all of the field but its constraints;
 * undefined where that has problems of its own, so that values cannot be read with it.
 */
export function readConstraints(
  fieldReader: SpecReader,
  type: FieldSpec['type'],
  field: FieldSpec | undefined,
): ConstraintsSpec {
  if (!fieldReader.has('constraints')) return {};
  const reader = fieldReader.object('constraints');
  if (!isObject(fieldReader.value('constraints'))) return {};
  reader.only([...CONSTRAINT_NAMES, 'jsonSchema']);
  if (reader.has('jsonSchema')) {
    reader.report(
      'jsonSchema',
      'no jsonSchema, whose patterns cannot be held in linear time on hostile data',
    );
  }
  const fitting = VALUE_TYPES[type].constraints;
  for (const name of CONSTRAINT_NAMES.filter((one) => reader.has(one) && !fitting.includes(one))) {
    const further = fitting.filter((one) => !GENERAL_CONSTRAINTS.includes(one));
    const all = [...GENERAL_CONSTRAINTS, ...further].join(', ');
    reader.report(name, `no ${name} on a field of type ${type}, which can have ${all}`);
  }
  const constraints: ConstraintsSpec = {
    ...Object.fromEntries(FLAGS.filter((name) => reader.has(name)).map((name) => [name, reader.flag(name)])),
    ...Object.fromEntries(
      LENGTHS.filter((name) => reader.has(name)).map((name) => [name, readLength(reader, name)]),
    ),
    ...Object.fromEntries(
      BOUNDS.filter((name) => reader.has(name)).map((name) => [name, valueText(reader, name, field)]),
    ),
    ...(reader.has('pattern') && { pattern: readPattern(reader) }),
    ...(reader.has('enum') && { enum: readEnum(reader, field) }),
  };
  const { minLength = 0, maxLength = Infinity } = constraints;
  if (minLength > maxLength) reader.report('minLength', `at most maxLength, ${maxLength}`);
  if (field) checkValues(reader, constraints, field);
  return constraints;
}

function readLength(reader: SpecReader, name: string): number {
  return reader.integer(name, 0, Number.MAX_SAFE_INTEGER);
}

function readPattern(reader: SpecReader): string {
  const pattern = reader.text('pattern');
  const problem = patternProblem(pattern);
  if (problem !== undefined) reader.report('pattern', `a pattern in RE2 syntax (${problem})`);
  return pattern;
}

function readEnum(reader: SpecReader, field: FieldSpec | undefined): string[] {
  const values = reader.value('enum');
  if (Array.isArray(values) && values.length > 0) {
    const members = new SpecReader(
      Object.fromEntries(values.entries()),
      `${reader.place}.enum`,
      reader.problems,
    );
    return values.map((_, index) => valueText(members, String(index), field));
  }
  reader.report('enum', 'a list of at least one value');
  return [];
}

/** Checks that bounds and enum values are values of the field, and that some value lies between the bounds. */
function checkValues(reader: SpecReader, constraints: ConstraintsSpec, field: FieldSpec): void {
  const values = VALUE_TYPES[field.type].reader(field);
  const what = `a value of type ${field.type}${field.format === 'default' ? '' : ` as ${field.format}`}`;
  for (const name of BOUNDS) {
    const text = constraints[name];
    if (text !== undefined && values.read(text) === undefined) reader.report(name, what);
  }
  constraints.enum?.forEach((text, index) => {
    if (values.read(text) === undefined) reader.report(`enum[${index}]`, what, text);
  });
  for (const [lower, upper] of RANGES) {
    if (isAbove(values, constraints[lower], constraints[upper])) {
      reader.report(lower, `at most ${upper}, ${constraints[upper]}`, constraints[lower]);
    }
  }
}

function isAbove(values: ValueReader, lower: string | undefined, upper: string | undefined): boolean {
  if (lower === undefined || upper === undefined) return false;
  const [low, high] = [values.read(lower), values.read(upper)];
  return low !== undefined && high !== undefined && values.compare(low, high) > 0;
}
