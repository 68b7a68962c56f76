import { notationProblems } from '../../src/spec/notation-flow';
import { checkTableSchema } from '../../src/spec/schema/check-table-schema';
import type { TransformSpec } from '../../src/spec/transforms/transform-spec';

const schema = checkTableSchema({
  fields: [
    { name: 'q', type: 'number', decimalChar: '.' },
    { name: 'amt', type: 'number', decimalChar: ',', groupChar: '.' },
    { name: 'unit price', type: 'number', groupChar: "'", bareNumber: false },
    { name: 'n', type: 'integer', groupChar: '.' },
    { name: 'day', type: 'date', format: '%d/%m/%Y' },
    { name: 'at', type: 'datetime', format: '%d/%m/%Y %H:%M' },
    { name: 'clock', type: 'time', format: '%I:%M %p' },
    { name: 'some', type: 'date', format: 'any' },
    { name: 'iso', type: 'date' },
    { name: 'slashed', type: 'date', format: '%Y/%m/%d' },
  ],
});

const derive = (expression: string, column = 't'): TransformSpec => ({ type: 'derive', column, expression });
const filter = (expression: string): TransformSpec => ({ type: 'filter', expression });
const cast = (column: string, to: 'number' | 'integer' | 'string' | 'date', options = {}): TransformSpec => ({
  type: 'cast',
  column,
  to,
  ...options,
});

function linesOf(...transforms: TransformSpec[]): string[] {
  return notationProblems({ schema, transforms }).map(
    ({ place, got, expected }) => `${place}: got ${got}, expected ${expected}`,
  );
}

const AMT =
  'transforms[0].expression: got the column "amt" at character 5, which is written with decimalChar "," and ' +
  "groupChar \".\", expected Transform.cast('amt', CastType.NUMBER, { decimalChar: ',', groupChar: '.' }) " +
  'before it, since expressions read plain decimals';
const AGAIN = AMT.replace('transforms[0]', 'transforms[1]');

describe('an expression over numbers in a notation of their own', () => {
  it('is refused, since it would read 1.234 as less than two', () => {
    expect(linesOf(derive('q * amt'))).toEqual([AMT]);
  });

  it('is refused once for each column, however often it stands there', () => {
    expect(linesOf(filter("col('unit price') > n && n > n"))).toEqual([
      'transforms[0].expression: got the column "unit price" at character 1, which is written with groupChar "\'" and ' +
        "bareNumber false, expected Transform.cast('unit price', CastType.NUMBER, " +
        '{ groupChar: "\'", bareNumber: false }) before it, since expressions read plain decimals',
      'transforms[0].expression: got the column "n" at character 21, which is written with groupChar ".", ' +
        "expected Transform.cast('n', CastType.INTEGER, { groupChar: '.' }) before it, " +
        'since expressions read plain decimals',
    ]);
  });

  it.each<[string, TransformSpec]>([
    ['trimmed', { type: 'trim', columns: ['amt'] }],
    ['filled', { type: 'fill-missing', column: 'amt', value: '0' }],
    ['called text', cast('amt', 'string')],
    ['kept', { type: 'keep', columns: ['q', 'amt'] }],
    ['left as it is by a drop of another', { type: 'drop', columns: ['n'] }],
  ])('is refused after the column was %s', (_, transform) => {
    expect(linesOf(transform, derive('q * amt'))).toEqual([AGAIN]);
  });

  it('is refused under the name that a rename gave', () => {
    const rename: TransformSpec = { type: 'rename', column: 'amt', to: 'sum' };
    expect(linesOf(rename, derive('q * sum'))).toEqual([AGAIN.replaceAll('amt', 'sum')]);
    expect(
      linesOf({ type: 'drop', columns: ['amt'] }, { type: 'rename', column: 'q', to: 'amt' }, derive('amt')),
    ).toEqual([]);
  });

  it.each<[string, TransformSpec]>([
    ['cast', cast('amt', 'number', { decimalChar: ',', groupChar: '.' })],
    ['derived anew', derive('q', 'amt')],
    ['rewritten', { type: 'replace', column: 'amt', search: '.', replacement: '', pattern: false }],
    ['dropped', { type: 'drop', columns: ['amt'] }],
    ['not kept', { type: 'keep', columns: ['q'] }],
  ])('is sound after the column was %s', (_, transform) => {
    expect(linesOf(transform, derive('q * amt'))).toEqual([]);
  });

  it('is sound where there is no schema, or the numbers are plain', () => {
    expect(notationProblems({ transforms: [derive('q * amt'), filter('day > amt')] })).toEqual([]);
    expect(linesOf(derive('q * 2'), filter("iso == 'x' || !isNull(q) && true ? q > 1 : -q < 2"))).toEqual([]);
  });
});

describe('a cast of numbers in a notation of their own', () => {
  it.each<[string, TransformSpec]>([
    ['the group character for the decimal character', cast('amt', 'number')],
    ['another decimal character', cast('amt', 'number', { decimalChar: ';' })],
    ['the decimal character for the group character', cast('amt', 'integer', { groupChar: ',' })],
  ])('is refused where it takes %s', (_, transform) => {
    expect(linesOf(transform)).toEqual([
      'transforms[0]: got a cast of the column "amt", which is written with decimalChar "," and groupChar ".", in ' +
        "another notation, expected Transform.cast('amt', CastType.NUMBER, { decimalChar: ',', groupChar: '.' })",
    ]);
  });

  it('is refused where it takes the group character of whole numbers for a decimal character', () => {
    expect(linesOf(cast('n', 'number'))).toEqual([
      'transforms[0]: got a cast of the column "n", which is written with groupChar ".", in another notation, ' +
        "expected Transform.cast('n', CastType.INTEGER, { groupChar: '.' })",
    ]);
  });

  it('is sound where it reads what the schema reads', () => {
    const wide = { decimalChar: ',', groupChar: '.' };
    expect(linesOf(cast('unit price', 'number', { groupChar: "'", bareNumber: false }))).toEqual([]);
    expect(
      linesOf(cast('n', 'number', wide), cast('amt', 'integer', { groupChar: '.' }), cast('q', 'number')),
    ).toEqual([]);
  });
});

describe('a comparison of times', () => {
  const got = (column: string, position: number, format: string) =>
    `transforms[0].expression: got a comparison of the column "${column}" at character ${position}, whose format ` +
    `"${format}" is not in the order of time, expected `;

  it.each([
    [
      "day < '01/02/2024'",
      got('day', 1, '%d/%m/%Y') +
        "Transform.cast('day', CastType.DATE, { inputFormat: '%d/%m/%Y' }) before it",
    ],
    [
      "!(iso >= coalesce(at, '-'))",
      got('at', 19, '%d/%m/%Y %H:%M') +
        "Transform.cast('at', CastType.DATETIME, { inputFormat: '%d/%m/%Y %H:%M' }) before it",
    ],
    [
      "q > 1 ? '12:00' > (q > 2 ? clock : '13:00') : false",
      got('clock', 28, '%I:%M %p') + "Transform.formatDate('clock', '%I:%M %p', '%H:%M:%S') before it",
    ],
    [
      'isNull(some <= iso)',
      got('some', 8, 'any') + 'a schema with one format, since texts in several have no order',
    ],
  ])('is refused where texts are not in the order of time: %s', (expression, line) => {
    expect(linesOf(filter(expression))).toEqual([line]);
  });

  it('is sound for ISO, for formats in the order of time, and for what is equal', () => {
    expect(linesOf(filter("iso < '2024-01-01' && slashed > '2024/01/01' && day == '01/02/2024'"))).toEqual(
      [],
    );
    expect(linesOf(cast('day', 'date', { inputFormat: '%d/%m/%Y' }), filter('day < iso'))).toEqual([]);
    expect(linesOf(filter('upper(day) > upper(iso)'))).toEqual([]);
  });

  it('goes by the format that formatDate has written', () => {
    const written = (column: string, outputFormat: string): TransformSpec => ({
      type: 'format-date',
      column,
      inputFormat: '%d/%m/%Y',
      outputFormat,
    });
    expect(linesOf(written('day', '%Y-%m-%d'), filter('day < iso'))).toEqual([]);
    expect(linesOf(written('iso', '%d.%m.%Y'), filter('iso > slashed'))).toEqual([
      'transforms[1].expression: got a comparison of the column "iso" at character 1, whose format "%d.%m.%Y" is not in ' +
        "the order of time, expected Transform.cast('iso', CastType.DATETIME, { inputFormat: '%d.%m.%Y' }) before it",
    ]);
  });
});
