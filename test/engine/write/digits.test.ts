import { ColumnBuilder, cellText } from '../../../src/engine/batch';
import { formatDecimal, parseDecimal } from '../../../src/spec/decimal';

describe('a number in a column', () => {
  it.each([
    ...['0', '7', '10', '99', '2147483647', '2147483648', '-1', '-0.50', '123456789012345678901234567890'],
    ...['0.0', '0.05', '1.50', '12.0', '2147483.647', '0.0000000001', '0.00000000012', '0.2147483647'],
  ])('is written as the text %s', (text) => {
    const value = parseDecimal(text)!;
    const column = new ColumnBuilder();
    column.setText(0, 'before');
    column.setDecimal(1, value);
    column.setText(2, 'behind');
    expect([0, 1, 2].map((row) => cellText(column, row))).toEqual(['before', formatDecimal(value), 'behind']);
  });
});
