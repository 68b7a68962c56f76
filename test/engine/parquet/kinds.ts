import fc from 'fast-check';
import type { FieldSpec } from '../../../src/engine';

const digits = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map(String);
const twoDigits = (most: number, least = 0) =>
  fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'));
const date = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), twoDigits(12, 1), twoDigits(28, 1))
  .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${month}-${day}`);
const time = fc.tuple(twoDigits(23), twoDigits(59), twoDigits(59)).map((parts) => parts.join(':'));
const decimal = fc
  .tuple(fc.constantFrom('', '-'), fc.nat({ max: 99_999 }), fc.nat({ max: 9999 }))
  .map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`);

/** A field, and cells that it has, those of a rare form among them. */
export interface Kind {
  readonly parts: Partial<FieldSpec>;
  readonly cell: fc.Arbitrary<string>;
}

export const KINDS: readonly Kind[] = [
  {
    parts: {},
    cell: fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll('\0', '')),
  },
  {
    parts: {},
    cell: fc.oneof(
      fc.constantFrom('same', 'the same again and again', 'ä'),
      fc.nat({ max: 300 }).map((length) => 'x'.repeat(length)),
    ),
  },
  {
    parts: { type: 'integer' },
    cell: fc.oneof(digits, fc.constantFrom('007', '+5', '-0', '9223372036854775807', '-9223372036854775808')),
  },
  { parts: { type: 'integer', groupChar: ',' }, cell: fc.constantFrom('1,234', '5') },
  { parts: { type: 'year' }, cell: fc.constantFrom('2024', '-0044', '0001') },
  {
    parts: { type: 'number' },
    cell: fc.oneof(decimal, fc.constantFrom('.5', '5.', '1e2', '-0.0', '1.50000', '+2')),
  },
  { parts: { type: 'number' }, cell: decimal },
  // Whether that is too large depends on the precision.
  { parts: { type: 'number' }, cell: fc.oneof(digits, fc.constantFrom('99999999999999999999.25', '-1')) },
  { parts: { type: 'number', decimalChar: ',' }, cell: fc.constantFrom('1,5', '2') },
  { parts: { type: 'boolean' }, cell: fc.constantFrom('true', 'false', 'True', '0', '1') },
  {
    parts: { type: 'boolean', trueValues: ['y', 'a word of many bytes'], falseValues: ['n'] },
    cell: fc.constantFrom('y', 'n', 'a word of many bytes'),
  },
  { parts: { type: 'date' }, cell: date },
  {
    parts: { type: 'date', format: '%d.%m.%Y' },
    cell: date.map((text) => text.split('-').reverse().join('.')),
  },
  { parts: { type: 'date', format: '%m/%Y' }, cell: fc.constantFrom('01/2024', '12/1969') },
  { parts: { type: 'date', format: '%d %b %Y' }, cell: fc.constantFrom('01 Jan 2024', '31 Dec 1969') },
  {
    parts: { type: 'time' },
    cell: fc.oneof(
      time,
      time.map((text) => `${text}.25`),
    ),
  },
  { parts: { type: 'time', format: '%H-%M' }, cell: fc.constantFrom('00-00', '23-59') },
  {
    parts: { type: 'datetime' },
    cell: fc
      .tuple(date, time, fc.constantFrom('Z', '', '+02:00', '.5Z'))
      .map(([day, clock, rest]) => `${day}T${clock}${rest}`),
  },
  { parts: { type: 'datetime', format: '%Y%m%d_%H' }, cell: fc.constantFrom('20240229_23', '19000101_00') },
];
