import { evaluateFilter } from './filter';
import { getOwn, isObject, type Json } from './json-value';
import { parsePath, type Selector } from './path-syntax';

/** A compiled JsonPath. A definite one selects one value at most; any other gives a list. */
export interface JsonPath {
  readonly text: string;
  readonly isDefinite: boolean;
  readonly selectors: readonly Selector[];
}

const compiled = new Map<string, JsonPath>();

/** Parses a path that begins with `$`, without the second `$` of a context path. Throws a PathSyntaxError. */
export function compilePath(text: string): JsonPath {
  let path = compiled.get(text);
  if (!path) {
    const selectors = parsePath(text);
    const isDefinite = selectors.every((selector) => selector.kind === 'name' || selector.kind === 'index');
    path = { text, selectors, isDefinite };
    compiled.set(text, path);
  }
  return path;
}

/** The value a definite path points at (undefined: nothing there), or the list that any other path selects. */
export function queryPath(path: JsonPath, root: Json): Json | undefined {
  const found = select(path.selectors, root, root);
  return path.isDefinite ? found[0] : found;
}

/** All values that the selectors find below a node. Filters may look at the root. */
export function select(selectors: readonly Selector[], node: Json, root: Json): Json[] {
  let nodes: Json[] = [node];
  for (const selector of selectors) {
    nodes = nodes.flatMap((each) => step(selector, each, root));
  }
  return nodes;
}

function step(selector: Selector, node: Json, root: Json): Json[] {
  switch (selector.kind) {
    case 'name':
      return isObject(node) ? present(getOwn(node, selector.name)) : [];
    case 'index':
      return Array.isArray(node) ? present(node.at(selector.index)) : [];
    case 'wildcard':
      return children(node);
    case 'slice':
      return Array.isArray(node) ? slice(node, selector) : [];
    case 'union':
      return selector.members.flatMap((member) => step(member, node, root));
    case 'filter':
      return children(node).filter((child) => evaluateFilter(selector.expression, child, root));
    case 'descendants':
      return descendants(node).flatMap((each) => step(selector.selector, each, root));
  }
}

function present(value: Json | undefined): Json[] {
  return value === undefined ? [] : [value];
}

function children(node: Json): Json[] {
  if (Array.isArray(node)) return node;
  return isObject(node) ? Object.values(node) : [];
}

function descendants(node: Json): Json[] {
  return [node, ...children(node).flatMap(descendants)];
}

function slice(
  items: Json[],
  { start, end, stride }: { start?: number; end?: number; stride: number },
): Json[] {
  return items.slice(start, end).filter((_, i) => i % stride === 0);
}
