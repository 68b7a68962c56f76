import { select } from './json-path';
import { isEqualJson, type Json } from './json-value';
import { parseSelectors, type Selector } from './path-syntax';
import type { TextReader } from './text-reader';

/** What stands in `[?(...)]`: comparisons of paths and literals. It is data; nothing of it is run as code. */
export type Filter =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: Operand };

type Operand =
  | { readonly kind: 'path'; readonly from: '@' | '$'; readonly selectors: readonly Selector[] }
  | { readonly kind: 'literal'; readonly value: Json };

const COMPARISONS: Readonly<Record<string, (left: Json | undefined, right: Json | undefined) => boolean>> = {
  '==': (left, right) => isEqualJson(left, right),
  '!=': (left, right) => !isEqualJson(left, right),
  '<=': (left, right) => isOrdered(left, right) && left! <= right!,
  '>=': (left, right) => isOrdered(left, right) && left! >= right!,
  '<': (left, right) => isOrdered(left, right) && left! < right!,
  '>': (left, right) => isOrdered(left, right) && left! > right!,
};

function isOrdered(left: Json | undefined, right: Json | undefined): boolean {
  return typeof left === typeof right && (typeof left === 'number' || typeof left === 'string');
}

export function parseFilter(reader: TextReader): Filter {
  return chain(reader, '||', 'or', () => chain(reader, '&&', 'and', () => parseTerm(reader)));
}

function chain(reader: TextReader, token: string, kind: 'or' | 'and', parse: () => Filter): Filter {
  const parts: Filter[] = [];
  do {
    parts.push(parse());
    reader.skipSpace();
  } while (reader.accept(token));
  return parts.length === 1 ? parts[0] : { kind, parts };
}

function parseTerm(reader: TextReader): Filter {
  reader.skipSpace();
  if (reader.accept('!')) return { kind: 'not', part: parseTerm(reader) };
  if (reader.accept('(')) {
    const inner = parseFilter(reader);
    reader.expect(')');
    return inner;
  }
  const left = parseOperand(reader);
  reader.skipSpace();
  const operator = Object.keys(COMPARISONS).find((token) => reader.accept(token));
  if (!operator) return { kind: 'exists', operand: left };
  reader.skipSpace();
  return { kind: 'compare', operator, left, right: parseOperand(reader) };
}

function parseOperand(reader: TextReader): Operand {
  for (const from of ['@', '$'] as const) {
    if (reader.accept(from)) return { kind: 'path', from, selectors: parseSelectors(reader) };
  }
  const quoted = reader.acceptQuoted();
  if (quoted !== undefined) return { kind: 'literal', value: quoted };
  const word = reader.takeWhile(/[-+.\w]/);
  try {
    return { kind: 'literal', value: JSON.parse(word) as Json };
  } catch {
    throw reader.error(`has '${word}' in its filter, which is neither a path nor a literal`);
  }
}

/** Whether a value passes the filter. */
export function evaluateFilter(filter: Filter, current: Json, root: Json): boolean {
  switch (filter.kind) {
    case 'or':
      return filter.parts.some((part) => evaluateFilter(part, current, root));
    case 'and':
      return filter.parts.every((part) => evaluateFilter(part, current, root));
    case 'not':
      return !evaluateFilter(filter.part, current, root);
    case 'exists':
      return operandValue(filter.operand, current, root) !== undefined;
    case 'compare': {
      const compare = COMPARISONS[filter.operator];
      return compare(operandValue(filter.left, current, root), operandValue(filter.right, current, root));
    }
  }
}

function operandValue(operand: Operand, current: Json, root: Json): Json | undefined {
  if (operand.kind === 'literal') return operand.value;
  return select(operand.selectors, operand.from === '@' ? current : root, root)[0];
}
