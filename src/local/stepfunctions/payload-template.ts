import { evaluateIntrinsic } from './intrinsics/evaluate-intrinsic';
import { parseIntrinsic } from './intrinsics/intrinsic-syntax';
import { RuntimeStateError } from './state-error';
import { compilePath, queryPath } from '../json/json-path';
import { isObject, setOwn, type Json, type JsonObject } from '../json/json-value';

/** What paths of a state look at: `$` and `$$`. */
export interface StateData {
  readonly input: Json;
  readonly context: JsonObject;
}

/** The field suffix that makes a value a path or an intrinsic function. */
const DYNAMIC = '.$';

/** Checks a payload template when it is loaded: every dynamic field must be a path or a known function. */
export function checkTemplate(template: Json): void {
  if (Array.isArray(template)) return template.forEach(checkTemplate);
  if (!isObject(template)) return;
  for (const [name, value] of Object.entries(template)) {
    if (name.endsWith(DYNAMIC)) {
      checkExpression(name, value);
    } else {
      checkTemplate(value);
    }
  }
}

function checkExpression(name: string, value: Json): void {
  if (typeof value !== 'string') {
    throw new Error(`the value of '${name}' must be a text, got ${JSON.stringify(value)}`);
  }
  if (value.startsWith('$')) {
    compilePath(value.startsWith('$$') ? value.slice(1) : value);
  } else if (value.startsWith('States.')) {
    parseIntrinsic(value);
  } else {
    throw new Error(`the value of '${name}' must be a path or an intrinsic function, got '${value}'`);
  }
}

/** Fills a payload template (Parameters, ResultSelector, ItemSelector) from a state's data. */
export function fillTemplate(template: Json, data: StateData): Json {
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, data));
  if (!isObject(template)) return template;
  const filled: JsonObject = {};
  for (const [name, value] of Object.entries(template)) {
    if (name.endsWith(DYNAMIC)) {
      setOwn(filled, name.slice(0, -DYNAMIC.length), evaluate(name, value as string, data));
    } else {
      setOwn(filled, name, fillTemplate(value, data));
    }
  }
  return filled;
}

function evaluate(field: string, expression: string, data: StateData): Json {
  if (!expression.startsWith('$')) return evaluateIntrinsic(parseIntrinsic(expression), data);
  const value = lookUp(expression, data);
  if (value !== undefined) return value;
  const searched = expression.startsWith('$$') ? data.context : data.input;
  throw new RuntimeStateError(
    `The JSONPath '${expression}' specified for the field '${field}' could not be found in the input '${JSON.stringify(searched)}'`,
  );
}

/** The value at a path into the input (`$`) or the context object (`$$`); undefined where there is none. */
export function lookUp(path: string, data: StateData): Json | undefined {
  return path.startsWith('$$')
    ? queryPath(compilePath(path.slice(1)), data.context)
    : queryPath(compilePath(path), data.input);
}

/** The value at a path that has to be there. */
export function requirePath(field: string, path: string, data: StateData): Json {
  const value = lookUp(path, data);
  if (value === undefined) {
    throw new RuntimeStateError(`Invalid path '${path}' of ${field}: it finds nothing in the input`);
  }
  return value;
}
