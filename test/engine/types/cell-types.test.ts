import type { FieldSpec } from '../../../src/engine';
import { valueReader } from '../../../src/spec/values/value-reader';
import { field, pipeline, rejectsOf, schema } from '../in-memory';

/** For each field: cells that are values of it, and cells that are none. */
const CASES: ReadonlyArray<readonly [Partial<FieldSpec>, readonly string[], readonly string[], string]> = [
  [{ type: 'string' }, ['a', ' ', 'ä😀', 'NULL', '-'], [], ''],
  [{ type: 'any' }, ['a', '1', '?'], [], ''],
  [
    { type: 'string', format: 'email' },
    ['a@b', 'a.b+c@example.com', "o'neil@x-y.example.co", `a@${'b'.repeat(63)}.c`],
    ['a', '@b', 'a@', 'a@b.', 'a@.b', 'a@b..c', 'a b@c', 'ä@b.c', 'a@-b.c', `a@${'b'.repeat(64)}.c`, 'a@b@c'],
    'email',
  ],
  [
    { type: 'string', format: 'uuid' },
    ['123e4567-e89b-12d3-a456-426614174000', '123E4567-E89B-12D3-A456-426614174000'],
    [
      '123e4567e89b12d3a456426614174000',
      '123e4567-e89b-12d3-a456-42661417400',
      '123e4567-e89b-12d3-a456-42661417400g',
      '123e4567-e89b-12d3-a4564-26614174000',
    ],
    'uuid',
  ],
  [
    { type: 'string', format: 'uri' },
    ['https://a.b/c?d#e', 'urn:x:y'],
    ['a b', '/path', 'http://a b'],
    'uri',
  ],
  [{ type: 'string', format: 'binary' }, ['QUJD', 'QQ=='], ['QUJ', 'Q*=='], 'binary'],
  [
    { type: 'integer' },
    ['0', '1', '-1', '+1', '007', '999999999999999999', '123456789012345678901234567890'],
    ['1.0', '1e3', 'x', '-', '1 ', ' 1', '1,000', '0x1', '--1', '٣'],
    'an integer',
  ],
  [{ type: 'integer', groupChar: ',' }, ['1,000', '1000', '-1,000'], ['1,000.0', ',1'], 'an integer'],
  [{ type: 'integer', bareNumber: false }, ['95%', '$ 1', '12'], ['x', '1.5%'], 'an integer'],
  [
    { type: 'number' },
    [
      '0',
      '1.5',
      '-1.5',
      '.5',
      '5.',
      '+1.5',
      '1e5',
      '-1.5E-3',
      '12345678901234567890.123456789',
      'NaN',
      'INF',
      '-INF',
    ],
    ['1,5', '1.2.3', 'x', '.', '1e', 'e5', ' 1', '1_000'],
    'a number',
  ],
  [{ type: 'number', decimalChar: ',' }, ['1,5', '-1,5', '2'], ['1.5', '1,2,3'], 'a number'],
  [{ type: 'number', decimalChar: ',', groupChar: '.' }, ['1.234,5', '1234,5'], ['1,234.5'], 'a number'],
  [{ type: 'number', decimalChar: '·' }, ['1·5', '2'], ['1.5', '1,5'], 'a number'],
  [
    { type: 'boolean' },
    ['true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0'],
    ['yes', 'tRUE', '2'],
    'a boolean',
  ],
  [
    { type: 'boolean', trueValues: ['ja'], falseValues: ['nein', 'nö'] },
    ['ja', 'nein', 'nö'],
    ['true', 'n'],
    'a boolean',
  ],
  [
    { type: 'date' },
    ['2024-02-29', '2000-02-29', '1999-12-31', '0001-01-01'],
    [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-01',
      '2024-04-31',
      '2024-1-1',
      '24-01-01',
      '2024/01/01',
      '2024-01-0x',
    ],
    'a date as YYYY-MM-DD',
  ],
  [
    { type: 'date', format: '%d/%m/%Y' },
    ['29/02/2024', '01/12/1999', '1/12/1999'],
    ['29/02/2023', '31/04/2024', '2024-01-01', '01-12/1999', 'xx/12/1999', '01/12/19x9', '01/13/1999'],
    'a date as %d/%m/%Y',
  ],
  [
    { type: 'date', format: '%d %b %Y' },
    ['29 Feb 2024', '1 Dec 1999'],
    ['29 Feb 2023', '29 Xyz 2024'],
    'a date as %d %b %Y',
  ],
  [{ type: 'date', format: '%d-%b-%Y' }, ['29-Feb-2024'], ['29-02-2024'], 'a date as %d-%b-%Y'],
  [{ type: 'date', format: '%Y→%m' }, ['2024→02'], ['2024-02'], 'a date as %Y→%m'],
  [
    { type: 'date', format: 'any' },
    ['2024-02-29', '29 Feb 2024', '2024/02/29'],
    ['2023-02-29', 'x'],
    'a date as any',
  ],
  [
    { type: 'time' },
    ['00:00:00', '23:59:59', '12:00:00.5'],
    ['24:00:00', '12:60:00', '12:00', '12:00:0x', '12-00-00'],
    'a time as hh:mm:ss',
  ],
  [{ type: 'time', format: '%H:%M' }, ['00:00', '23:59'], ['24:00', '12:60'], 'a time as %H:%M'],
  [{ type: 'time', format: 'any' }, ['12:00:00', '12:00', '1:00 PM'], ['x'], 'a time as any'],
  [
    { type: 'datetime' },
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59', '2024-02-29T23:59:59.123Z', '2024-02-29T23:59:59+01:00'],
    [
      '2023-02-29T00:00:00Z',
      '2024-02-29T24:00:00Z',
      '2024-02-29 00:00:00Z',
      '2024-02-29T00:00:00X',
      '2024-02-29',
      '2024-02-29T00-00-00Z',
    ],
    'a date and time as YYYY-MM-DDThh:mm:ssZ',
  ],
  [
    { type: 'datetime', format: '%Y%m%d%H%M%S' },
    ['20240229235959'],
    ['20230229235959', '20240229245959'],
    'a datetime as %Y%m%d%H%M%S',
  ],
  [
    { type: 'datetime', format: 'any' },
    ['2024-02-29 12:00', '2024-02-29T12:00:00Z'],
    ['x'],
    'a datetime as any',
  ],
  [{ type: 'year' }, ['2024', '0001', '-0044', '12024'], ['24', '2024.0', 'x', '02024'], 'a year as YYYY'],
  [
    { type: 'yearmonth' },
    ['2024-02', '-0044-03'],
    ['2024-13', '2024-00', '2024-2', '2024', '202a-01', '2024/02'],
    'a year and month as YYYY-MM',
  ],
];

const FIELDS = CASES.map(([parts, valid, wrong, expected]) => ({
  title: Object.entries(parts)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', '),
  parts,
  valid,
  wrong,
  expected,
}));

describe.each(FIELDS)('$title', ({ parts, valid, wrong, expected }) => {
  const spec = pipeline({ schema: schema([field('cell', parts), field('other')]) });
  const csv = (cells: readonly string[]) =>
    `cell,other\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}",x\n`).join('')}`;

  it('takes its values', async () => {
    expect(await rejectsOf(csv(valid), spec)).toEqual([]);
  });

  it('rejects all others, and says what was expected', async () => {
    const rejects = wrong.map(
      (_cell, index) => `${index + 2} | cell | type-error | cell: type-error: expected ${expected}`,
    );
    expect(await rejectsOf(csv(wrong), spec)).toEqual(rejects);
  });

  it('says the same of every cell as the reader of values that the schema is checked with', () => {
    const reader = valueReader(field('cell', parts));
    expect(valid.filter((cell) => reader.read(cell) === undefined)).toEqual([]);
    expect(wrong.filter((cell) => reader.read(cell) !== undefined)).toEqual([]);
  });
});
