import { calendarLayout } from './calendar-layout';
import { MOST_WORD_BYTES, type WordTable, wordTable } from './word-table';
import type { FieldSpec, FieldType } from '../../spec/table-schema';
import { FALSE_VALUES, TRUE_VALUES } from '../../spec/values/boolean';
import { BATCH_ROWS, Column, RecordBatch } from '../batch';
import { coefficientBounds } from '../types/bounded-number';
import { FieldCheck } from '../validate/field-check';
import { MissingValues } from '../validate/missing-values';

/** Operations of the kernel, see schema.ts of the assembly. */
export const OPERATIONS = {
  integer: 1,
  number: 2,
  boundedNumber: 3,
  text: 4,
  words: 5,
  calendar: 6,
  email: 7,
  uuid: 8,
  present: 9,
  notWords: 10,
} as const;

/** A check of a column by the kernel: it accepts only cells that the field's full definition accepts. */
export interface ColumnCheck {
  readonly operation: keyof typeof OPERATIONS;
  /** An empty cell is in order. */
  readonly optional: boolean;
  readonly a?: number;
  readonly b?: number;
  readonly table?: Buffer;
  /** In place of a table. */
  readonly bytes?: number;
}

/** Properties and constraints of a field that are known here; a field with any other is checked by the host. */
const KNOWN_PROPERTIES: ReadonlySet<string> = new Set([
  ...['name', 'type', 'format', 'constraints'],
  ...['decimalChar', 'groupChar', 'bareNumber', 'trueValues', 'falseValues', 'missingValues'],
]);
const KNOWN_CONSTRAINTS: ReadonlySet<string> = new Set([
  ...['required', 'unique', 'minLength', 'maxLength', 'enum', 'pattern'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
]);

/** Constraints that are not about the value of a cell that is there. */
const GENERAL = ['required', 'unique'];
const BOUNDS = [...GENERAL, 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];
/** Constraints that are checked together with the type. */
const CHECKED: Partial<Record<FieldType, readonly string[]>> = {
  string: [...GENERAL, 'minLength', 'maxLength'],
  integer: BOUNDS,
  number: BOUNDS,
};

/** Patterns of the default formats, which `any` reads as well. */
const ISO: Partial<Record<FieldType, string>> = {
  date: '%Y-%m-%d',
  time: '%H:%M:%S',
  datetime: '%Y-%m-%dT%H:%M:%SZ',
  year: '%Y',
  yearmonth: '%Y-%m',
};

/** No number in a cell is that long. */
const ANY_LENGTH = 0xffffffff;
/** No record is as long, and the bytes of so many characters still go into 32 bits. */
const MOST_LENGTH = 2 ** 29;

/**
 * The kernel's checks of a column; undefined where the host has to check it. `missingOfAll` are the schema's texts for missing;
 * of those that are not made empty cells before, `emptied`, the cells are left to the host, since they are written otherwise.
 */
export function columnChecks(
  field: FieldSpec,
  isKey: boolean,
  missingOfAll: readonly string[],
  emptied: readonly string[],
  quote: string | null,
): readonly ColumnCheck[] | undefined {
  if (!isKnown(field)) return undefined;
  const missingValues = field.missingValues ?? missingOfAll;
  const optional = missingValues.includes('') && field.constraints.required !== true && !isKey;
  const checks = valueChecks(field, optional, quote);
  if (!checks) return undefined;
  const validAlthoughMissing = missingValues.filter(
    (text) => text !== '' && !emptied.includes(text) && isValid(field, text),
  );
  if (validAlthoughMissing.length === 0) return checks;
  const words = validAlthoughMissing.every(fits) ? wordTable(validAlthoughMissing) : undefined;
  return words && [...checks, wordCheck('notWords', words, true)];
}

function isKnown(field: FieldSpec): boolean {
  const known = (part: object, names: ReadonlySet<string>) =>
    Object.entries(part).every(([name, value]) => value === undefined || names.has(name));
  return known(field, KNOWN_PROPERTIES) && known(field.constraints, KNOWN_CONSTRAINTS);
}

/** The kernel takes a cell as it stands for a value before it takes it for one in quotes: no value may look like that. */
function valueChecks(
  field: FieldSpec,
  optional: boolean,
  quote: string | null,
): readonly ColumnCheck[] | undefined {
  const { type, format, constraints } = field;
  const words = wordsOf(field);
  if (words) {
    const bare = words.filter((word) => word !== '' && (quote === null || !word.startsWith(quote)));
    const table = wordTable(bare.filter((word) => fits(word) && isValid(field, word)));
    return table && [wordCheck('words', table, optional)];
  }
  if (!has(constraints, CHECKED[type] ?? GENERAL)) return undefined;
  switch (type) {
    case 'any':
      return present(optional);
    case 'string':
      return stringChecks(field, optional);
    case 'integer':
    case 'number':
      return numberChecks(field, optional);
    default: {
      const iso = ISO[type];
      if (iso === undefined) return undefined;
      const pattern = format === 'default' || format === 'any' ? iso : format;
      const table = quote !== null && pattern.startsWith(quote) ? undefined : calendarLayout(pattern);
      return table && [{ operation: 'calendar', optional, table }];
    }
  }
}

/** Words of which a cell has to be one. */
function wordsOf({ type, constraints, trueValues, falseValues }: FieldSpec): readonly string[] | undefined {
  if (constraints.enum) return constraints.enum;
  if (type !== 'boolean') return undefined;
  return [...(trueValues ?? TRUE_VALUES), ...(falseValues ?? FALSE_VALUES)];
}

function stringChecks(
  { format, constraints }: FieldSpec,
  optional: boolean,
): readonly ColumnCheck[] | undefined {
  const { minLength = 0, maxLength = ANY_LENGTH } = constraints;
  if (minLength > MOST_LENGTH) return undefined;
  const lengths: ColumnCheck[] =
    constraints.minLength === undefined && constraints.maxLength === undefined
      ? []
      : [lengthCheck(optional, minLength, Math.min(maxLength, ANY_LENGTH))];
  if (format === 'default') return lengths.length > 0 ? lengths : present(optional);
  if (format === 'email' || format === 'uuid') return [{ operation: format, optional }, ...lengths];
  return undefined;
}

function lengthCheck(optional: boolean, least: number, most: number): ColumnCheck {
  // A character takes four bytes at most, or two quotes; in quotes, a cell takes two bytes more.
  const always = least > 1 ? 4 * least + 2 : 3;
  return { operation: 'text', optional, a: least, b: most, bytes: optional && least === 0 ? 0 : always };
}

function numberChecks(field: FieldSpec, optional: boolean): readonly ColumnCheck[] | undefined {
  const { type, decimalChar = '.', groupChar, constraints } = field;
  if (decimalChar !== '.' || groupChar !== undefined) return undefined;
  const operation = type as 'integer' | 'number';
  if (has(constraints, GENERAL)) return [{ operation, optional, a: 1 }];
  const { least, most } = coefficientBounds(field);
  // Not to be negative is all that the bounds ask for: no need to know which number it is.
  if (least.every((bound) => bound === 0) && most.every((bound) => bound === Infinity)) {
    return [{ operation, optional }];
  }
  const table = Buffer.alloc(least.length * 16);
  least.forEach((bound, scale) => {
    table.writeBigInt64LE(wholeNumber(bound), scale * 16);
    table.writeBigInt64LE(wholeNumber(most[scale]), scale * 16 + 8);
  });
  return [{ operation: 'boundedNumber', optional, a: type === 'integer' ? 1 : least.length, table }];
}

/** Infinities as what no coefficient reaches. */
function wholeNumber(bound: number): bigint {
  if (Number.isFinite(bound)) return BigInt(bound);
  return bound > 0 ? 2n ** 63n - 1n : -(2n ** 63n);
}

/** Where every cell is in order, there is nothing to check. */
function present(optional: boolean): readonly ColumnCheck[] {
  return optional ? [] : [{ operation: 'present', optional }];
}

function wordCheck(
  operation: 'words' | 'notWords',
  { data, mask, factor }: WordTable,
  optional: boolean,
): ColumnCheck {
  return { operation, optional, a: mask, b: factor, table: data };
}

/** Whether these are the only constraints. */
function has(constraints: FieldSpec['constraints'], names: readonly string[]): boolean {
  return Object.entries(constraints).every(([name, value]) => value === undefined || names.includes(name));
}

function fits(word: string): boolean {
  return Buffer.byteLength(word) <= MOST_WORD_BYTES;
}

/** Whether a text is a valid cell of the field, by its full definition. */
function isValid(field: FieldSpec, text: string): boolean {
  const data = Buffer.from(text);
  const batch = new RecordBatch();
  batch.rows = 1;
  batch.columns = [
    new Column(data, new Int32Array(BATCH_ROWS), new Int32Array(BATCH_ROWS).fill(data.length)),
  ];
  new FieldCheck(field, 0, new MissingValues([]), undefined).apply(batch, Int32Array.of(0));
  return batch.errors.size === 0;
}
