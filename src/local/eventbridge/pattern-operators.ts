import { BlockList, isIP } from 'node:net';
import { isObject, type Json } from '../json/json-value';
import { NotProvidedError } from '../services';

/** A value at the leaf of an event; undefined where the event has no such field. */
type Leaf = string | number | boolean | null | undefined;

export type Matcher = (value: Leaf) => boolean;

/** Makes a matcher of an operator's operand. Throws an Error that says what the operand should be. */
type Operator = (operand: Json) => Matcher;

/** Operators by the name that a pattern gives them. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  prefix: (operand) => affix(operand, (value, part) => value.startsWith(part)),
  suffix: (operand) => affix(operand, (value, part) => value.endsWith(part)),
  'equals-ignore-case': (operand) => equalsIgnoreCase(text(operand)),
  wildcard: (operand) => wildcard(text(operand)),
  'anything-but': anythingBut,
  numeric,
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw new Error('true or false');
    return (value) => (value !== undefined) === operand;
  },
  cidr,
};

/** What may stand inside `anything-but` beside plain values. */
const NEGATABLE = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];

/** Reads one entry of a leaf's list: a plain value or `{ operator: operand }`. */
export function parseMatcher(entry: Json, where: string): Matcher {
  if (Array.isArray(entry)) throw new Error(`${where} has a list inside its list`);
  if (!isObject(entry)) return (value) => value === entry;
  const names = Object.keys(entry);
  if (names.length !== 1) {
    throw new Error(`${where} has an entry of ${names.length} operators where one belongs`);
  }
  const [name] = names;
  if (!Object.hasOwn(OPERATORS, name)) throw new NotProvidedError(`the operator '${name}' of ${where}`);
  try {
    return OPERATORS[name](entry[name]);
  } catch (problem) {
    if (problem instanceof NotProvidedError) throw problem;
    const expected = (problem as Error).message;
    throw new Error(`${where}: '${name}' takes ${expected}, got ${JSON.stringify(entry[name])}`);
  }
}

function text(operand: Json): string {
  if (typeof operand !== 'string') throw new Error('a text');
  return operand;
}

function affix(operand: Json, isAffix: (value: string, part: string) => boolean): Matcher {
  const ignoresCase = isObject(operand) && Object.keys(operand).join() === 'equals-ignore-case';
  const part = text(ignoresCase ? operand['equals-ignore-case'] : operand);
  const fold = (value: string) => (ignoresCase ? value.toLowerCase() : value);
  return (value) => typeof value === 'string' && isAffix(fold(value), fold(part));
}

function equalsIgnoreCase(part: string): Matcher {
  return (value) => typeof value === 'string' && value.toLowerCase() === part.toLowerCase();
}

/** `*` stands for any characters; `\*` and `\\` for themselves. Two in a row are refused, as AWS does. */
function wildcard(pattern: string): Matcher {
  if (/(?<!\\)(\\\\)*\*\*/.test(pattern)) throw new Error('a text without two asterisks in a row');
  const source = pattern.replace(/\\([\\*])|\*|[\s\S]/g, (found, escaped: string | undefined) =>
    found === '*' ? '[\\s\\S]*' : (escaped ?? found).replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&'),
  );
  const expression = new RegExp(`^${source}$`);
  return (value) => typeof value === 'string' && expression.test(value);
}

/** Matches a field that is there and whose value is none of these. */
function anythingBut(operand: Json): Matcher {
  const excluded = isObject(operand) ? negated(operand) : plain(operand);
  return (value) => value !== undefined && !excluded.some((matches) => matches(value));
}

function plain(operand: Json): Matcher[] {
  const values = Array.isArray(operand) ? operand : [operand];
  if (
    values.length === 0 ||
    !values.every((value) => typeof value === 'string' || typeof value === 'number')
  ) {
    throw new Error('a text, a number, a list of them, or one further operator');
  }
  return values.map((wanted) => (value) => value === wanted);
}

function negated(operand: { [name: string]: Json }): Matcher[] {
  const [name, ...others] = Object.keys(operand);
  if (others.length > 0 || !NEGATABLE.includes(name)) {
    throw new NotProvidedError(`the operator '${[name, ...others].join(', ')}' inside 'anything-but'`);
  }
  const parts = Array.isArray(operand[name]) ? operand[name] : [operand[name]];
  return parts.map((part) => OPERATORS[name](part));
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** `["=", 5]` or `[">", 0, "<=", 5]`. */
function numeric(operand: Json): Matcher {
  const parts = Array.isArray(operand) ? operand : [];
  const isComparison = (comparison: Json, limit: Json) =>
    typeof comparison === 'string' && Object.hasOwn(COMPARISONS, comparison) && typeof limit === 'number';
  const pairs = parts.flatMap((part, i) => (i % 2 === 0 ? [[part, parts[i + 1]] as const] : []));
  if (
    pairs.length < 1 ||
    pairs.length > 2 ||
    !pairs.every(([comparison, limit]) => isComparison(comparison, limit))
  ) {
    throw new Error('a list of one or two comparisons such as [">", 0, "<=", 5]');
  }
  return (value) =>
    typeof value === 'number' &&
    pairs.every(([comparison, limit]) => COMPARISONS[comparison as string](value, limit as number));
}

/** Addresses of a block such as `10.0.0.0/24`. */
function cidr(operand: Json): Matcher {
  const [network, prefix] = String(operand).split('/');
  const version = isIP(network);
  const block = new BlockList();
  if (version === 0 || !/^\d+$/.test(prefix ?? '') || Number(prefix) > (version === 6 ? 128 : 32)) {
    throw new Error('a block of addresses such as 10.0.0.0/24');
  }
  block.addSubnet(network, Number(prefix), version === 6 ? 'ipv6' : 'ipv4');
  return (value) => {
    const family = isIP(String(value));
    return family !== 0 && block.check(String(value), family === 6 ? 'ipv6' : 'ipv4');
  };
}
