import { emitNumber, MOST_SCALE, readNumbers, roundingCode } from './numbers';
import type { OPERATION_CODES } from './operation-codes';
import type { PlanBuilder } from './plan-builder';
import { isWellFormed } from './well-formed';
import { scaleOf } from '../../../spec/expression/check-expression';
import type {
  BinaryNode,
  BinaryOperator,
  CallNode,
  ExpressionNode,
  LiteralNode,
} from '../../../spec/expression/expression';
import { isComparison, kindOf } from '../../../spec/expression/kinds';
import type { Rounding } from '../../../spec/transforms/transform-spec';
import type { DivisionScale } from '../../expression/compile-expression';

/** Adds the operations of an expression, and gives the register of what it works out. */
type Emit = (builder: PlanBuilder) => number;

/** Coefficients that the kernel takes. */
const MOST_COEFFICIENT = 10n ** 18n;

const ARITHMETIC: Partial<Record<BinaryOperator, keyof typeof OPERATION_CODES>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
};

/** What holds of two values that are compared: one bit each for below, equal and above. */
const HOLDS: Partial<Record<BinaryOperator, number>> = { '<': 1, '==': 2, '>': 4, '<=': 3, '>=': 6, '!=': 5 };

/** Plans an expression that is a number; undefined where the kernel does not know how to work it out. */
export function planNumber(node: ExpressionNode, division: DivisionScale = {}): Emit | undefined {
  switch (node.kind) {
    case 'literal':
      return planLiteral(node);
    case 'column':
      return (builder) => readNumbers(builder, builder.column(node.name));
    case 'unary': {
      if (node.operator === '!') return undefined;
      const operand = planNumber(node.operand);
      if (!operand || node.operator === '+') return operand;
      return (builder) => emitNumber(builder, 'negate', operand(builder));
    }
    case 'binary': {
      const { scale, rounding } = division;
      if (node.operator === '/' && scale !== undefined) {
        return planDivision(node.left, node.right, scale, rounding);
      }
      const code = ARITHMETIC[node.operator];
      return code && pair(code, planNumber(node.left), planNumber(node.right));
    }
    case 'conditional':
      return undefined;
    case 'call':
      return planCall(node);
  }
}

/** Plans an expression that is true or false; undefined where the kernel does not know how to work it out. */
export function planCondition(node: ExpressionNode): Emit | undefined {
  if (node.kind === 'unary' && node.operator === '!') {
    const operand = planCondition(node.operand);
    return operand && ((builder) => emitNumber(builder, 'negateConditions', operand(builder)));
  }
  if (node.kind === 'call' && node.name === 'isNull') return planIsNull(node);
  if (node.kind !== 'binary') return undefined;
  const { operator, left, right } = node;
  if (operator === '&&' || operator === '||') {
    return pair('joinConditions', planCondition(left), planCondition(right), operator === '||' ? 1 : 0);
  }
  return isComparison(operator) ? planComparison(node) : undefined;
}

function pair(
  code: keyof typeof OPERATION_CODES,
  left: Emit | undefined,
  right: Emit | undefined,
  parameter = 0,
): Emit | undefined {
  return left && right && ((builder) => emitNumber(builder, code, left(builder), right(builder), parameter));
}

function planLiteral({ value }: LiteralNode): Emit | undefined {
  if (typeof value !== 'object' || !value) return undefined;
  const coefficient = BigInt(value.coefficient);
  if (value.scale > MOST_SCALE || coefficient > MOST_COEFFICIENT) return undefined;
  return (builder) => builder.constantRegister(coefficient, value.scale);
}

function planDivision(
  left: ExpressionNode,
  right: ExpressionNode,
  scale: number,
  rounding?: Rounding,
): Emit | undefined {
  if (scale > MOST_SCALE) return undefined;
  return pair('divide', planNumber(left), planNumber(right), scale + 256 * roundingCode(rounding));
}

function planCall({ name, arguments: [first, ...others] }: CallNode): Emit | undefined {
  if (name === 'round') {
    const [scaleNode, mode] = others;
    const scale = scaleOf(scaleNode)!;
    const number = planNumber(first);
    if (!number || scale > MOST_SCALE) return undefined;
    return (builder) => emitNumber(builder, 'round', number(builder), scale, roundingCode(roundingOf(mode)));
  }
  if (name !== 'div') return undefined;
  const [divisor, scaleNode, mode] = others;
  return planDivision(first, divisor, scaleOf(scaleNode)!, roundingOf(mode));
}

function roundingOf(node: ExpressionNode | undefined): Rounding | undefined {
  return node && ((node as LiteralNode).value as Rounding);
}

function planIsNull({ arguments: [argument] }: CallNode): Emit | undefined {
  if (argument.kind !== 'column') return undefined;
  return (builder) => emitNumber(builder, 'findMissing', builder.slotOf(builder.column(argument.name)));
}

/** Numbers beside numbers or cells, and whether a cell is just a text. What two cells are, each row says anew. */
function planComparison({ operator, left, right }: BinaryNode): Emit | undefined {
  const holds = HOLDS[operator]!;
  const isNumber = (node: ExpressionNode) => kindOf(node) === 'number';
  const isNumeric = (node: ExpressionNode) => isNumber(node) || node.kind === 'column';
  if (isNumeric(left) && isNumeric(right) && (isNumber(left) || isNumber(right))) {
    return pair('compareNumbers', planNumber(left), planNumber(right), holds);
  }
  if (left.kind === 'literal' && right.kind === 'column') {
    return planTextComparison(right.name, left, operator);
  }
  return left.kind === 'column' && right.kind === 'literal'
    ? planTextComparison(left.name, right, operator)
    : undefined;
}

function planTextComparison(
  name: string,
  { value }: LiteralNode,
  operator: BinaryOperator,
): Emit | undefined {
  // The order of texts is that of UTF-16, which the bytes do not have.
  if (typeof value !== 'string' || !isWellFormed(value) || (operator !== '==' && operator !== '!=')) {
    return undefined;
  }
  return (builder) => {
    const slot = builder.slotOf(builder.column(name));
    return emitNumber(builder, 'compareTexts', slot, 0, HOLDS[operator]!, builder.text(value));
  };
}
