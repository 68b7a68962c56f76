import fc from 'fast-check';
import { compileTransforms } from '../../../src/engine/transforms';
import { compileDateFormat } from '../../../src/spec/dates';
import type { TransformSpec } from '../../../src/spec/transforms/transform-spec';
import { applyTo, CONTEXT } from '../batch-of';

/** What transforms make of the cells of one column `a`. */
function rewritten(spec: TransformSpec, cells: readonly string[]) {
  const { rows, rejected } = applyTo(
    compileTransforms([spec], ['a'], CONTEXT),
    1,
    cells.map((cell) => [cell]),
  );
  return { cells: rows.map(([cell]) => cell), rejected };
}

const trim: TransformSpec = { type: 'trim', columns: ['a'] };

describe('transforms of cells', () => {
  it.each<[string, TransformSpec, string, string]>([
    ['trim', trim, ' \t x y \r\n', 'x y'],
    ['trim: blanks of Unicode', trim, ' \u00a0é x\u3000\u00a0 ', 'é x'],
    ['trim: nothing but blanks', trim, '  ', ''],
    ['trim: nothing to do', trim, 'é', 'é'],
    ['fillMissing', { type: 'fill-missing', column: 'a', value: 'n/a' }, '', 'n/a'],
    ['fillMissing: a cell that is there', { type: 'fill-missing', column: 'a', value: 'n/a' }, ' ', ' '],
    [
      'replace',
      { type: 'replace', column: 'a', search: '.', replacement: '$&', pattern: false },
      '1.2.3',
      '1$&2$&3',
    ],
    [
      'replacePattern',
      { type: 'replace', column: 'a', search: '([0-9]+)-(\\w)', replacement: '$2$1', pattern: true },
      '12-a 3-b',
      'a12 b3',
    ],
    ['upper', { type: 'change-case', column: 'a', to: 'upper' }, 'straße é', 'STRASSE É'],
    ['lower', { type: 'change-case', column: 'a', to: 'lower' }, 'ÉCOLE', 'école'],
    [
      'title',
      { type: 'change-case', column: 'a', to: 'title' },
      "éMILE o'NEIL-smith 2ND",
      "Émile O'neil-Smith 2Nd",
    ],
    ['cast string', { type: 'cast', column: 'a', to: 'string' }, ' x', ' x'],
    ['cast integer', { type: 'cast', column: 'a', to: 'integer', groupChar: ',' }, '+1,234.00', '1234'],
    ['cast number', { type: 'cast', column: 'a', to: 'number', groupChar: ',' }, '1,234.50', '1234.50'],
    [
      'cast number: other notation',
      { type: 'cast', column: 'a', to: 'number', decimalChar: ',', bareNumber: false },
      '€ 0,5',
      '0.5',
    ],
    [
      'cast boolean',
      { type: 'cast', column: 'a', to: 'boolean', trueValues: ['Y'], falseValues: ['N'] },
      'Y',
      'true',
    ],
    ['cast boolean: false', { type: 'cast', column: 'a', to: 'boolean' }, '0', 'false'],
    [
      'cast date',
      { type: 'cast', column: 'a', to: 'date', inputFormat: '%d/%m/%Y' },
      '7/3/2024',
      '2024-03-07',
    ],
    ['cast date: ISO', { type: 'cast', column: 'a', to: 'date' }, '2024-03-07', '2024-03-07'],
    [
      'cast datetime',
      { type: 'cast', column: 'a', to: 'datetime', inputFormat: '%d/%m/%Y %H:%M' },
      '7/3/2024 9:05',
      '2024-03-07T09:05:00',
    ],
    [
      'formatDate',
      { type: 'format-date', column: 'a', inputFormat: '%Y%m%d', outputFormat: '%-d %b %Y' },
      '20240307',
      '7 Mar 2024',
    ],
  ])('%s', (_, spec, cell, expected) => {
    expect(rewritten(spec, [cell])).toEqual({ cells: [expected], rejected: [] });
  });

  it.each<[string, TransformSpec, string, string]>([
    ['an integer', { type: 'cast', column: 'a', to: 'integer' }, '5.5', '"5.5" is not an integer'],
    ['a number', { type: 'cast', column: 'a', to: 'number' }, '1,5', '"1,5" is not a number'],
    [
      'a number of the notation',
      { type: 'cast', column: 'a', to: 'number', groupChar: ',' },
      '1,,5',
      '"1,,5" is not a number',
    ],
    ['a boolean', { type: 'cast', column: 'a', to: 'boolean' }, 'yes', '"yes" is not true or false'],
    ['a date', { type: 'cast', column: 'a', to: 'date' }, '2023-02-29', '"2023-02-29" is not a date'],
    [
      'a datetime',
      { type: 'cast', column: 'a', to: 'datetime', inputFormat: '%H' },
      '25',
      '"25" is not a datetime as %H',
    ],
    [
      'a date to format',
      { type: 'format-date', column: 'a', inputFormat: '%d/%m/%Y', outputFormat: '%Y' },
      '31/04/2024',
      '"31/04/2024" is not a date as %d/%m/%Y',
    ],
  ])('rejects a cell that is not %s', (_, spec, cell, message) => {
    expect(rewritten(spec, ['', cell])).toEqual({
      cells: [''],
      rejected: [`1: a: transform-error: ${message}`],
    });
  });

  it('formats dates of digits alone as its two formats say, whatever the cell', () => {
    const [inputFormat, outputFormat] = ['%d/%m/%Y', '%Y-%m-%d'];
    const [input, output] = [compileDateFormat(inputFormat), compileDateFormat(outputFormat)];
    const cells = fc.oneof(
      fc.stringMatching(/^[0-4][0-9]\/[01][0-9]\/20[0-9]{2}$/),
      fc.stringMatching(/^[0-9/]{6,11}$/),
    );
    const spec: TransformSpec = { type: 'format-date', column: 'a', inputFormat, outputFormat };
    fc.assert(
      fc.property(cells, (cell) => {
        const value = input.parse(cell);
        expect(rewritten(spec, [cell]).cells).toEqual(value ? [output.format(value)] : []);
      }),
    );
  });

  it('trims as JavaScript trims', () => {
    const texts = fc.string({
      unit: fc.constantFrom(' ', '\t', '\u00a0', '\u2003', 'a', 'é', '\ufeff', '😀'),
    });
    fc.assert(fc.property(texts, (text) => expect(rewritten(trim, [text]).cells).toEqual([text.trim()])));
  });
});

describe('transforms of columns', () => {
  const header = ['a', 'b', 'c'];
  const rows = [['1', '2', '3']];

  it.each<[TransformSpec[], string[], string[]]>([
    [[{ type: 'rename', column: 'b', to: 'x' }], ['a', 'x', 'c'], ['1', '2', '3']],
    [[{ type: 'rename', column: 'b', to: 'b' }], ['a', 'b', 'c'], ['1', '2', '3']],
    [[{ type: 'drop', columns: ['a', 'c'] }], ['b'], ['2']],
    [[{ type: 'keep', columns: ['c', 'a'] }], ['c', 'a'], ['3', '1']],
    [[{ type: 'derive', column: 'd', expression: 'a + b' }], ['a', 'b', 'c', 'd'], ['1', '2', '3', '3']],
    [[{ type: 'derive', column: 'b', expression: 'b * 2' }], ['a', 'b', 'c'], ['1', '4', '3']],
    [
      [
        { type: 'rename', column: 'a', to: 'x' },
        { type: 'derive', column: 'a', expression: 'x + 10' },
        { type: 'drop', columns: ['x', 'b'] },
        { type: 'fill-missing', column: 'a', value: '0' },
      ],
      ['c', 'a'],
      ['3', '11'],
    ],
    [[], header, ['1', '2', '3']],
  ])('%j', (specs, headerAfter, cells) => {
    const operation = compileTransforms(specs, header, CONTEXT);
    expect(operation.header).toEqual(headerAfter);
    expect(applyTo(operation, 3, rows)).toEqual({ rows: [cells], rejected: [], filtered: [] });
  });

  it.each<[TransformSpec, string, string]>([
    [
      { type: 'trim', columns: ['a', 'z'] },
      'unknown-column',
      'transforms[0] (trim).columns names the column "z", which the file does not have',
    ],
    [
      { type: 'rename', column: 'z', to: 'y' },
      'unknown-column',
      'transforms[0] (rename).column names the column "z"',
    ],
    [
      { type: 'rename', column: 'a', to: 'b' },
      'duplicate-label',
      'transforms[0] (rename).to names the column "b", which is there already',
    ],
    [{ type: 'drop', columns: ['z'] }, 'unknown-column', '(drop).columns'],
    [{ type: 'keep', columns: ['z'] }, 'unknown-column', '(keep).columns'],
    [{ type: 'fill-missing', column: 'z', value: '0' }, 'unknown-column', '(fill-missing).column'],
    [
      { type: 'replace', column: 'z', search: 'a', replacement: '', pattern: false },
      'unknown-column',
      '(replace).column',
    ],
    [{ type: 'change-case', column: 'z', to: 'upper' }, 'unknown-column', '(change-case).column'],
    [{ type: 'cast', column: 'z', to: 'number' }, 'unknown-column', '(cast).column'],
    [
      { type: 'format-date', column: 'z', inputFormat: '%Y', outputFormat: '%Y' },
      'unknown-column',
      '(format-date).column',
    ],
    [
      { type: 'derive', column: 'd', expression: 'a + z' },
      'unknown-column',
      '(derive).expression names the column "z"',
    ],
    [{ type: 'filter', expression: '!z' }, 'unknown-column', '(filter).expression names the column "z"'],
  ])('refuse a file without their columns: %j', (spec, code, message) => {
    expect(() => compileTransforms([spec], header, CONTEXT)).toThrow(
      expect.objectContaining({ code, name: code }),
    );
    expect(() => compileTransforms([spec], header, CONTEXT)).toThrow(message);
  });

  it('leave rows alone that are rejected or filtered already', () => {
    const operation = compileTransforms(
      [
        { type: 'cast', column: 'a', to: 'integer' },
        { type: 'filter', expression: 'a > 1' },
        { type: 'derive', column: 'b', expression: 'b + a' },
        { type: 'trim', columns: ['c'] },
      ],
      header,
      CONTEXT,
    );
    expect(
      applyTo(operation, 3, [
        ['x', 'x', ' '],
        ['1', 'x', ' '],
        ['2', '5', ' y '],
      ]),
    ).toEqual({
      rows: [['2', '7', 'y']],
      rejected: ['0: a: transform-error: "x" is not an integer'],
      filtered: [1],
    });
  });
});
