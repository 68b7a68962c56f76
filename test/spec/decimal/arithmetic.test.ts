import fc from 'fast-check';
import {
  absolute,
  add,
  compare,
  type Decimal,
  divide,
  formatDecimal,
  multiply,
  negate,
  parseDecimal,
  remainder,
  round,
  ROUNDINGS,
  subtract,
} from '../../../src/spec/decimal';
import type { Rounding } from '../../../src/spec/transforms/transform-spec';

const decimal = (text: string) => parseDecimal(text)!;
const text = (value: Decimal | undefined) => value && formatDecimal(value);

/** Decimals on both sides of the safe integers. */
const decimals = fc
  .tuple(
    fc.boolean(),
    fc.oneof(fc.bigInt(-9999n, 9999n), fc.bigInt(), fc.bigInt(2n ** 52n, 2n ** 54n)),
    fc.nat(25),
  )
  .map(([negative, magnitude, scale]) =>
    decimal(formatDecimal({ coefficient: negative ? -magnitude : magnitude, scale })),
  );

/** A rational number, against which everything is checked. */
const rational = ({ coefficient, scale }: Decimal) => ({ n: BigInt(coefficient), d: 10n ** BigInt(scale) });
const absoluteOf = (value: bigint) => (value < 0n ? -value : value);

describe('decimal arithmetic', () => {
  it.each([
    ['0.1', '+', '0.2', '0.3'],
    ['9007199254740991', '+', '1', '9007199254740992'],
    ['9007199254740992', '-', '1', '9007199254740991'],
    ['1.50', '-', '1.5', '0.00'],
    ['3', '*', '1.50', '4.50'],
    ['-1', '*', '0', '0'],
    ['94906267', '*', '94906267', '9007199515875289'],
    ['-7', '%', '3', '-1'],
    ['7.5', '%', '-2', '1.5'],
    ['-4', '%', '2', '0'],
    ['100000000000000000000', '%', '7', '2'],
  ] as const)('%s %s %s is %s', (left, operator, right, expected) => {
    const operations = { '+': add, '-': subtract, '*': multiply, '%': remainder };
    expect(text(operations[operator](decimal(left), decimal(right)))).toBe(expected);
  });

  it('has no result of a division by zero', () => {
    expect(divide(decimal('1'), decimal('0.00'), 2)).toBeUndefined();
    expect(remainder(decimal('1'), decimal('0'))).toBeUndefined();
  });

  it.each([
    ['half-even', ['2', '-2', '2', '-2', '4', '1', '-1']],
    ['half-up', ['2', '-2', '3', '-3', '4', '1', '-1']],
    ['half-down', ['1', '-1', '2', '-2', '3', '1', '-1']],
    ['up', ['2', '-2', '3', '-3', '4', '2', '-2']],
    ['down', ['1', '-1', '2', '-2', '3', '1', '-1']],
    ['ceiling', ['2', '-1', '3', '-2', '4', '2', '-1']],
    ['floor', ['1', '-2', '2', '-3', '3', '1', '-2']],
  ] as const)('rounds %s', (rounding, expected) => {
    const values = ['1.5', '-1.5', '2.5', '-2.5', '3.5', '1.2', '-1.2'];
    expect(values.map((value) => text(round(decimal(value), 0, rounding)))).toEqual(expected);
    const big = '00000000000000000000';
    const grown = values.map((value) => text(divide(decimal(value + big), decimal('1'), 0, rounding)));
    expect(grown).toEqual(expected);
  });

  it('pads to the scale where a number has fewer digits', () => {
    expect(text(round(decimal('5'), 2))).toBe('5.00');
    expect(text(round(decimal('5.25'), 2))).toBe('5.25');
    expect(text(round(decimal('90071992547409919007'), 1))).toBe('90071992547409919007.0');
  });

  it('negates and takes absolute values without a negative zero', () => {
    expect(negate(decimal('0'))).toEqual({ coefficient: 0, scale: 0 });
    expect(text(absolute(decimal('-1.5')))).toBe('1.5');
    expect(text(absolute(decimal('1.5')))).toBe('1.5');
    expect(text(negate(decimal('90071992547409920')))).toBe('-90071992547409920');
  });

  it('adds, subtracts, multiplies and compares as rational numbers do', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [x, y] = [rational(a), rational(b)];
        const same = (value: Decimal, n: bigint, d: bigint) => {
          const result = rational(value);
          expect(result.n * d).toBe(n * result.d);
        };
        same(add(a, b), x.n * y.d + y.n * x.d, x.d * y.d);
        same(subtract(a, b), x.n * y.d - y.n * x.d, x.d * y.d);
        same(multiply(a, b), x.n * y.n, x.d * y.d);
        const difference = x.n * y.d - y.n * x.d;
        expect(compare(a, b)).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
      }),
      { numRuns: 500 },
    );
  });

  it('divides to within one unit of the last digit, half a unit for the modes that round to the nearest', () => {
    const rounding = fc.constantFrom<Rounding>(...ROUNDINGS);
    fc.assert(
      fc.property(decimals, decimals, fc.nat(10), rounding, (a, b, scale, mode) => {
        const quotient = divide(a, b, scale, mode);
        if (compare(b, decimal('0')) === 0) {
          expect(quotient).toBeUndefined();
          return;
        }
        const [x, y, q] = [rational(a), rational(b), rational(quotient!)];
        expect(quotient!.scale).toBe(scale);
        // |a/b - q| in units of the last digit, as a fraction.
        const error = absoluteOf(x.n * y.d * q.d - q.n * x.d * y.n);
        const unit = absoluteOf(x.d * y.n);
        expect(mode.startsWith('half') ? error * 2n <= unit : error < unit).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes the remainder that whole steps of the divisor leave', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const rest = remainder(a, b);
        if (rest === undefined) return;
        const [x, y, r] = [rational(a), rational(b), rational(rest)];
        const taken = (x.n * r.d - r.n * x.d) * y.d;
        expect(taken % (x.d * r.d * y.n)).toBe(0n);
        expect(compare(absolute(rest), absolute(b))).toBe(-1);
      }),
    );
  });
});
