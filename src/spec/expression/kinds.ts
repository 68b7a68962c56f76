import type { ExpressionNode, Value } from './expression';
import { FUNCTIONS, type ValueKind } from './functions';

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

export function isComparison(operator: string): boolean {
  return COMPARISONS.has(operator);
}

/** The kind that a value has which is one of several; null leaves the kind of the others. */
export function joinedKind(kinds: readonly ValueKind[]): ValueKind {
  const known = [...new Set(kinds.filter((kind) => kind !== 'null'))];
  if (known.length === 0) return 'null';
  return known.length === 1 ? known[0] : 'any';
}

export function literalKind(value: Value): ValueKind {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : 'number';
}

/** What is known of an expression's value before any row is read. */
export function kindOf(node: ExpressionNode): ValueKind {
  switch (node.kind) {
    case 'literal':
      return literalKind(node.value);
    case 'column':
      return 'any';
    case 'unary':
      return node.operator === '!' ? 'boolean' : 'number';
    case 'binary': {
      const { operator } = node;
      return operator === '&&' || operator === '||' || isComparison(operator) ? 'boolean' : 'number';
    }
    case 'conditional':
      return joinedKind([kindOf(node.consequent), kindOf(node.alternate)]);
    case 'call':
      return node.name === 'coalesce' ? joinedKind(node.arguments.map(kindOf)) : FUNCTIONS[node.name].result;
  }
}
