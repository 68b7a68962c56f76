import fc from 'fast-check';
import { compileTransforms } from '../../../src/engine/transforms';
import { compare, formatDecimal, parseDecimal, ROUNDINGS } from '../../../src/spec/decimal';
import type { RoundSpec, SplitSpec, TransformSpec } from '../../../src/spec/transforms/transform-spec';
import { applyTo, CONTEXT } from '../batch-of';

/** What a transform makes of one row of the columns a, b and c. */
function ofRow(spec: TransformSpec, ...cells: string[]): readonly string[] {
  const row = ['a', 'b', 'c'].map((_, index) => cells[index] ?? '');
  const { rows, rejected } = applyTo(compileTransforms([spec], ['a', 'b', 'c'], CONTEXT), 3, [row]);
  return rejected.length > 0 ? rejected : rows[0];
}

/** What a transform makes of a cell of the column a. */
const ofCell = (spec: TransformSpec, cell: string): string => ofRow(spec, cell)[0];

describe('split', () => {
  const split = (extra: SplitSpec['extra']): SplitSpec => ({
    type: 'split',
    column: 'a',
    separator: ', ',
    into: ['x', 'y'],
    extra,
  });

  it.each<[SplitSpec['extra'], string, readonly string[]]>([
    ['merge', 'Doe, John', ['Doe, John', '', '', 'Doe', 'John']],
    ['merge', 'Doe, John, Dr., PhD', ['Doe, John, Dr., PhD', '', '', 'Doe', 'John, Dr., PhD']],
    ['drop', 'Doe, John, Dr.', ['Doe, John, Dr.', '', '', 'Doe', 'John']],
    ['reject', 'Doe, John', ['Doe, John', '', '', 'Doe', 'John']],
    ['reject', 'Doe, John, Dr.', ['0: a: transform-error: it has 3 parts, expected at most 2']],
    ['merge', 'Doe', ['Doe', '', '', 'Doe', '']],
    ['merge', '', ['', '', '', '', '']],
    ['merge', ', John', [', John', '', '', '', 'John']],
  ])('%s: %j', (extra, cell, expected) => {
    expect(ofRow(split(extra), cell)).toEqual(expected);
  });

  it('is undone by concatenate, whatever the parts are', () => {
    const part = fc.string({ minLength: 1 }).filter((text) => !text.includes('|'));
    fc.assert(
      fc.property(part, part, (x, y) => {
        const specs: TransformSpec[] = [
          { type: 'split', column: 'a', separator: '|', into: ['x', 'y'], extra: 'reject' },
          { type: 'concatenate', column: 'a', columns: ['x', 'y'], separator: '|' },
        ];
        const { rows } = applyTo(compileTransforms(specs, ['a'], CONTEXT), 1, [[`${x}|${y}`]]);
        expect(rows).toEqual([[`${x}|${y}`, x, y]]);
      }),
    );
  });
});

describe('concatenate', () => {
  const names = (column: string): TransformSpec => ({
    type: 'concatenate',
    column,
    columns: ['a', 'c', 'b'],
    separator: ' ',
  });

  it.each<[string, string[], string[]]>([
    ['name', ['Ada', 'Lovelace', 'King'], ['Ada', 'Lovelace', 'King', 'Ada King Lovelace']],
    ['name', ['Ada', 'Lovelace'], ['Ada', 'Lovelace', '', 'Ada Lovelace']],
    ['name', [], ['', '', '', '']],
    ['b', ['Ada', 'Lovelace', 'King'], ['Ada', 'Ada King Lovelace', 'King']],
  ])('as %s of %j', (column, cells, expected) => {
    expect(ofRow(names(column), ...cells)).toEqual(expected);
  });
});

describe('mapValues', () => {
  const mapped = (otherwise: object): TransformSpec =>
    ({
      type: 'map-values',
      column: 'a',
      values: [
        { from: 'M', to: 'male' },
        { from: 'n/a', to: '' },
        { from: '__proto__', to: 'x' },
      ],
      otherwise,
    }) as TransformSpec;

  it.each([
    ['M', { type: 'keep' }, 'male'],
    ['n/a', { type: 'keep' }, ''],
    ['__proto__', { type: 'keep' }, 'x'],
    ['constructor', { type: 'keep' }, 'constructor'],
    ['m', { type: 'value', value: 'other' }, 'other'],
    ['', { type: 'value', value: 'other' }, ''],
    ['', { type: 'reject' }, ''],
    ['m', { type: 'reject' }, '0: a: transform-error: "m" is none of the values of the map'],
  ])('%j, otherwise %j', (cell, otherwise, expected) => {
    expect(ofCell(mapped(otherwise), cell)).toBe(expected);
  });
});

describe('mask', () => {
  const mask = (keepFirst: number, keepLast: number): TransformSpec => ({
    type: 'mask',
    column: 'a',
    keepFirst,
    keepLast,
    character: '•',
  });

  it.each<[number, number, string, string]>([
    [0, 4, '4111111111111111', '••••••••••••1111'],
    [1, 0, 'Ada', 'A••'],
    [2, 2, 'Grüße', 'Gr•ße'],
    [2, 2, 'abcd', '••••'],
    [2, 2, 'a', '•'],
    [0, 0, '😀é', '••'],
    [1, 1, '', ''],
  ])('keeps %i and %i of %j', (first, last, cell, expected) => {
    expect(ofCell(mask(first, last), cell)).toBe(expected);
  });

  it('shows no character that it was not told to, and keeps the length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(5), fc.nat(5), (cell, first, last) => {
        const [before, after] = [[...cell], [...ofCell(mask(first, last), cell)]];
        expect(after).toHaveLength(before.length);
        const shown = after.filter((character, index) => character === before[index] && character !== '•');
        expect(shown.length).toBeLessThanOrEqual(first + last);
      }),
    );
  });
});

describe('round', () => {
  const round = (scale: number, rounding: RoundSpec['rounding'] = 'half-even'): RoundSpec => ({
    type: 'round',
    column: 'a',
    scale,
    rounding,
  });

  it.each<[string, RoundSpec, string]>([
    ['2.345', round(2), '2.34'],
    ['2.355', round(2), '2.36'],
    ['2.345', round(2, 'half-up'), '2.35'],
    ['-2.345', round(2, 'half-up'), '-2.35'],
    ['2.345', round(2, 'half-down'), '2.34'],
    ['2.341', round(2, 'up'), '2.35'],
    ['-2.349', round(2, 'down'), '-2.34'],
    ['-2.349', round(2, 'floor'), '-2.35'],
    ['-2.349', round(2, 'ceiling'), '-2.34'],
    ['1e3', round(2), '1000.00'],
    ['-0.004', round(2), '0.00'],
    ['', round(2), ''],
    ['12345678901234567890123456789012345.675', round(2), '12345678901234567890123456789012345.68'],
    [
      '99999999999999999999999999999999999.995',
      round(2, 'half-up'),
      '100000000000000000000000000000000000.00',
    ],
    ['1,5', round(2), '0: a: transform-error: "1,5" is not a number'],
  ])('%s by %j', (cell, spec, expected) => {
    expect(ofCell(spec, cell)).toBe(expected);
  });

  it('is less than one last digit away, at most half of one to the nearest, and changes nothing twice', () => {
    const coefficients = fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n });
    fc.assert(
      fc.property(
        coefficients,
        fc.nat(20),
        fc.nat(20),
        fc.constantFrom(...ROUNDINGS),
        (c, from, to, mode) => {
          const text = formatDecimal({ coefficient: c, scale: from });
          const rounded = ofCell(round(to, mode), text);
          expect(ofCell(round(to, mode), rounded)).toBe(rounded);
          const [exact, got] = [parseDecimal(text)!, parseDecimal(rounded)!];
          const scale = Math.max(from, to) + 1;
          const at = (value: { coefficient: number | bigint; scale: number }) =>
            BigInt(value.coefficient) * 10n ** BigInt(scale - value.scale);
          const away = at(exact) > at(got) ? at(exact) - at(got) : at(got) - at(exact);
          const lastDigit = 10n ** BigInt(scale - to);
          expect(away < lastDigit).toBe(true);
          if (mode.startsWith('half')) expect(2n * away <= lastDigit).toBe(true);
          if (mode === 'floor') expect(compare(got, exact)).toBeLessThanOrEqual(0);
          if (mode === 'ceiling') expect(compare(got, exact)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
