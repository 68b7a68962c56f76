import { createHash, randomInt, randomUUID } from 'node:crypto';
import { isEqualJson, isObject, type Json, type JsonObject } from '../../json/json-value';

/** A function of the language: how many arguments it takes and what it makes of them. */
export interface IntrinsicFunction {
  readonly arity: readonly [number, number];
  /** Throws an Error whose message says what is wrong with the arguments. */
  call(args: readonly Json[]): Json;
}

/** AWS's limits: characters that Base64 and hash functions take, items that States.ArrayRange makes. */
const LONGEST_TEXT = 10_000;
const LONGEST_RANGE = 1_000;
const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/**
 * Every intrinsic function but States.Format, whose template has to be seen before its escapes are taken away.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export const INTRINSIC_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Format': { arity: [1, Infinity], call: ([template, ...values]) => format(text(template), values) },
  'States.StringToJson': { arity: [1, 1], call: ([json]) => JSON.parse(text(json)) as Json },
  'States.JsonToString': { arity: [1, 1], call: ([value]) => JSON.stringify(value) },
  'States.Array': { arity: [0, Infinity], call: (items) => [...items] },
  'States.ArrayPartition': { arity: [2, 2], call: ([items, size]) => partition(array(items), count(size)) },
  'States.ArrayContains': {
    arity: [2, 2],
    call: ([items, wanted]) => array(items).some((item) => isEqualJson(item, wanted)),
  },
  'States.ArrayRange': {
    arity: [3, 3],
    call: ([first, last, step]) => range(integer(first), integer(last), integer(step)),
  },
  'States.ArrayGetItem': { arity: [2, 2], call: ([items, index]) => itemAt(array(items), integer(index)) },
  'States.ArrayLength': { arity: [1, 1], call: ([items]) => array(items).length },
  'States.ArrayUnique': {
    arity: [1, 1],
    call: ([items]) =>
      array(items).filter((item, i, all) => all.findIndex((other) => isEqualJson(item, other)) === i),
  },
  'States.Base64Encode': {
    arity: [1, 1],
    call: ([data]) => Buffer.from(limitedText(data), 'utf8').toString('base64'),
  },
  'States.Base64Decode': {
    arity: [1, 1],
    call: ([data]) => Buffer.from(limitedText(data), 'base64').toString('utf8'),
  },
  'States.Hash': { arity: [2, 2], call: ([data, algorithm]) => hash(data, text(algorithm)) },
  'States.JsonMerge': {
    arity: [3, 3],
    call: ([left, right, isDeep]) => {
      if (isDeep !== false) {
        throw new Error('only shallow merging is supported, whose third argument is false');
      }
      return { ...object(left), ...object(right) };
    },
  },
  'States.MathRandom': {
    arity: [2, 3],
    call: ([first, end, seed]) => random(integer(first), integer(end), seed),
  },
  'States.MathAdd': { arity: [2, 2], call: ([left, right]) => int32(integer(left) + integer(right)) },
  'States.StringSplit': {
    arity: [2, 2],
    call: ([value, delimiters]) => split(text(value), [...text(delimiters)]),
  },
  'States.UUID': { arity: [0, 0], call: () => randomUUID() },
};

/** Puts values in the place of each `{}`. A brace behind a backslash is a brace. */
export function format(template: string, values: readonly Json[]): string {
  let next = 0;
  const formatted = template.replace(/\\(['{}\\])|\{\}/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    const value = values[next++];
    if (value === undefined) return found;
    if (typeof value === 'object' && value !== null) {
      throw new Error('a list or an object cannot be formatted');
    }
    return String(value);
  });
  if (next !== values.length) throw new Error(`the template has ${next} places for ${values.length} values`);
  return formatted;
}

function partition(items: Json[], size: number): Json[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

function range(first: number, last: number, step: number): Json[] {
  if (step === 0) throw new Error('the step of a range cannot be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > LONGEST_RANGE) throw new Error(`a range has at most ${LONGEST_RANGE} items, not ${length}`);
  return Array.from({ length }, (_, i) => first + i * step);
}

function itemAt(items: Json[], index: number): Json {
  if (!(index in items)) throw new Error(`the index ${index} is outside the list of ${items.length} items`);
  return items[index];
}

function hash(data: Json, algorithm: string): string {
  if (!Object.hasOwn(HASHES, algorithm)) {
    throw new Error(`the algorithm '${algorithm}' is none of ${Object.keys(HASHES).join(', ')}`);
  }
  const bytes = limitedText(typeof data === 'string' ? data : JSON.stringify(data));
  return createHash(HASHES[algorithm]).update(bytes, 'utf8').digest('hex');
}

/** The first number is included, the last is not. The same seed gives the same number. */
function random(first: number, end: number, seed: Json | undefined): number {
  if (first >= end) throw new Error(`there is no number from ${first} to below ${end}`);
  if (seed === undefined) return randomInt(first, end);
  const drawn = createHash('sha256')
    .update(String(integer(seed)))
    .digest()
    .readUInt32BE(0);
  return first + Math.floor((drawn / 2 ** 32) * (end - first));
}

/** Every one of the delimiters parts the text; nothing between two of them is no part. */
function split(value: string, delimiters: readonly string[]): string[] {
  let parts = [value];
  for (const delimiter of delimiters) parts = parts.flatMap((part) => part.split(delimiter));
  return parts.filter((part) => part !== '');
}

function text(value: Json): string {
  if (typeof value !== 'string') throw new Error(`expected a text, got ${JSON.stringify(value)}`);
  return value;
}

function limitedText(value: Json): string {
  const limited = text(value);
  if (limited.length > LONGEST_TEXT) {
    throw new Error(`a text of more than ${LONGEST_TEXT} characters is refused`);
  }
  return limited;
}

function array(value: Json): Json[] {
  if (!Array.isArray(value)) throw new Error(`expected a list, got ${JSON.stringify(value)}`);
  return value;
}

function object(value: Json): JsonObject {
  if (!isObject(value)) throw new Error(`expected an object, got ${JSON.stringify(value)}`);
  return value;
}

/** A number; AWS rounds one that is not whole. */
function integer(value: Json): number {
  if (typeof value !== 'number') throw new Error(`expected a number, got ${JSON.stringify(value)}`);
  return int32(Math.round(value));
}

function int32(value: number): number {
  if (value < -(2 ** 31) || value >= 2 ** 31) throw new Error(`${value} is beyond the 32 bits of an integer`);
  return value;
}

function count(value: Json): number {
  const size = integer(value);
  if (size < 1) throw new Error(`expected a number above 0, got ${size}`);
  return size;
}
