import fc from 'fast-check';
import { compileTransforms } from '../../../src/engine/transforms';
import { dateTimeAt, dayNumber, epochSecond, isTimeZone, TimeZone } from '../../../src/spec/dates';
import type { ConvertTimeZoneSpec } from '../../../src/spec/transforms/transform-spec';
import { applyTo, CONTEXT } from '../batch-of';

function converted(cell: string, options: Partial<ConvertTimeZoneSpec>): string {
  const spec: ConvertTimeZoneSpec = {
    type: 'convert-time-zone',
    column: 'a',
    target: 'UTC',
    disambiguation: 'reject',
    ...options,
  };
  const { rows, rejected } = applyTo(compileTransforms([spec], ['a'], CONTEXT), 1, [[cell]]);
  return rejected.length > 0 ? rejected[0].replace('0: a: transform-error: ', '') : rows[0][0];
}

const berlin = { source: 'Europe/Berlin' };

describe('convertTimeZone', () => {
  it.each<[string, Partial<ConvertTimeZoneSpec>, string]>([
    ['2024-07-01T12:00:00', berlin, '2024-07-01T10:00:00Z'],
    ['2024-01-01T12:00:00', berlin, '2024-01-01T11:00:00Z'],
    ['2024-07-01T12:00:00.25', berlin, '2024-07-01T10:00:00.25Z'],
    ['2024-07-01T12:00:00Z', { target: 'America/New_York' }, '2024-07-01T08:00:00-04:00'],
    ['2024-07-01T12:00:00+02:00', { ...berlin, target: 'Asia/Kolkata' }, '2024-07-01T15:30:00+05:30'],
    ['2024-12-31T23:30:00', { ...berlin, target: 'Pacific/Auckland' }, '2025-01-01T11:30:00+13:00'],
    ['', berlin, ''],
    ['1/7/2024 12:05', { ...berlin, inputFormat: '%d/%m/%Y %H:%M' }, '2024-07-01T10:05:00Z'],
    ['2024-07-01T12:00:00', { ...berlin, outputFormat: '%d.%m.%Y %H:%M %z' }, '01.07.2024 10:00 +0000'],
    // A leap second, which ended the minute everywhere at once.
    ['2016-12-31T23:59:60Z', { target: 'Asia/Tokyo' }, '2017-01-01T08:59:60+09:00'],
    // The law changed: before 1996 summer time ended in September.
    ['1995-10-01T12:00:00', berlin, '1995-10-01T11:00:00Z'],
    // Samoa moved over the date line at the end of 29 December 2011.
    ['2011-12-29T23:00:00', { source: 'Pacific/Apia' }, '2011-12-30T09:00:00Z'],
    ['2011-12-31T00:00:00', { source: 'Pacific/Apia' }, '2011-12-30T10:00:00Z'],
    // Local mean time, before there were zones.
    ['1700-01-01T00:53:28', berlin, '1700-01-01T00:00:00Z'],
    ['0001-01-01T00:00:00Z', {}, '0001-01-01T00:00:00Z'],
  ])('%s with %j', (cell, options, expected) => {
    expect(converted(cell, options)).toBe(expected);
  });

  it.each<[ConvertTimeZoneSpec['disambiguation'], string, string]>([
    [
      'reject',
      '"2024-10-27T02:30:00" stands twice on the clocks of Europe/Berlin',
      '"2024-03-31T02:30:00" is skipped by the clocks of Europe/Berlin',
    ],
    ['compatible', '2024-10-27T00:30:00Z', '2024-03-31T01:30:00Z'],
    ['earlier', '2024-10-27T00:30:00Z', '2024-03-31T00:30:00Z'],
    ['later', '2024-10-27T01:30:00Z', '2024-03-31T01:30:00Z'],
  ])('%s: times that the clocks show twice and never', (disambiguation, twice, never) => {
    expect(converted('2024-10-27T02:30:00', { ...berlin, disambiguation })).toBe(twice);
    expect(converted('2024-03-31T02:30:00', { ...berlin, disambiguation })).toBe(never);
  });

  it.each<[string, Partial<ConvertTimeZoneSpec>, string]>([
    ...[
      '2024-07-01',
      '2024-07-01T12:00:00+2:000',
      '2024-07-01T12:00:00*02:00',
      '2024-07-01T12:00:00+02.00',
      '2024-07-01T12:00:00+24:00',
      '2024-07-01T12:00:00X',
      '2024-07-01T12:00:0xZ',
      '2024-07-01T12:00:0/Z',
      '2024-07-01T24:00:00Z',
      '2024-07-01T12.00:00Z',
      '2024-07-01T12:00.00Z',
      '2024-07-01 12:00:00Z',
      '2024-02-30T12:00:00Z',
    ].map((text): [string, object, string] => [text, berlin, `"${text}" is not a datetime`]),
    ['x', { ...berlin, inputFormat: '%Y-%m-%d %H' }, '"x" is not a datetime as %Y-%m-%d %H'],
    [
      '2024-07-01T12:00:00',
      {},
      '"2024-07-01T12:00:00" has no offset, and the transform names no source zone',
    ],
    [
      '9999-12-31T23:00:00Z',
      { target: 'Asia/Tokyo' },
      'the time lies outside the years 0000 to 9999 in Asia/Tokyo',
    ],
    [
      '0000-01-01T00:00:00Z',
      { target: 'America/Bogota' },
      'the offset of America/Bogota at that time is not one of whole minutes',
    ],
    [
      '1700-01-01T00:00:00Z',
      { target: 'Europe/Berlin' },
      'the offset of Europe/Berlin at that time is not one of whole minutes',
    ],
  ])('rejects %s with %j', (cell, options, expected) => {
    expect(converted(cell, options)).toBe(expected);
  });

  it('reads local times by their bytes as by their text', () => {
    const times = fc.date({ min: new Date('1900-01-01'), max: new Date('2037-01-01'), noInvalidDate: true });
    const zones = fc.constantFrom('Europe/Berlin', 'Africa/Casablanca', 'Pacific/Apia', 'America/St_Johns');
    const inputFormat = '%Y-%m-%dT%H:%M:%S';
    fc.assert(
      fc.property(times, zones, zones, (time, source, target) => {
        const local = time.toISOString().slice(0, 19);
        const options = { source, target, disambiguation: 'compatible' } as const;
        expect(converted(local, options)).toBe(converted(local, { ...options, inputFormat }));
      }),
    );
  });

  it('comes back where it began, through any zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const times = fc.date({ min: new Date('1980-01-01'), max: new Date('2037-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(times, fc.constantFrom(...zones), (time, target) => {
        const utc = time.toISOString().replace(/\.[0-9]+Z/, 'Z');
        const there = converted(utc, { target });
        expect(converted(there, {})).toBe(utc);
        expect(Date.parse(there)).toBe(Date.parse(utc));
      }),
    );
  });
});

it('knows zones by their names in the IANA database', () => {
  expect(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'].map(isTimeZone)).toEqual(
    Array(4).fill(true),
  );
  expect(['', 'Mars/Olympus', '+01:00', 'Europe/ Berlin'].map(isTimeZone)).toEqual(Array(4).fill(false));
});

it('turns seconds into dates and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: epochFirst, max: epochLast }), (second) => {
      expect(epochSecond(dateTimeAt(second))).toBe(second);
    }),
  );
});
const epochFirst = dayNumber(0, 1, 1) * 86_400;
const epochLast = dayNumber(9999, 12, 31) * 86_400;

it('remembers the offsets of many days in bounded memory', () => {
  const zone = new TimeZone('Europe/Berlin');
  const days = Array.from({ length: 40_100 }, (_, day) => zone.offsetAt(day * 86_400));
  expect(new Set(days)).toEqual(new Set([3600, 7200]));
  expect(zone.offsetAt(0)).toBe(3600);
});
