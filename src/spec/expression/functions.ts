/** What a value is known to be before any row is read; a column's cell can be anything that its text reads as. */
export type ValueKind = 'number' | 'text' | 'boolean' | 'null' | 'any';

/**
 * What a parameter takes. `scale` is a whole number and `rounding` the name of a rounding mode, both written out in the
 * expression. `text` takes every value, as its text.
 */
export type Parameter = 'number' | 'text' | 'any' | 'scale' | 'rounding';

export interface FunctionSignature {
  readonly parameters: readonly Parameter[];
  /** Parameters that may not be left out. */
  readonly required: number;
  /** The last parameter may be repeated. */
  readonly repeats: boolean;
  /** `any`: the kind that all arguments share. */
  readonly result: ValueKind;
  /** The call as documentation shows it, and what it gives. */
  readonly usage: string;
  readonly meaning: string;
}

function signature(
  usage: string,
  meaning: string,
  result: ValueKind,
  parameters: readonly Parameter[],
  { required = parameters.length, repeats = false } = {},
): FunctionSignature {
  return { usage, meaning, result, parameters, required, repeats };
}

const REPEATED = { required: 1, repeats: true };

/** Every function of an expression. All but coalesce and isNull give null where an argument is null. */
export const FUNCTIONS = {
  round: signature(
    'round(x, scale[, mode])',
    "x with that many digits after the point; mode is 'half-even' unless given",
    'number',
    ['number', 'scale', 'rounding'],
    { required: 2 },
  ),
  div: signature(
    'div(a, b, scale[, mode])',
    'a divided by b, rounded to that many digits after the point',
    'number',
    ['number', 'number', 'scale', 'rounding'],
    { required: 3 },
  ),
  abs: signature('abs(x)', 'x without its sign', 'number', ['number']),
  min: signature('min(a, b, ...)', 'the least number', 'number', ['number'], REPEATED),
  max: signature('max(a, b, ...)', 'the greatest number', 'number', ['number'], REPEATED),
  coalesce: signature('coalesce(a, b, ...)', 'the first value that is not null', 'any', ['any'], REPEATED),
  isNull: signature('isNull(x)', 'whether x is null', 'boolean', ['any']),
  length: signature('length(text)', 'number of Unicode code points', 'number', ['text']),
  upper: signature('upper(text)', 'the text in upper case', 'text', ['text']),
  lower: signature('lower(text)', 'the text in lower case', 'text', ['text']),
  trim: signature('trim(text)', 'the text without blanks around it', 'text', ['text']),
  concat: signature('concat(a, b, ...)', 'the texts one after the other', 'text', ['text'], REPEATED),
  contains: signature('contains(text, part)', 'whether the part stands in the text', 'boolean', [
    'text',
    'text',
  ]),
  startsWith: signature('startsWith(text, part)', 'whether the text begins with the part', 'boolean', [
    'text',
    'text',
  ]),
  endsWith: signature('endsWith(text, part)', 'whether the text ends with the part', 'boolean', [
    'text',
    'text',
  ]),
  substring: signature(
    'substring(text, start[, length])',
    'code points from start on, counted from 1 as in SQL',
    'text',
    ['text', 'number', 'number'],
    { required: 2 },
  ),
} as const satisfies Record<string, FunctionSignature>;

export type FunctionName = keyof typeof FUNCTIONS;

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}
