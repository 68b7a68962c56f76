import type { NumberNotation } from '../decimal/number-text';
import type { SpecReader } from '../spec-reader';
import { FALSE_VALUES, TRUE_VALUES } from './boolean';

const DECIMAL_CHAR = '.';

/** Reads how numbers are written: `decimalChar`, `groupChar` and `bareNumber`, as far as they stand. */
export function readNotation(reader: SpecReader): NumberNotation {
  const decimalChar = readSeparator(reader, 'decimalChar');
  const groupChar = readSeparator(reader, 'groupChar');
  const bareNumber = reader.optionalFlag('bareNumber');
  return {
    ...(decimalChar !== undefined && { decimalChar }),
    ...(groupChar !== undefined && { groupChar }),
    ...(bareNumber !== undefined && { bareNumber }),
  };
}

/** Reports a group character that is the decimal character too; for numbers, which have both. */
export function checkSeparators(
  reader: SpecReader,
  { decimalChar = DECIMAL_CHAR, groupChar }: NumberNotation,
): void {
  if (groupChar === decimalChar) reader.report('groupChar', 'another character than the decimal character');
}

function readSeparator(reader: SpecReader, name: string): string | undefined {
  if (!reader.has(name)) return undefined;
  const value = reader.value(name);
  if (typeof value === 'string' && /^[^0-9A-Za-z+-]$/u.test(value)) return value;
  reader.report(name, 'one character that is no digit, letter or sign');
  return undefined;
}

/** The texts of `trueValues` and `falseValues`, as far as they stand. */
export function readBooleanWords(reader: SpecReader): {
  trueValues?: readonly string[];
  falseValues?: readonly string[];
} {
  const trueValues = reader.optionalTexts('trueValues');
  const falseValues = reader.optionalTexts('falseValues');
  for (const [name, words] of Object.entries({ trueValues, falseValues })) {
    if (words?.length === 0 && Array.isArray(reader.value(name))) reader.report(name, 'at least one text');
  }
  const both = (trueValues ?? TRUE_VALUES).find((word) => (falseValues ?? FALSE_VALUES).includes(word));
  if (both !== undefined) {
    reader.report(
      trueValues ? 'trueValues' : 'falseValues',
      'texts that are not false values and true values at once',
      both,
    );
  }
  return { ...(trueValues && { trueValues }), ...(falseValues && { falseValues }) };
}
