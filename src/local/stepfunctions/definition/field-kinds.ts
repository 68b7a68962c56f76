import { compilePath } from '../../json/json-path';
import { isObject, type Json } from '../../json/json-value';
import { checkTemplate } from '../payload-template';
import { isReferencePath } from '../reference-path';

/** Throws an Error that says what a field's value should be. */
export type FieldCheck = (value: Json) => void;

function expect(isRight: boolean, expected: string, value: Json): void {
  if (!isRight) throw new Error(`expected ${expected}, got ${JSON.stringify(value)}`);
}

const text: FieldCheck = (value) => expect(typeof value === 'string', 'a text', value);
const flag: FieldCheck = (value) => expect(typeof value === 'boolean', 'true or false', value);
const whole =
  (least: number): FieldCheck =>
  (value) =>
    expect(Number.isInteger(value) && (value as number) >= least, `a whole number from ${least} up`, value);
const number =
  (least: number, most: number): FieldCheck =>
  (value) =>
    expect(
      typeof value === 'number' && value >= least && value <= most,
      `a number from ${least} to ${most}`,
      value,
    );

const path: FieldCheck = (value) => {
  expect(typeof value === 'string' && value.startsWith('$'), 'a path that begins with $', value);
  compilePath((value as string).replace(/^\$\$/, '$'));
};

const referencePath: FieldCheck = (value) => {
  path(value);
  expect(isReferencePath((value as string).replace(/^\$\$/, '$')), 'a path to one place', value);
};

/** ResultPath writes, so it can neither name the context object nor count from the end of a list. */
const resultPath: FieldCheck = (value) => {
  referencePath(value);
  expect(!(value as string).startsWith('$$'), 'a path into the input, not into the context object', value);
};

const orNull =
  (check: FieldCheck): FieldCheck =>
  (value) =>
    value === null || check(value);

const timestamp: FieldCheck = (value) =>
  expect(isTimestamp(value), 'a time stamp such as 2026-01-31T09:00:00Z', value);

const template: FieldCheck = checkTemplate;
const objectTemplate: FieldCheck = (value) => {
  expect(isObject(value), 'an object', value);
  checkTemplate(value);
};

/** A path, or an intrinsic function, in a field that takes both. */
const pathOrIntrinsic: FieldCheck = (value) => {
  text(value);
  checkTemplate({ 'value.$': value });
};

const list: FieldCheck = (value) =>
  expect(Array.isArray(value) && value.length > 0, 'a list that is not empty', value);
const errorNames: FieldCheck = (value) => {
  list(value);
  (value as Json[]).forEach(text);
  const names = value as string[];
  expect(!names.includes('States.ALL') || names.length === 1, 'States.ALL alone', value);
};
const oneOf =
  (...allowed: string[]): FieldCheck =>
  (value) =>
    expect(allowed.includes(value as string), allowed.join(' or '), value);
const any: FieldCheck = () => undefined;

/** The kinds of values that fields of the language take. */
export const Kind = {
  any,
  errorNames,
  flag,
  list,
  number,
  objectTemplate,
  oneOf,
  orNull,
  path,
  pathOrIntrinsic,
  referencePath,
  resultPath,
  template,
  text,
  timestamp,
  whole,
};

/** RFC 3339 as the language profiles it: upper-case T, and Z or an offset. */
export function isTimestamp(value: Json | undefined): value is string {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}
