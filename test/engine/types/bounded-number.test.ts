import { boundedNumber } from '../../../src/engine/types/bounded-number';
import { compare, parseDecimal } from '../../../src/spec/decimal';
import type { ConstraintsSpec, FieldType } from '../../../src/spec/table-schema';

function accepts(type: FieldType, constraints: ConstraintsSpec, text: string): boolean {
  // Digits around the cell would be taken for its own, were it read beyond its ends.
  const data = Buffer.from(`9${text}9`);
  return boundedNumber({ name: 'n', type, format: 'default', constraints })(data, 1, data.length - 1);
}

const BOUNDS = ['-2.5', '-1', '0', '0.05', '1', '2.50', '1000'];
const CELLS = [
  '-3',
  '-2.50',
  '-2.5',
  '-1.0',
  '-0',
  '0',
  '0.05',
  '0.050',
  '0.049',
  '1',
  '1.0',
  '1.01',
  '2.5',
  '999',
];

describe('the shape of a bounded number', () => {
  it.each(BOUNDS)('keeps to the bound %s on either side, at any scale', (bound) => {
    const limit = parseDecimal(bound)!;
    for (const cell of CELLS) {
      const order = compare(parseDecimal(cell)!, limit);
      expect(accepts('number', { minimum: bound }, cell)).toBe(order >= 0);
      expect(accepts('number', { maximum: bound }, cell)).toBe(order <= 0);
      expect(accepts('number', { exclusiveMinimum: bound }, cell)).toBe(order > 0);
      expect(accepts('number', { exclusiveMaximum: bound }, cell)).toBe(order < 0);
    }
  });

  it.each(['', '-', '.5', '5.', '-.5', '1.2.3', '1e5', '+1', '1 ', 'x', '1234567890123456'])(
    'leaves %j to the full definition',
    (cell) => {
      expect(accepts('number', {}, cell)).toBe(false);
    },
  );

  it('takes no point in an integer', () => {
    expect(accepts('integer', { minimum: '1' }, '12')).toBe(true);
    expect(accepts('integer', { minimum: '1' }, '1.0')).toBe(false);
  });

  it('tells nothing where a bound is no plain number, or one that no safe integer holds', () => {
    expect(accepts('number', { minimum: '-INF' }, '1')).toBe(false);
    expect(accepts('number', { maximum: '12345678901234567890' }, '1')).toBe(false);
  });
});
