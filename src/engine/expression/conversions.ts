import { formatDecimal, parseDecimal, type Decimal } from '../../spec/decimal';
import type { Value } from '../../spec/expression/expression';
import { booleanReader } from '../../spec/values/boolean';
import type { Column } from '../batch';
import { EvaluationError } from './evaluation-error';

/** Works out a value from the cells of a row. */
export type EvaluateAs<Result> = (columns: readonly Column[], row: number) => Result;

/** The column that a value comes from, for messages. */
export interface Origin {
  readonly column?: string;
}

const readBoolean = booleanReader({});

/** A value as a number: a cell's text is read, null stays null. */
export function numberOf(value: Value, { column }: Origin = {}): Decimal | null {
  if (value === null || (typeof value === 'object' && value)) return value;
  const number = typeof value === 'string' ? parseDecimal(value) : undefined;
  if (!number) throw new EvaluationError(`${JSON.stringify(value)} is not a number`, column);
  return number;
}

/** A value as true or false: a cell's text is read as Table Schema reads booleans, null stays null. */
export function booleanOf(value: Value, { column }: Origin = {}): boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  const flag = typeof value === 'string' ? readBoolean(value) : undefined;
  if (flag === undefined) {
    throw new EvaluationError(`${JSON.stringify(textOf(value))} is not true or false`, column);
  }
  return flag;
}

/** The text of a value; null stays null. */
export function textOf(value: Value): string | null {
  if (value === null || typeof value === 'string') return value;
  return typeof value === 'boolean' ? String(value) : formatDecimal(value);
}

export function toNumber(evaluate: EvaluateAs<Value>, origin?: Origin): EvaluateAs<Decimal | null> {
  return (columns, row) => numberOf(evaluate(columns, row), origin);
}

export function toBoolean(evaluate: EvaluateAs<Value>, origin?: Origin): EvaluateAs<boolean | null> {
  return (columns, row) => booleanOf(evaluate(columns, row), origin);
}

export function toText(evaluate: EvaluateAs<Value>): EvaluateAs<string | null> {
  return (columns, row) => textOf(evaluate(columns, row));
}
