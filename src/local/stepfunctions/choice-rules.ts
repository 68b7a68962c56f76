import { isTimestamp } from './definition/field-kinds';
import { lookUp, type StateData } from './payload-template';
import { RuntimeStateError } from './state-error';
import type { Json } from '../json/json-value';

/** A rule of a Choice state: `And`, `Or` or `Not` of rules, or one comparison of a `Variable`. */
export type ChoiceRule = { readonly [field: string]: Json };

/** What the operand of a comparison has to be, and when the comparison is true. */
interface Comparison {
  readonly isOperand: (value: Json | undefined) => boolean;
  readonly expected: string;
  readonly matches: (value: Json, operand: Json) => boolean;
}

const isText = (value: Json | undefined) => typeof value === 'string';
const isNumber = (value: Json | undefined) => typeof value === 'number';
const isBoolean = (value: Json | undefined) => typeof value === 'boolean';
const instant = (value: Json) => Date.parse(value as string);

/** Orders that text, numbers and time stamps know. Text is ordered by code units, as Java does. */
const ORDERS: Readonly<Record<string, (left: any, right: any) => boolean>> = {
  Equals: (left, right) => left === right,
  LessThan: (left, right) => left < right,
  GreaterThan: (left, right) => left > right,
  LessThanEquals: (left, right) => left <= right,
  GreaterThanEquals: (left, right) => left >= right,
};

/** A value of another type than the operand's matches nothing; it is no error. */
function ordered(
  prefix: string,
  isOperand: Comparison['isOperand'],
  expected: string,
  key: (value: Json) => Json = (value) => value,
): [string, Comparison][] {
  return Object.entries(ORDERS).map(([name, compare]) => [
    `${prefix}${name}`,
    {
      isOperand,
      expected,
      matches: (value, operand) =>
        isOperand(value) && isOperand(operand) && compare(key(value), key(operand)),
    },
  ]);
}

function typeTest(isType: (value: Json) => boolean): Comparison {
  return {
    isOperand: isBoolean,
    expected: 'true or false',
    matches: (value, wanted) => isType(value) === wanted,
  };
}

const withPaths: [string, Comparison][] = [
  ...ordered('String', isText, 'a text'),
  ...ordered('Numeric', isNumber, 'a number'),
  ...ordered('Timestamp', isTimestamp, 'a time stamp', instant),
  [
    'BooleanEquals',
    {
      isOperand: isBoolean,
      expected: 'true or false',
      matches: (value, operand) => value === operand && isBoolean(value),
    },
  ],
];

/** Comparisons that read their operand from the definition. */
export const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ...withPaths,
  [
    'StringMatches',
    {
      isOperand: isText,
      expected: 'a text',
      matches: (value: Json, pattern: Json) =>
        isText(value) && wildcard(pattern as string).test(value as string),
    },
  ],
  ['IsNull', typeTest((value) => value === null)],
  ['IsString', typeTest(isText)],
  ['IsNumeric', typeTest(isNumber)],
  ['IsBoolean', typeTest(isBoolean)],
  ['IsTimestamp', typeTest(isTimestamp)],
]);

/** Comparisons that read their operand from a path: `StringEqualsPath` and so on. */
export const PATH_COMPARISONS: ReadonlyMap<string, Comparison> = new Map(
  withPaths.map(([name, comparison]) => [`${name}Path`, comparison]),
);

/** `*` stands for any characters, `\*` for an asterisk, `\\` for a backslash. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/\\([\\*])|\*+|[\s\S]/g, (found, escaped: string | undefined) => {
    if (escaped === undefined && found.startsWith('*')) return '[\\s\\S]*';
    return (escaped ?? found).replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

/** Whether a rule is true for a state's data. A path that finds nothing is a States.Runtime error, but for IsPresent. */
export function matchesRule(rule: ChoiceRule, data: StateData): boolean {
  if (rule.And) return (rule.And as ChoiceRule[]).every((part) => matchesRule(part, data));
  if (rule.Or) return (rule.Or as ChoiceRule[]).some((part) => matchesRule(part, data));
  if (rule.Not) return !matchesRule(rule.Not as ChoiceRule, data);

  const variable = rule.Variable as string;
  if (rule.IsPresent !== undefined) return (lookUp(variable, data) !== undefined) === rule.IsPresent;
  const value = presentAt(variable, data);
  // The loader has seen that there is exactly one comparison.
  const [name, operand] = Object.entries(rule).find(([field]) => isComparison(field))!;
  const comparison = COMPARISONS.get(name);
  if (comparison) return comparison.matches(value, operand);
  return PATH_COMPARISONS.get(name)!.matches(value, presentAt(operand as string, data));
}

function isComparison(field: string): boolean {
  return COMPARISONS.has(field) || PATH_COMPARISONS.has(field);
}

function presentAt(path: string, data: StateData): Json {
  const value = lookUp(path, data);
  if (value === undefined) {
    throw new RuntimeStateError(
      `Invalid path '${path}': The choice state's condition path references an invalid value.`,
    );
  }
  return value;
}
