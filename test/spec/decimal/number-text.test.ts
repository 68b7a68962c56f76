import { plainNumber } from '../../../src/spec/decimal';

describe('a number in the notation of its field', () => {
  it.each([
    ['1234.5', {}, '1234.5'],
    ['1,234.50', { groupChar: ',' }, '1234.50'],
    ['1.234.567,50', { groupChar: '.', decimalChar: ',' }, '1234567.50'],
    ['12,34,567', { groupChar: ',' }, '1234567'],
    ['1 234', { groupChar: ' ' }, '1234'],
    ['0,5', { decimalChar: ',' }, '0.5'],
    ['$ 1.50', { bareNumber: false }, '1.50'],
    ['-$1.50', { bareNumber: false }, '-1.50'],
    ['$ -1.50 EUR', { bareNumber: false }, '-1.50'],
    ['95%', { bareNumber: false }, '95'],
    ['$.50', { bareNumber: false }, '.50'],
    ['-.5', { bareNumber: false }, '-.5'],
    ['Rs.500', { bareNumber: false }, '500'],
    ['€1.000,25', { bareNumber: false, groupChar: '.', decimalChar: ',' }, '1000,25'.replace(',', '.')],
  ])('reads %s with %j as %s', (text, notation, expected) => {
    expect(plainNumber(text, notation)).toBe(expected);
  });

  it.each([
    ['1,,234', { groupChar: ',' }],
    [',234', { groupChar: ',' }],
    ['1234,', { groupChar: ',' }],
    ['1.5', { decimalChar: ',' }],
    ['1,5.0', { decimalChar: ',' }],
    ['1.5.0', {}],
  ])('does not read %s with %j', (text, notation) => {
    expect(plainNumber(text, notation)).toBeUndefined();
  });

  it('leaves no text where the number is missing', () => {
    expect(plainNumber('none', { bareNumber: false })).toBe('');
  });
});
