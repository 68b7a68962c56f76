import fc from 'fast-check';
import { compileDateFormat, type DateTime } from '../../../src/spec/dates';
import { formatIsoDateTime } from '../../../src/spec/dates/iso';

const read = (pattern: string, text: string) => {
  const value = compileDateFormat(pattern).parse(text);
  return value && formatIsoDateTime(value);
};

describe('a date format', () => {
  it.each([
    ['%d/%m/%Y', '7/3/2024', '2024-03-07T00:00:00'],
    ['%d/%m/%Y', '07/03/2024', '2024-03-07T00:00:00'],
    ['%m/%d/%y', '02/29/00', '2000-02-29T00:00:00'],
    ['%d.%m.%y', '1.1.69', '1969-01-01T00:00:00'],
    ['%Y%m%d', '20240307', '2024-03-07T00:00:00'],
    ['%m%d%Y', '1072024', '2024-10-07T00:00:00'],
    ['%Y-%j', '2024-366', '2024-12-31T00:00:00'],
    ['%a, %d %b %Y %H:%M:%S %z', 'Thu, 07 mar 2024 23:59:60 +0130', '2024-03-07T23:59:60+01:30'],
    ['%A %B %d %Y', 'thursday MARCH 7 2024', '2024-03-07T00:00:00'],
    ['%I:%M %p', '12:05 AM', '1900-01-01T00:05:00'],
    ['%I:%M %p', '12:05 pm', '1900-01-01T12:05:00'],
    ['%I%p', '7PM', '1900-01-01T19:00:00'],
    ['%Y-%m-%dT%H:%M:%S.%f%z', '2024-03-07T01:02:03.5Z', '2024-03-07T01:02:03.5Z'],
    ['%H:%M %Z', '10:00 GMT', '1900-01-01T10:00:00Z'],
    ['%H%z', '10-05:30', '1900-01-01T10:00:00-05:30'],
    ['%H%z', '10+05', '1900-01-01T10:00:00+05:00'],
    ['%Y 100%%', '2024 100%', '2024-01-01T00:00:00'],
    ['year %Y!', 'year 2024!', '2024-01-01T00:00:00'],
  ])('%s reads %s', (pattern, text, expected) => {
    expect(read(pattern, text)).toBe(expected);
  });

  it.each([
    ['%d/%m/%Y', '31/04/2024', 'a day that the month lacks'],
    ['%d/%m/%Y', '29/02/2023', 'a leap day in another year'],
    ['%d/%m/%Y', '29/02/1900', 'a leap day in a century'],
    ['%Y-%j', '2023-366', 'a 366th day in another year'],
    ['%Y-%m-%d', '2024-13-01', 'a 13th month'],
    ['%Y-%m-%d', '2024-00-01', 'month zero'],
    ['%Y-%m-%d', '2024-3-7 ', 'a text that goes on'],
    ['%Y-%m-%d', '2024-3', 'a text that ends too soon'],
    ['%Y', '24', 'a short year'],
    ['%y', '4', 'a short year of the century'],
    ['%H', '24', 'hour 24'],
    ['%b', 'Mrz', 'an unknown month'],
    ['%a', 'Don', 'an unknown weekday'],
    ['%I %p', '13 PM', 'hour 13 of the half day'],
    ['%I %p', '1 XM', 'neither half of the day'],
    ['%H:%M:%S.%f', '1:2:3.', 'a fraction without digits'],
    ['%z', '0100', 'an offset without a sign'],
    ['%z', '+1', 'an offset of one digit'],
    ['%z', '+01:', 'an offset that breaks off'],
    ['%z', '+0199', 'an offset of 99 minutes'],
    ['%Z', 'CET', 'a zone that has no one offset'],
    ['%Y', '٢٠٢٤', 'digits of another script'],
  ])('%s does not read %s: %s', (pattern, text) => {
    expect(read(pattern, text)).toBeUndefined();
  });

  it('writes every directive', () => {
    const value = compileDateFormat('%Y-%m-%d %H:%M:%S.%f%z').parse('2024-03-07 15:04:05.000009-0130')!;
    const written = (pattern: string) => compileDateFormat(pattern).format(value);
    expect(written('%Y %m %d')).toBe('2024 03 07');
    expect(written('%y %-m %-d')).toBe('24 3 7');
    expect(written('%H %M %-S %f')).toBe('15 04 5 000009');
    expect(written('%I %p %z')).toBe('03 PM -0130');
    expect(written('%-I %p %Z')).toBe('3 PM -0130');
    expect(written('%j %a')).toBe('067 Thu');
    expect(written('%b %A 100%%')).toBe('Mar Thursday 100%');
    expect(written('%B')).toBe('March');
  });

  it('writes UTC by name, midnight as 12 AM, and nothing for an offset that was not written', () => {
    const utc = compileDateFormat('%Y%z').parse('2024Z')!;
    expect(compileDateFormat('%I %p %Z').format(utc)).toBe('12 AM UTC');
    expect(compileDateFormat('%z').format(utc)).toBe('+0000');
    expect(compileDateFormat('[%z]').format({ ...utc, offsetMinutes: undefined })).toBe('[]');
  });

  it.each([
    [
      '%d/%Q',
      'bad date format "%d/%Q": unknown directive %Q, expected one of %Y %y %m %d %H %I %M %S %j %b %B %a %A %p %f %z %Z %%',
    ],
    ['%Y%', 'bad date format "%Y%": unknown directive %, expected one of %Y'],
    ['%constructor', 'unknown directive %c'],
    ['YYYY-MM-DD', 'bad date format "YYYY-MM-DD": it has no directive, expected one such as %Y'],
    ['%Y %y', '%y states the year a second time'],
    ['%m %b', '%b states the month a second time'],
    ['%I:%M', '%I and %p need each other'],
    ['%H:%M %p', '%I and %p need each other'],
    ['%H %I %p', '%I states the hour a second time'],
    ['%Y-%m %j', '%j states the day a second time'],
    ['%Y-%d %j', '%j states the day a second time'],
  ])('%s is refused', (pattern, message) => {
    expect(() => compileDateFormat(pattern)).toThrow(message);
  });

  it('says what a pattern states', () => {
    expect([...compileDateFormat('%d of %B').parts]).toEqual(['day', 'month']);
  });

  it('reads back what it has written', () => {
    const instants = fc.record({
      date: fc.date({
        min: new Date('1000-01-01T00:00:00Z'),
        max: new Date('9999-12-31T00:00:00Z'),
        noInvalidDate: true,
      }),
      microseconds: fc.nat(999_999),
      offsetMinutes: fc.option(fc.integer({ min: -1439, max: 1439 }), { nil: undefined }),
    });
    const patterns = fc.constantFrom(
      '%Y-%m-%d %H:%M:%S.%f',
      '%d %B %Y %I.%M.%S.%f %p',
      '%Y/%j %-H-%-M-%-S %f',
      '%A %b %d %f %Y %H%M%S',
    );
    fc.assert(
      fc.property(instants, patterns, ({ date, microseconds, offsetMinutes }, pattern) => {
        const zone = offsetMinutes === undefined ? '' : ' %z';
        const value: DateTime = {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          hour: date.getUTCHours(),
          minute: date.getUTCMinutes(),
          second: date.getUTCSeconds(),
          nanosecond: microseconds * 1000,
          offsetMinutes,
        };
        const format = compileDateFormat(pattern + zone);
        expect(format.parse(format.format(value))).toEqual(value);
      }),
    );
  });
});
