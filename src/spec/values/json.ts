import { isObject } from '../spec-reader';
import { jsonKey, parseJson } from './json-text';
import {
  COLLECTION_CONSTRAINTS,
  formatsOf,
  GENERAL_CONSTRAINTS,
  unordered,
  type ValueType,
} from './value-type';

function jsonType(is: (value: unknown) => boolean, length: (value: object) => number): ValueType {
  return {
    properties: [],
    constraints: [...GENERAL_CONSTRAINTS, ...COLLECTION_CONSTRAINTS],
    formatProblem: formatsOf(),
    reader: () => ({
      read: (text) => {
        const value = parseJson(text);
        return is(value) ? value : undefined;
      },
      length,
      ...unordered(jsonKey),
    }),
  };
}

/** A JSON object; its length is the number of its members. */
export const OBJECT = jsonType(isObject, (value) => Object.keys(value).length);

/** A JSON array; its length is the number of its items. */
export const ARRAY = jsonType(Array.isArray, (value) => (value as unknown[]).length);
