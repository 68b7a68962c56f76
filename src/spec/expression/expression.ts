import type { FunctionName } from './functions';
import type { Decimal } from '../decimal/decimal';

/** What an expression can work out: null is a missing cell. */
export type Value = Decimal | string | boolean | null;

export const BINARY_OPERATORS = [
  '||',
  '&&',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

export type UnaryOperator = '-' | '+' | '!';

interface Positioned {
  /** Character of the expression's text, from 1. */
  readonly position: number;
}
export interface LiteralNode extends Positioned {
  readonly kind: 'literal';
  readonly value: Value;
}
export interface ColumnNode extends Positioned {
  readonly kind: 'column';
  readonly name: string;
}
export interface UnaryNode extends Positioned {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: ExpressionNode;
}
export interface BinaryNode extends Positioned {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}
export interface ConditionalNode extends Positioned {
  readonly kind: 'conditional';
  readonly test: ExpressionNode;
  readonly consequent: ExpressionNode;
  readonly alternate: ExpressionNode;
}
export interface CallNode extends Positioned {
  readonly kind: 'call';
  readonly name: FunctionName;
  readonly arguments: readonly ExpressionNode[];
}

/** A parsed expression: a tree that is walked, never code. */
export type ExpressionNode = LiteralNode | ColumnNode | UnaryNode | BinaryNode | ConditionalNode | CallNode;

/** Why a text is no expression, and where. */
export class ExpressionError extends Error {
  constructor(
    readonly text: string,
    readonly position: number,
    readonly got: string,
    readonly expected: string,
  ) {
    super(`got ${got} at character ${position} of ${JSON.stringify(text)}, expected ${expected}`);
    this.name = 'ExpressionError';
  }
}

/** The columns that an expression reads, in the order of its text. */
export function columnsOf(node: ExpressionNode): ColumnNode[] {
  switch (node.kind) {
    case 'literal':
      return [];
    case 'column':
      return [node];
    case 'unary':
      return columnsOf(node.operand);
    case 'binary':
      return [...columnsOf(node.left), ...columnsOf(node.right)];
    case 'conditional':
      return [node.test, node.consequent, node.alternate].flatMap(columnsOf);
    case 'call':
      return node.arguments.flatMap(columnsOf);
  }
}
