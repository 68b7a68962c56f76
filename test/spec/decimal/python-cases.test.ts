import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileTransforms } from '../../../src/engine/transforms';
import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  multiply,
  parseDecimal,
  round,
  ROUNDINGS,
  subtract,
} from '../../../src/spec/decimal';
import type { Rounding, TransformSpec } from '../../../src/spec/transforms/transform-spec';
import { applyTo, CONTEXT } from '../../engine/batch-of';

/** What Python's decimal module makes of numbers of up to 38 digits: record_python_cases.py. */
interface PythonCases {
  readonly rounds: ReadonlyArray<[value: string, scale: number, rounding: Rounding, rounded: string]>;
  readonly quotients: ReadonlyArray<
    [a: string, b: string, scale: number, rounding: Rounding, quotient: string]
  >;
  readonly exact: ReadonlyArray<[a: string, b: string, sum: string, difference: string, product: string]>;
}

const { rounds, quotients, exact } = JSON.parse(
  readFileSync(join(__dirname, 'python-cases.json'), 'utf8'),
) as PythonCases;
const decimal = (text: string): Decimal => parseDecimal(text)!;

/** The last cell of a row after a transform. */
function ofRow(spec: TransformSpec, ...cells: string[]): string {
  const header = ['a', 'b'].slice(0, cells.length);
  return applyTo(compileTransforms([spec], header, CONTEXT), header.length, [cells]).rows[0].at(-1)!;
}

it('has cases of every rounding mode', () => {
  for (const cases of [rounds.map(([, , mode]) => mode), quotients.map(([, , , mode]) => mode)]) {
    expect([...new Set(cases)].sort()).toEqual([...ROUNDINGS].sort());
  }
});

it('rounds as Python does, by itself and as a transform', () => {
  const got = rounds.map(([value, scale, rounding]) => [
    value,
    scale,
    rounding,
    formatDecimal(round(decimal(value), scale, rounding)),
  ]);
  expect(got).toEqual(rounds);
  for (const [value, scale, rounding, rounded] of rounds) {
    expect(ofRow({ type: 'round', column: 'a', scale, rounding }, value)).toBe(rounded);
  }
});

it('divides as Python does, by itself and in an expression', () => {
  const got = quotients.map(([a, b, scale, rounding]) => [
    a,
    b,
    scale,
    rounding,
    formatDecimal(divide(decimal(a), decimal(b), scale, rounding)!),
  ]);
  expect(got).toEqual(quotients);
  for (const [a, b, scale, rounding, quotient] of quotients) {
    expect(ofRow({ type: 'derive', column: 'c', expression: 'a / b', scale, rounding }, a, b)).toBe(quotient);
  }
});

it('adds, subtracts and multiplies without losing a digit, as Python does', () => {
  const got = exact.map(([a, b]) => [
    a,
    b,
    ...[add, subtract, multiply].map((operate) => formatDecimal(operate(decimal(a), decimal(b)))),
  ]);
  expect(got).toEqual(exact);
});
