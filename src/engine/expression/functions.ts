import type { Compiler, Evaluate } from './compile-expression';
import { toText, type EvaluateAs } from './conversions';
import { divisionByZero, EvaluationError } from './evaluation-error';
import { absolute, compare, divide, formatDecimal, round, type Decimal } from '../../spec/decimal';
import { scaleOf } from '../../spec/expression/check-expression';
import type { CallNode, ExpressionNode, Value } from '../../spec/expression/expression';
import type { FunctionName } from '../../spec/expression/functions';
import type { Rounding } from '../../spec/transforms/transform-spec';

type CompileCall = (compiler: Compiler, node: CallNode) => Evaluate;

/** What each function of the table in spec/expression/functions.ts does. */
const CALLS: Readonly<Record<FunctionName, CompileCall>> = {
  round: (compiler, { arguments: [x, scale, mode] }) => {
    const rounding = { scale: scaleOf(scale)!, mode: roundingOf(mode) };
    return strict([compiler.number(x)], (value) => round(value, rounding.scale, rounding.mode));
  },
  div: (compiler, { arguments: [a, b, scale, mode], position }) => {
    const rounding = { scale: scaleOf(scale)!, mode: roundingOf(mode) };
    return strict(
      [compiler.number(a), compiler.number(b)],
      (x, y) => divide(x, y, rounding.scale, rounding.mode) ?? divisionByZero(position),
    );
  },
  abs: numeric((value) => absolute(value)),
  min: numeric((...values) => values.reduce((least, value) => (compare(value, least) < 0 ? value : least))),
  max: numeric((...values) => values.reduce((most, value) => (compare(value, most) > 0 ? value : most))),
  coalesce: (compiler, node) => {
    const values = node.arguments.map((argument) => compiler.compile(argument));
    return (columns, row) => {
      for (const value of values) {
        const found = value(columns, row);
        if (found !== null) return found;
      }
      return null;
    };
  },
  isNull: (compiler, { arguments: [x] }) => {
    const value = compiler.compile(x);
    return (columns, row) => value(columns, row) === null;
  },
  length: textual((text) => ({ coefficient: [...text].length, scale: 0 })),
  upper: textual((text) => text.toUpperCase()),
  lower: textual((text) => text.toLowerCase()),
  trim: textual((text) => text.trim()),
  concat: textual((...texts) => texts.join('')),
  contains: textual((text, part) => text.includes(part)),
  startsWith: textual((text, part) => text.startsWith(part)),
  endsWith: textual((text, part) => text.endsWith(part)),
  substring: (compiler, { arguments: [text, ...bounds] }) =>
    strict<Value>(
      [toText(compiler.compile(text)), ...bounds.map((bound) => compiler.number(bound))],
      (whole, ...numbers) => substring(whole as string, numbers as Decimal[]),
    ),
};

/** Compiles a call. */
export function compileCall(compiler: Compiler, node: CallNode): Evaluate {
  return CALLS[node.name](compiler, node);
}

/** Null where an argument is null, as in SQL. */
function strict<Argument extends Value>(
  evaluations: ReadonlyArray<EvaluateAs<Argument>>,
  call: (...values: Array<NonNullable<Argument>>) => Value,
): Evaluate {
  return (columns, row) => {
    const values: Array<NonNullable<Argument>> = [];
    for (const evaluate of evaluations) {
      const value = evaluate(columns, row);
      if (value === null) return null;
      values.push(value as NonNullable<Argument>);
    }
    return call(...values);
  };
}

function numeric(call: (...numbers: Decimal[]) => Value): CompileCall {
  return (compiler, node) =>
    strict(
      node.arguments.map((argument) => compiler.number(argument)),
      call,
    );
}

function textual(call: (...texts: string[]) => Value): CompileCall {
  return (compiler, node) =>
    strict(
      node.arguments.map((argument) => toText(compiler.compile(argument))),
      call,
    );
}

function roundingOf(node: ExpressionNode | undefined): Rounding | undefined {
  return node?.kind === 'literal' ? (node.value as Rounding) : undefined;
}

function substring(text: string, [start, length]: readonly Decimal[]): string {
  const characters = [...text];
  const first = wholeNumber(start, 'start') - 1;
  const count = length === undefined ? characters.length : wholeNumber(length, 'length');
  return characters.slice(Math.max(0, first), Math.max(0, first + Math.max(0, count))).join('');
}

function wholeNumber(value: Decimal, what: string): number {
  if (value.scale === 0 && typeof value.coefficient === 'number') return value.coefficient;
  throw new EvaluationError(`the ${what} of substring is ${formatDecimal(value)}, not a whole number`);
}
