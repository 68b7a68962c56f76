import { ROUNDINGS } from '../decimal/rounding';
import { oneOf } from '../spec-error';
import { ExpressionError, type BinaryNode, type CallNode, type ExpressionNode } from './expression';
import { FUNCTIONS, type FunctionSignature, type Parameter, type ValueKind } from './functions';
import { isComparison, joinedKind, kindOf, literalKind } from './kinds';
import { parseExpression } from './parse-expression';

/** Most digits after the point that a number may be rounded to. */
export const MAX_SCALE = 100;

export interface ExpressionUse {
  /** The kind that the result has to be, if only one will do. */
  readonly result?: 'number' | 'boolean';
  /** Whether the result is rounded to a stated scale, which a plain `/` needs. */
  readonly scaled: boolean;
}

/** Parses an expression and checks everything that can be known without a row. Throws ExpressionError. */
export function checkExpression(text: string, use: ExpressionUse): ExpressionNode {
  const node = parseExpression(text);
  const check = new Check(text, use.scaled);
  check.node(node, true);
  if (use.result !== undefined) check.need(node, use.result);
  return node;
}

/** How messages speak of each kind. */
const KIND_NAMES: Readonly<Record<ValueKind, string>> = {
  number: 'a number',
  text: 'a text',
  boolean: 'true or false',
  null: 'null',
  any: 'a value',
};

class Check {
  constructor(
    private readonly text: string,
    private readonly scaled: boolean,
  ) {}

  /** `outermost`: the node's value is the result itself, so it is what the scale rounds. */
  node(node: ExpressionNode, outermost = false): void {
    switch (node.kind) {
      case 'literal':
      case 'column':
        return;
      case 'unary':
        this.node(node.operand);
        this.need(node.operand, node.operator === '!' ? 'boolean' : 'number');
        return;
      case 'binary':
        this.binary(node, outermost);
        return;
      case 'conditional':
        this.node(node.test);
        this.need(node.test, 'boolean');
        this.node(node.consequent, outermost);
        this.node(node.alternate, outermost);
        return;
      case 'call':
        this.call(node);
    }
  }

  need(node: ExpressionNode, wanted: 'number' | 'boolean'): void {
    const kind = kindOf(node);
    if (kind !== wanted && kind !== 'any') this.fail(node, KIND_NAMES[kind], KIND_NAMES[wanted]);
  }

  private binary(node: BinaryNode, outermost: boolean): void {
    const { operator, left, right } = node;
    this.node(left);
    this.node(right);
    if (isComparison(operator)) return this.comparison(node);
    if (operator === '/' && !(outermost && this.scaled)) this.division(node);
    const wanted = operator === '&&' || operator === '||' ? 'boolean' : 'number';
    this.need(left, wanted);
    this.need(right, wanted);
  }

  private division(node: BinaryNode): never {
    if (this.scaled) this.fail(node, 'a division inside a larger expression', 'div(a, b, scale)');
    return this.fail(
      node,
      'a division without a scale',
      'a scale beside the expression, or div(a, b, scale)',
    );
  }

  private comparison(node: BinaryNode): void {
    const { operator, left, right } = node;
    for (const side of [left, right]) {
      if (side.kind === 'literal' && (side.value === null || side.value === '')) {
        this.fail(
          side,
          `a comparison with ${JSON.stringify(side.value)}`,
          'isNull(...), since an empty cell is null',
        );
      }
    }
    const kinds = [kindOf(left), kindOf(right)];
    const known = joinedKind(kinds.filter((kind) => kind !== 'any'));
    if (known === 'any') {
      this.fail(node, `${KIND_NAMES[kinds[0]]} beside ${KIND_NAMES[kinds[1]]}`, 'two of one kind');
    }
    if (known === 'boolean' && operator !== '==' && operator !== '!=') {
      this.fail(node, `"${operator}" of true or false`, '"==" or "!="');
    }
  }

  private call(node: CallNode): void {
    const { parameters, required, repeats, usage }: FunctionSignature = FUNCTIONS[node.name];
    const count = node.arguments.length;
    if (count < required || (!repeats && count > parameters.length)) {
      this.fail(node, `${count} argument${count === 1 ? '' : 's'} of ${node.name}`, usage);
    }
    node.arguments.forEach((argument, index) => {
      this.node(argument);
      this.argument(argument, parameters[Math.min(index, parameters.length - 1)]);
    });
  }

  private argument(node: ExpressionNode, parameter: Parameter): void {
    if (parameter === 'number') this.need(node, 'number');
    if (parameter === 'scale' && scaleOf(node) === undefined) {
      this.fail(node, this.shown(node), `a whole number from 0 to ${MAX_SCALE}`);
    }
    if (
      parameter === 'rounding' &&
      !ROUNDINGS.some((mode) => node.kind === 'literal' && mode === node.value)
    ) {
      this.fail(node, this.shown(node), oneOf(ROUNDINGS));
    }
  }

  private shown(node: ExpressionNode): string {
    if (node.kind !== 'literal') return 'what is known at run time only';
    const { value } = node;
    return typeof value === 'string' ? JSON.stringify(value) : KIND_NAMES[literalKind(value)];
  }

  private fail(node: ExpressionNode, got: string, expected: string): never {
    throw new ExpressionError(this.text, node.position, got, expected);
  }
}

/** The scale that a literal states; undefined where it is none. */
export function scaleOf(node: ExpressionNode): number | undefined {
  if (node.kind !== 'literal' || typeof node.value !== 'object' || node.value === null) return undefined;
  const { coefficient, scale } = node.value;
  const isScale = typeof coefficient === 'number' && scale === 0 && coefficient <= MAX_SCALE;
  return isScale ? coefficient : undefined;
}
