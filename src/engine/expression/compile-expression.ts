import {
  add,
  divide,
  multiply,
  negate,
  parseDecimalBytes,
  remainder,
  subtract,
  type Decimal,
} from '../../spec/decimal';
import type {
  BinaryNode,
  CallNode,
  ConditionalNode,
  ExpressionNode,
  UnaryNode,
  Value,
} from '../../spec/expression/expression';
import { isComparison } from '../../spec/expression/kinds';
import { parseExpression } from '../../spec/expression/parse-expression';
import type { Rounding } from '../../spec/transforms/transform-spec';
import { cellText } from '../batch';
import { compileComparison } from './comparison';
import { toBoolean, toNumber, type EvaluateAs } from './conversions';
import { divisionByZero } from './evaluation-error';
import { compileCall } from './functions';

export type Evaluate = EvaluateAs<Value>;

/** Digits that a plain division is rounded to. */
export interface DivisionScale {
  readonly scale?: number;
  readonly rounding?: Rounding;
}

/**
 * Compiles a checked expression to closures over the cells of a row; no text of it becomes code. An empty cell is null,
 * and null makes the result null, but for coalesce, isNull, and `&&` and `||` where the other side decides (as in SQL).
 */
export function compileExpression(
  text: string,
  header: readonly string[],
  division: DivisionScale = {},
): Evaluate {
  return new Compiler(header, division).compile(parseExpression(text));
}

/** Compiles nodes for one header. */
export class Compiler {
  constructor(
    private readonly header: readonly string[],
    private readonly division: DivisionScale,
  ) {}

  compile(node: ExpressionNode): Evaluate {
    switch (node.kind) {
      case 'literal':
        return () => node.value;
      case 'column':
        return this.cell(node.name);
      case 'unary':
        return this.unary(node);
      case 'binary':
        return this.binary(node);
      case 'conditional':
        return this.conditional(node);
      case 'call':
        return this.call(node);
    }
  }

  /** Compiles a node as a number; a column's bytes are read without making text of them. */
  number(node: ExpressionNode): EvaluateAs<Decimal | null> {
    if (node.kind !== 'column') return toNumber(this.compile(node));
    const index = this.header.indexOf(node.name);
    const asText = toNumber(this.cell(node.name), { column: node.name });
    return (columns, row) => {
      const { data, start, end } = columns[index];
      if (start[row] === end[row]) return null;
      // Only where the bytes are no number is text made of them, for the message.
      return parseDecimalBytes(data, start[row], end[row]) ?? asText(columns, row);
    };
  }

  boolean(node: ExpressionNode): EvaluateAs<boolean | null> {
    return toBoolean(this.compile(node), node.kind === 'column' ? { column: node.name } : {});
  }

  private cell(name: string): EvaluateAs<string | null> {
    const index = this.header.indexOf(name);
    return (columns, row) => {
      const column = columns[index];
      return column.start[row] === column.end[row] ? null : cellText(column, row);
    };
  }

  private unary({ operator, operand }: UnaryNode): Evaluate {
    if (operator === '!') {
      const flag = this.boolean(operand);
      return (columns, row) => {
        const value = flag(columns, row);
        return value === null ? null : !value;
      };
    }
    const number = this.number(operand);
    if (operator === '+') return number;
    return (columns, row) => {
      const value = number(columns, row);
      return value && negate(value);
    };
  }

  private binary(node: BinaryNode): Evaluate {
    const { operator, left, right } = node;
    if (operator === '&&' || operator === '||') return this.logic(left, right, operator === '||');
    if (isComparison(operator)) return compileComparison(this, node);
    const calculate = this.arithmetic(node);
    const [a, b] = [this.number(left), this.number(right)];
    return (columns, row) => {
      const x = a(columns, row);
      const y = b(columns, row);
      return x && y && calculate(x, y);
    };
  }

  private arithmetic({ operator, position }: BinaryNode): (a: Decimal, b: Decimal) => Decimal {
    const byZero = () => divisionByZero(position);
    switch (operator) {
      case '+':
        return add;
      case '-':
        return subtract;
      case '*':
        return multiply;
      case '%':
        return (a, b) => remainder(a, b) ?? byZero();
      default: {
        // The check has seen that a plain division is the result itself, and that it has a scale.
        const { scale, rounding } = this.division;
        return (a, b) => divide(a, b, scale!, rounding) ?? byZero();
      }
    }
  }

  /** Three-valued logic: the deciding value decides beside null too. */
  private logic(left: ExpressionNode, right: ExpressionNode, deciding: boolean): Evaluate {
    const [a, b] = [this.boolean(left), this.boolean(right)];
    return (columns, row) => {
      const x = a(columns, row);
      if (x === deciding) return deciding;
      const y = b(columns, row);
      if (y === deciding) return deciding;
      return x === null || y === null ? null : !deciding;
    };
  }

  private conditional({ test, consequent, alternate }: ConditionalNode): Evaluate {
    const flag = this.boolean(test);
    const [yes, no] = [this.compile(consequent), this.compile(alternate)];
    return (columns, row) => {
      const value = flag(columns, row);
      if (value === null) return null;
      return value ? yes(columns, row) : no(columns, row);
    };
  }

  private call(node: CallNode): Evaluate {
    return compileCall(this, node);
  }
}
