import fc from 'fast-check';
import type { FieldSpec } from '../../../src/spec/table-schema';
import { valueReader } from '../../../src/spec/values/value-reader';

const field = (type: FieldSpec['type'], others: Partial<FieldSpec> = {}): FieldSpec => ({
  name: 'a',
  type,
  format: 'default',
  constraints: {},
  ...others,
});

const reads = (spec: FieldSpec, text: string) => valueReader(spec).read(text) !== undefined;

describe('the values of a field', () => {
  it.each<[FieldSpec, string[], string[]]>([
    [field('string'), ['', 'a', ' ', '\n'], []],
    [field('any'), ['', 'x'], []],
    [
      field('string', { format: 'email' }),
      ['a@b.c', "o'neil+x@example.co.uk"],
      ['', 'a', '@b', 'a@', 'a@b..c', 'a@-b', 'a b@c', 'a@b\n'],
    ],
    [
      field('string', { format: 'uri' }),
      ['http://a.b/c?d=%20#e', 'mailto:x'],
      ['a.b', '://x', 'http:', 'http://a b', 'http://a/%2', '1a:b'],
    ],
    [
      field('string', { format: 'binary' }),
      ['', 'YQ==', 'YWI=', 'YWJj'],
      ['YQ', 'YQ=', 'Y===', '*'.repeat(4)],
    ],
    [
      field('string', { format: 'uuid' }),
      ['123e4567-E89B-12d3-a456-426614174000'],
      ['123e4567', '123e4567e89b12d3a456426614174000'],
    ],
    [field('number'), ['1', '-1.50', '1e3', '.5', 'NaN', 'INF', '-inf'], ['', '1,5', '+INF', 'one', '1.2.3']],
    [field('number', { groupChar: ',', bareNumber: false }), ['$1,234.50'], ['1,,2', 'none']],
    [field('integer'), ['7', '-7', '+007'], ['', '1.0', '1e3', 'x', '1,000', '1.2.3']],
    [field('integer', { groupChar: '.', bareNumber: false }), ['1.000 km'], ['1,5', '1..0']],
    [field('boolean'), ['true', 'True', 'TRUE', '1', 'false', '0'], ['', 'yes', 'tRue']],
    [field('boolean', { trueValues: ['Y'], falseValues: ['N'] }), ['Y', 'N'], ['y', 'true']],
    [field('date'), ['2024-02-29'], ['2023-02-29', '2024-2-1', '01/02/2024']],
    [field('date', { format: '%d/%m/%Y' }), ['1/2/2024'], ['2024-02-01']],
    [
      field('date', { format: 'any' }),
      ['2024-02-01', '2024/2/1', '1 February 2024', 'Feb 1, 2024'],
      ['01/02/2024', 'tomorrow'],
    ],
    [field('time'), ['10:00:00', '10:00:00Z'], ['10:00', '25:00:00']],
    [field('time', { format: 'any' }), ['10:00', '1:30 PM'], ['10']],
    [
      field('datetime'),
      ['2024-02-01T10:00:00Z', '2024-02-01T10:00:00.5+01:00'],
      ['2024-02-01', '2024-02-01 10:00:00'],
    ],
    [
      field('datetime', { format: 'any' }),
      ['2024-02-01 10:00', '1 Feb 2024 10:00:00.25', '2024-02-01'],
      ['10:00'],
    ],
    [field('year'), ['2024', '-0044', '12024'], ['24', '02024', '2024-01']],
    [field('yearmonth'), ['2024-12'], ['2024-13', '2024-1', '2024']],
  ])('%j', (spec, values, others) => {
    for (const text of values) expect([text, reads(spec, text)]).toEqual([text, true]);
    for (const text of others) expect([text, reads(spec, text)]).toEqual([text, false]);
  });

  it.each<[FieldSpec['type'], string[]]>([
    ['string', ['a', 'b', 'ba']],
    ['number', ['-INF', '-1', '0', '0.5', '1e3', 'INF']],
    ['integer', ['-10', '2', '10']],
    ['boolean', ['false', 'true']],
    ['date', ['1999-12-31', '2000-01-01']],
    ['time', ['09:00:00', '10:00:00+00:30', '10:00:00']],
    ['datetime', ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.1Z']],
    ['year', ['-0001', '0001', '2024']],
    ['yearmonth', ['2023-12', '2024-01']],
    ['duration', ['-P1Y', '-PT0.5S', 'PT0S', 'PT1.000000001S', 'P27D', 'P1M', 'P32D', 'P1Y', 'P367D']],
  ])('of type %s have an order', (type, ascending) => {
    const { read, compare } = valueReader(field(type));
    const values = ascending.map((text) => read(text));
    values.forEach((a, i) =>
      values.forEach((b, j) => expect(Math.sign(compare(a, b))).toBe(Math.sign(i - j))),
    );
  });

  it('gives NaN no order, not even with itself', () => {
    const { read, compare } = valueReader(field('number'));
    expect(compare(read('NaN'), read('1'))).toBeNaN();
    expect(compare(read('NaN'), read('NaN'))).toBeNaN();
  });

  it.each<[FieldSpec['type'], string, string]>([
    ['string', 'a', 'a'],
    ['number', '1.50', '1.5'],
    ['number', '-0.0', '0'],
    ['number', '100', '1e2'],
    ['number', 'inf', 'INF'],
    ['integer', '007', '7'],
    ['boolean', '1', 'true'],
    ['datetime', '2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00'],
    ['year', '2024', '2024'],
  ])('of type %s: %s and %s have one key', (type, a, b) => {
    const { read, key } = valueReader(field(type));
    expect(key(read(a))).toBe(key(read(b)));
  });

  it('gives durations no order that depends on the month', () => {
    const { read, compare } = valueReader(field('duration'));
    expect(compare(read('P1M'), read('P30D'))).toBeNaN();
    expect(compare(read('P30D'), read('P1M'))).toBeNaN();
    expect(compare(read('P1Y'), read('P12M'))).toBe(0);
  });

  it.each<[FieldSpec, string, string, string]>([
    [field('object'), '{"a":1,"b":[2]}', '{ "b": [2.0], "a": 1 }', '{"a":1,"b":[3]}'],
    [field('array'), '[1, null]', '[1,null]', '["1",null]'],
    [
      field('geojson'),
      '{"type":"Point","coordinates":[1,2]}',
      '{"coordinates":[1.0,2],"type":"Point"}',
      '{"type":"Point","coordinates":[2,1]}',
    ],
    [field('geopoint'), '1, 2', '1.0,2.00', '2,1'],
    [field('list', { itemType: 'number' }), '1,2.0', '1.0,2', '2,1'],
    [field('list'), 'a,b', 'a,b', 'a'],
    [field('list'), '', '', ','],
    [field('duration'), 'P1Y', 'P12M', 'P365D'],
    [field('duration'), 'PT24H', 'P1D', 'P1DT1S'],
  ])('%j: %s is %s, and is not %s', (spec, text, same, other) => {
    const { read, compare, key } = valueReader(spec);
    expect(key(read(text))).toBe(key(read(same)));
    expect(compare(read(text), read(same))).toBe(0);
    expect(key(read(text))).not.toBe(key(read(other)));
    expect(compare(read(text), read(other))).not.toBe(0);
  });

  it('have one key just where they are equal', () => {
    const { read, compare, key } = valueReader(field('number'));
    const numbers = fc.stringMatching(/^-?[0-9]{1,3}(\.[0-9]{1,2})?$/);
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [x, y] = [read(a), read(b)];
        expect(key(x) === key(y)).toBe(compare(x, y) === 0);
      }),
    );
  });
});
