import fc from 'fast-check';
import {
  compareDateTimes,
  dayNumber,
  dayOfWeek,
  epochSecond,
  formatIsoDate,
  formatIsoDateTime,
  isDate,
  isoDayNumber,
  parseIsoDate,
  parseIsoDateTime,
  parseIsoTime,
} from '../../../src/spec/dates';

const dayOf = (text: string) => {
  const bytes = Buffer.from(`"${text}"`);
  return isoDayNumber(bytes, 1, bytes.length - 1);
};

describe('ISO dates and times', () => {
  it.each(['2024-02-29', '1970-01-01', '0001-01-01', '9999-12-31'])('reads the date %s', (text) => {
    const value = parseIsoDate(text)!;
    expect(formatIsoDate(value)).toBe(text);
    expect(dayOf(text)).toBe(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
  });

  it.each([
    '2023-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-1-1',
    '24-01-01',
    '2024/01/01',
    '2024-01/01',
    '2024-01-0x',
    '2024-01-0/',
    ' 2024-01-01',
    '2024-01-01T',
    '',
  ])('reads no date in %j', (text) => {
    expect(parseIsoDate(text)).toBeUndefined();
    expect(dayOf(text)).toBeNaN();
  });

  it.each([
    ['23:59:60', { hour: 23, minute: 59, second: 60, nanosecond: 0, offsetMinutes: undefined }],
    ['01:02:03.25Z', { hour: 1, minute: 2, second: 3, nanosecond: 250_000_000, offsetMinutes: 0 }],
    ['01:02:03-08:30', { hour: 1, minute: 2, second: 3, nanosecond: 0, offsetMinutes: -510 }],
  ])('reads the time %s', (text, expected) => {
    expect(parseIsoTime(text)).toEqual({ year: 1900, month: 1, day: 1, ...expected });
  });

  it.each([
    '24:00:00',
    '10:60:00',
    '10:00:61',
    '10:00',
    '1:00:00',
    '10:00:00+24:00',
    '10:00:00+01:60',
    '10:00:00.',
  ])('reads no time in %j', (text) => {
    expect(parseIsoTime(text)).toBeUndefined();
    expect(parseIsoDateTime(`2024-01-01T${text}`)).toBeUndefined();
  });

  it.each([
    '2024-03-07T01:02:03',
    '2024-03-07T01:02:03Z',
    '2024-03-07T01:02:03.000000001+05:45',
    '2024-03-07T01:02:03-00:30',
  ])('writes the datetime %s as it was read', (text) => {
    expect(formatIsoDateTime(parseIsoDateTime(text)!)).toBe(text);
  });

  it.each(['2024-03-07 01:02:03', '2024-02-30T01:02:03Z', '2024-03-07'])(
    'reads no datetime in %j',
    (text) => {
      expect(parseIsoDateTime(text)).toBeUndefined();
    },
  );

  it('compares instants, whatever the offset they are written with', () => {
    const at = (text: string) => parseIsoDateTime(text)!;
    expect(compareDateTimes(at('2024-01-01T01:00:00+01:00'), at('2024-01-01T00:00:00Z'))).toBe(0);
    expect(compareDateTimes(at('2024-01-01T00:00:00'), at('2024-01-01T00:00:00.1Z'))).toBeLessThan(0);
    expect(compareDateTimes(at('2024-01-02T00:00:00'), at('2024-01-01T23:59:59'))).toBeGreaterThan(0);
  });

  it('agrees with the calendar of JavaScript on every day', () => {
    const days = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, (date) => {
        const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        expect(isDate(year, month, day)).toBe(true);
        expect(dayNumber(year, month, day)).toBe(Math.floor(date.getTime() / 86_400_000));
        const value = parseIsoDateTime(date.toISOString())!;
        expect(dayOfWeek(value)).toBe(date.getUTCDay());
        expect(epochSecond(value)).toBe(Math.floor(date.getTime() / 1000));
      }),
    );
  });
});
