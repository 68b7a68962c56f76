import { formatsOf, GENERAL_CONSTRAINTS, type ValueType } from './value-type';

/** Texts that are true and false unless a field says otherwise (https://specs.frictionlessdata.io/table-schema/#boolean). */
export const TRUE_VALUES: readonly string[] = ['true', 'True', 'TRUE', '1'];
export const FALSE_VALUES: readonly string[] = ['false', 'False', 'FALSE', '0'];

/** Reads texts as true and false. */
export function booleanReader(words: {
  readonly trueValues?: readonly string[];
  readonly falseValues?: readonly string[];
}): (text: string) => boolean | undefined {
  const values = new Map<string, boolean>();
  for (const word of words.falseValues ?? FALSE_VALUES) values.set(word, false);
  for (const word of words.trueValues ?? TRUE_VALUES) values.set(word, true);
  return (text) => values.get(text);
}

export const BOOLEAN: ValueType = {
  properties: ['trueValues', 'falseValues'],
  constraints: GENERAL_CONSTRAINTS,
  formatProblem: formatsOf(),
  reader: (field) => ({
    read: booleanReader(field),
    compare: (a, b) => Number(a) - Number(b),
    key: String,
  }),
};
