import { checkTableSchema } from '../../../src/spec/schema/check-table-schema';
import { field, pipeline, rejectsOf, schema } from '../in-memory';

/**
 * What the text of Table Schema says of cells (https://specs.frictionlessdata.io/table-schema/, and v2 where it says so),
 * by the section that says it: a field as a descriptor has it, cells that it names as values, and cells that it rules out.
 */
const SPECIFICATION: ReadonlyArray<readonly [string, object, readonly string[], readonly string[]]> = [
  ['string: default, any valid string', { type: 'string' }, ['a', ' ', '"'], []],
  ['string: email', { type: 'string', format: 'email' }, ['name@example.com'], ['name', 'name@']],
  [
    'string: uri',
    { type: 'string', format: 'uri' },
    ['http://example.com/a?b#c', 'urn:isbn:0451450523'],
    ['example'],
  ],
  ['string: binary, base64', { type: 'string', format: 'binary' }, ['aGVsbG8='], ['aGVsbG8', '???']],
  [
    'string: uuid',
    { type: 'string', format: 'uuid' },
    ['95ecc380-afe9-11e4-9b6c-751b66dd541e'],
    ['95ecc380'],
  ],
  [
    'number: an optional sign, digits, a full stop',
    { type: 'number' },
    ['+1', '-1.5', '100', '0.25'],
    ['1,5', 'a'],
  ],
  ['number: an exponent', { type: 'number' }, ['1E5', '1.5E+3', '1E-2'], ['E5', '1E']],
  [
    'number: NaN, INF and -INF in any case',
    { type: 'number' },
    ['NaN', 'nan', 'INF', 'inf', '-INF'],
    ['Infinity'],
  ],
  ['number: decimalChar', { type: 'number', decimalChar: ',' }, ['1,5'], ['1.5']],
  ['number: groupChar', { type: 'number', groupChar: ',' }, ['100,000', '100000'], ['100 000']],
  ['number: bareNumber false', { type: 'number', bareNumber: false }, ['€95', '95%', '95'], ['%']],
  ['number: bareNumber is true by default', { type: 'number' }, ['95'], ['€95', '95%']],
  ['integer: no fraction', { type: 'integer' }, ['1', '-7'], ['1.0', '1.5']],
  ['integer: bareNumber false', { type: 'integer', bareNumber: false }, ['€95', 'EUR 95', '95 %'], ['EUR']],
  [
    'boolean: true, True, TRUE, 1, false, False, FALSE, 0',
    { type: 'boolean' },
    ['true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0'],
    ['yes', 'no', 't', 'f', 'tRUE'],
  ],
  [
    'boolean: trueValues and falseValues in place of these',
    { type: 'boolean', trueValues: ['yes'], falseValues: ['no'] },
    ['yes', 'no'],
    ['true', '1'],
  ],
  ['object: valid JSON object', { type: 'object' }, ['{"a": {"b": 1}}'], ['[]', '{', 'a']],
  ['array: valid JSON array', { type: 'array' }, ['[1, {"a": []}]'], ['{}', '1,2']],
  ['list (v2): values with a delimiter', { type: 'list' }, ['value1,value2', 'value1'], []],
  [
    'list (v2): delimiter and itemType',
    { type: 'list', delimiter: ';', itemType: 'integer' },
    ['1;2'],
    ['1,2', 'a'],
  ],
  [
    'list (v2): items in their default format',
    { type: 'list', itemType: 'date' },
    ['2020-01-01'],
    ['01/01/2020'],
  ],
  ['date: ISO 8601, YYYY-MM-DD', { type: 'date' }, ['2013-02-28'], ['2013-02-29', '20130228', '28/02/2013']],
  [
    'date: a pattern',
    { type: 'date', format: '%d/%m/%y' },
    ['25/12/06', '01/01/15'],
    ['2015-01-01', '32/01/15'],
  ],
  ['date: any', { type: 'date', format: 'any' }, ['2013-02-28', '28 February 2013'], ['yesterday']],
  ['time: hh:mm:ss', { type: 'time' }, ['23:59:59'], ['24:00:00', '23:59']],
  ['time: a pattern', { type: 'time', format: '%H:%M' }, ['23:59'], ['23:59:59']],
  ['time: any', { type: 'time', format: 'any' }, ['11:00 PM'], ['late']],
  [
    'datetime: YYYY-MM-DDThh:mm:ssZ',
    { type: 'datetime' },
    ['2013-02-28T23:59:59Z'],
    ['2013-02-28', '2013-02-28 23:59'],
  ],
  [
    'datetime: a pattern',
    { type: 'datetime', format: '%Y/%m/%d %H:%M' },
    ['2013/02/28 23:59'],
    ['2013/02/28'],
  ],
  ['datetime: any', { type: 'datetime', format: 'any' }, ['28 Feb 2013 23:59'], ['soon']],
  ['year: as gYear of XML Schema', { type: 'year' }, ['2013', '-0044'], ['13', '02013']],
  ['yearmonth: as gYearMonth of XML Schema', { type: 'yearmonth' }, ['2013-02'], ['2013-13', '2013']],
  [
    'duration: as of XML Schema',
    { type: 'duration' },
    ['P1Y2M3DT10H30M', '-P120D', 'PT0.5S'],
    ['P', '1Y', 'PT', 'P1S'],
  ],
  ['geopoint: lon, lat', { type: 'geopoint' }, ['90.50, 45.50', '90.50,45.50'], ['90.50', '[90, 45]']],
  ['geopoint: array', { type: 'geopoint', format: 'array' }, ['[90.50, 45.50]'], ['90.50, 45.50', '[90.50]']],
  [
    'geopoint: object',
    { type: 'geopoint', format: 'object' },
    ['{"lon": 90.50, "lat": 45.50}'],
    ['{"lon": 90.50}'],
  ],
  [
    'geojson: default',
    { type: 'geojson' },
    ['{"type": "Point", "coordinates": [90, 45]}'],
    ['{"type": "Point"}', '[]'],
  ],
  [
    'geojson: topojson',
    { type: 'geojson', format: 'topojson' },
    ['{"type": "Topology", "objects": {}, "arcs": []}'],
    ['{"type": "Feature", "geometry": {"type": "Point", "coordinates": [90, 45]}, "properties": {}}'],
  ],
  ['any: any value', { type: 'any' }, ['a', '1', '{}'], []],
  [
    'constraints: minLength and maxLength',
    { constraints: { minLength: 2, maxLength: 3 } },
    ['ab', 'äöü'],
    ['a', 'abcd'],
  ],
  [
    'constraints: minimum and maximum',
    { type: 'integer', constraints: { minimum: 1, maximum: 3 } },
    ['1', '3'],
    ['0', '4'],
  ],
  [
    'constraints (v2): exclusiveMinimum and exclusiveMaximum',
    { type: 'number', constraints: { exclusiveMinimum: 1, exclusiveMaximum: '3' } },
    ['1.1', '2.9'],
    ['1', '3.0'],
  ],
  [
    'constraints: pattern of the whole value',
    { constraints: { pattern: '[a-z]+' } },
    ['abc'],
    ['abc1', 'ABC'],
  ],
  ['constraints: enum', { type: 'integer', constraints: { enum: [1, '2'] } }, ['1', '02'], ['3']],
  ['missing values (v2) of a field', { type: 'integer', missingValues: ['-', '?'] }, ['1', '-', '?'], ['x']],
];

describe('the text of Table Schema', () => {
  it.each(SPECIFICATION)('%s', async (_section, descriptor, values, others) => {
    const { fields } = checkTableSchema({ fields: [{ name: 'cell', ...descriptor }] });
    const spec = pipeline({ schema: schema([...fields, field('other')]) });
    const csv = (cells: readonly string[]) =>
      `cell,other\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}",x\n`).join('')}`;
    expect(await rejectsOf(csv(values), spec)).toEqual([]);
    expect(await rejectsOf(csv(others), spec)).toHaveLength(others.length);
  });
});
