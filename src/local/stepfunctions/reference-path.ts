import { ErrorName, RuntimeStateError } from './state-error';
import { compilePath } from '../json/json-path';
import { getOwn, isObject, setOwn, type Json, type JsonObject } from '../json/json-value';

/** Whether a path can only ever mean one place: what ResultPath, ItemsPath and the like ask for. */
export function isReferencePath(text: string): boolean {
  return compilePath(text).isDefinite;
}

/**
 * The input with the result put at the place that ResultPath names. Objects on the way are made where they lack;
 * the input itself is left as it was. An array's item can be replaced, never added.
 */
export function placeResult(input: Json, resultPath: string, result: Json): Json {
  const place = (node: Json | undefined, depth: number): Json => {
    const selector = compilePath(resultPath).selectors[depth];
    if (selector === undefined) return result;
    if (selector.kind === 'index' && Array.isArray(node) && selector.index in node) {
      return node.map((item, i) => (i === selector.index ? place(item, depth + 1) : item));
    }
    if (selector.kind === 'name' && (node === undefined || isObject(node))) {
      const copy: JsonObject = { ...node };
      setOwn(copy, selector.name, place(node && getOwn(node, selector.name), depth + 1));
      return copy;
    }
    throw new RuntimeStateError(
      `Unable to apply the result at the ResultPath '${resultPath}' to the input '${JSON.stringify(input)}'`,
      ErrorName.RESULT_PATH_MATCH_FAILURE,
    );
  };
  return place(input, 0);
}
