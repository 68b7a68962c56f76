import type { Compiler, Evaluate } from './compile-expression';
import { booleanOf, numberOf, type Origin } from './conversions';
import { compare, parseDecimal } from '../../spec/decimal';
import type { BinaryNode, BinaryOperator, ExpressionNode, Value } from '../../spec/expression/expression';
import { kindOf } from '../../spec/expression/kinds';

/** What each comparison makes of an order: below zero, zero or above zero. */
const HOLDS: Readonly<Partial<Record<BinaryOperator, (order: number) => boolean>>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

type Order = (a: NonNullable<Value>, b: NonNullable<Value>) => number;

/**
 * Compiles a comparison. Beside a number both sides are numbers, beside true or false both are that, beside a text both
 * are texts. Two cells are compared as numbers where both are numbers, else as texts, so ISO dates stand in their order.
 */
export function compileComparison(compiler: Compiler, { operator, left, right }: BinaryNode): Evaluate {
  const [a, b] = [compiler.compile(left), compiler.compile(right)];
  const holds = HOLDS[operator]!;
  const order = orderOf(left, right);
  return (columns, row) => {
    const x = a(columns, row);
    const y = b(columns, row);
    return x === null || y === null ? null : holds(order(x, y));
  };
}

function orderOf(left: ExpressionNode, right: ExpressionNode): Order {
  const [leftOrigin, rightOrigin] = [originOf(left), originOf(right)];
  const textual = [left, right].some((side) => kindOf(side) === 'text');
  return (a, b) => {
    if (typeof a === 'boolean' || typeof b === 'boolean') {
      return Number(booleanOf(a, leftOrigin)) - Number(booleanOf(b, rightOrigin));
    }
    if (typeof a === 'string' && typeof b === 'string') return textual ? textOrder(a, b) : cellOrder(a, b);
    return compare(numberOf(a, leftOrigin)!, numberOf(b, rightOrigin)!);
  };
}

export function originOf(node: ExpressionNode): Origin {
  return node.kind === 'column' ? { column: node.name } : {};
}

function textOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function cellOrder(a: string, b: string): number {
  const x = parseDecimal(a);
  const y = x && parseDecimal(b);
  return x && y ? compare(x, y) : textOrder(a, b);
}
