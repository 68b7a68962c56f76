import fc from 'fast-check';
import {
  formatDecimal,
  MAX_DECIMAL_DIGITS,
  parseDecimal,
  parseDecimalBytes,
} from '../../../src/spec/decimal';

const canonical = (text: string) => {
  const value = parseDecimal(text);
  return value && formatDecimal(value);
};

describe('a decimal number as text', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['+7', '7'],
    ['007', '7'],
    ['1.50', '1.50'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1.25E1', '12.5'],
    ['25e-4', '0.0025'],
    ['0.1', '0.1'],
    ['9007199254740993', '9007199254740993'],
    ['-123456789012345678901234567890.12', '-123456789012345678901234567890.12'],
    ['0000000000000000000000001.5', '1.5'],
  ])('reads %s as %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    '-',
    '-.',
    '+',
    '1.2.3',
    '1,5',
    '0x1F',
    '1e',
    'e5',
    '1 ',
    ' 1',
    'NaN',
    'INF',
    '--1',
    '١',
  ])('does not read %j', (text) => {
    const bytes = Buffer.from(text);
    expect(parseDecimal(text)).toBeUndefined();
    expect(parseDecimalBytes(bytes, 0, bytes.length)).toBeUndefined();
  });

  it('refuses a number that would fill the memory when written out', () => {
    expect(parseDecimal('1e999999999')).toBeUndefined();
    expect(parseDecimal('1e-999999999')).toBeUndefined();
    expect(parseDecimal('9'.repeat(MAX_DECIMAL_DIGITS))).toBeDefined();
    expect(parseDecimal('9'.repeat(MAX_DECIMAL_DIGITS + 1))).toBeUndefined();
  });

  it('keeps the coefficient a number while that is exact', () => {
    expect(parseDecimal('9007199254740991')).toEqual({ coefficient: 9007199254740991, scale: 0 });
    expect(parseDecimal('9007199254740992')).toEqual({ coefficient: 9007199254740992n, scale: 0 });
  });

  it('reads bytes as it reads text', () => {
    const number = fc.stringMatching(/^[-+]?[0-9]{0,20}\.?[0-9]{0,12}(e-?[0-9]{1,2})?$/);
    fc.assert(
      fc.property(number, (text) => {
        const bytes = Buffer.from(`x${text}y`);
        expect(parseDecimalBytes(bytes, 1, bytes.length - 1)).toEqual(parseDecimal(text));
      }),
    );
  });

  it('reads back what it has written', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(40), (coefficient, scale) => {
        const written = formatDecimal({ coefficient, scale });
        const read = parseDecimal(written)!;
        expect(read.scale).toBe(scale);
        expect(BigInt(read.coefficient)).toBe(coefficient);
      }),
    );
  });
});
