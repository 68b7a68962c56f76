import * as fc from 'fast-check';
import { numericDateRewrite, numericDateShape } from '../../../src/engine/types/numeric-date';
import { compileDateFormat } from '../../../src/spec/dates/date-format';

describe('numericDateRewrite', () => {
  it('writes what the formats write', () => {
    const format = fc.constantFrom(
      '%Y-%m-%d',
      '%d.%m.%Y %H:%M',
      '%Y%m%d',
      '%m/%d/%Y',
      '%Y-%m-%dT%H:%M:%SZ',
      '%d %m %Y',
    );
    const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.constant('%Y-%m-%dT%H:%M:%SZ'), format, (when, from, to) => {
        const text = when.toISOString().replace(/\.\d+/, '');
        const data = Buffer.from(`<${text}>`);
        expect(numericDateShape(from)!(data, 1, data.length - 1)).toBe(true);
        const expected = compileDateFormat(to).format(compileDateFormat(from).parse(text)!);
        expect(numericDateRewrite(from, to)!(data, 1).toString()).toBe(expected);
      }),
    );
  });

  it.each([
    ['%d %b %Y', '%Y'],
    ['%Y-%m-%d', '%d %b %Y'],
    ['%Y-%m-%d', '%Y-%m-%d %H:%M'],
    ['%Y→%m', '%Y'],
  ])('leaves %s to %s to the formats', (from, to) => {
    expect(numericDateRewrite(from, to)).toBeUndefined();
  });
});
