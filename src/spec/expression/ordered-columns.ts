import type { BinaryOperator, ColumnNode, ExpressionNode } from './expression';

const ORDERS: ReadonlySet<BinaryOperator> = new Set(['<', '<=', '>', '>=']);

/** The columns whose cells an expression puts in an order, by `<`, `<=`, `>` or `>=`. */
export function orderedColumnsOf(node: ExpressionNode): ColumnNode[] {
  switch (node.kind) {
    case 'literal':
    case 'column':
      return [];
    case 'unary':
      return orderedColumnsOf(node.operand);
    case 'binary': {
      const sides = [node.left, node.right];
      const own = ORDERS.has(node.operator) ? sides.flatMap(passedOn) : [];
      return [...own, ...sides.flatMap(orderedColumnsOf)];
    }
    case 'conditional':
      return [node.test, node.consequent, node.alternate].flatMap(orderedColumnsOf);
    case 'call':
      return node.arguments.flatMap(orderedColumnsOf);
  }
}

/** The columns whose cells are a node's value as they stand. */
function passedOn(node: ExpressionNode): ColumnNode[] {
  if (node.kind === 'column') return [node];
  if (node.kind === 'conditional') return [node.consequent, node.alternate].flatMap(passedOn);
  return node.kind === 'call' && node.name === 'coalesce' ? node.arguments.flatMap(passedOn) : [];
}
