import { DEFAULT_DIALECT } from '../../src/spec/dialect-spec';
import { checkPipelineSpec } from '../../src/spec/parse-pipeline-spec';
import { DEFAULT_LIMITS } from '../../src/spec/pipeline-spec';
import { checkTableSchema } from '../../src/spec/schema/check-table-schema';
import { SpecError } from '../../src/spec/spec-error';
import type { TransformSpec } from '../../src/spec/transforms/transform-spec';

const schema = checkTableSchema({
  fields: [{ name: 'a' }, { name: 'b' }, { name: 'price', type: 'number', decimalChar: ',' }],
});

function checked(...transforms: object[]) {
  return checkPipelineSpec({
    version: 1,
    dialect: DEFAULT_DIALECT,
    schema,
    transforms,
    enrichments: [],
    rejectPolicy: { type: 'quarantine-all' },
    limits: DEFAULT_LIMITS,
  });
}

function problemsOf(...transforms: object[]): string[] {
  try {
    checked(...transforms);
    return [];
  } catch (error) {
    return (error as SpecError).problems.map(
      ({ place, got, expected }) =>
        `${place.replace('transforms[0].', '')}: got ${got}, expected ${expected}`,
    );
  }
}

const split = { type: 'split', column: 'a', separator: ' ', into: ['x', 'y'], extra: 'merge' };
const map = { type: 'map-values', column: 'a', values: [{ from: 'M', to: '' }], otherwise: { type: 'keep' } };
const mask = { type: 'mask', column: 'a', keepFirst: 0, keepLast: 4, character: '😀' };
const hash = { type: 'hash', column: 'a', key: 'Shop/Key' };
const zone = { type: 'convert-time-zone', column: 'a', target: 'UTC', disambiguation: 'reject' };
const cast: TransformSpec = { type: 'cast', column: 'price', to: 'number', decimalChar: ',' };

it.each<[object[]]>([
  [[split, { type: 'trim', columns: ['y'] }]],
  [
    [
      { type: 'concatenate', column: 'c', columns: ['a', 'b'], separator: '' },
      { type: 'trim', columns: ['c'] },
    ],
  ],
  [[{ type: 'concatenate', column: 'b', columns: ['a', 'b'], separator: ' ' }]],
  [[map, { ...map, otherwise: { type: 'reject' } }, { ...map, otherwise: { type: 'value', value: '' } }]],
  [[mask]],
  [[hash, hash]],
  [[cast, { type: 'round', column: 'price', scale: 2, rounding: 'half-up' }]],
  [[{ type: 'round', column: 'a', scale: 0, rounding: 'down' }]],
  [
    [
      { type: 'de-duplicate', keep: 'first' },
      { type: 'de-duplicate', columns: ['a', 'b'], keep: 'last' },
    ],
  ],
  [[{ ...zone, source: 'Europe/Berlin', inputFormat: '%Y-%j %I %p', outputFormat: '%H' }, zone]],
])('%j is read back as it was written', (transforms) => {
  expect(checked(...transforms).transforms).toEqual(transforms);
});

it.each<[object, string[]]>([
  [{ ...split, column: 'z' }, ['column: got the unknown column "z", expected one of a, b, price']],
  [{ ...split, separator: '' }, ['separator: got "", expected a text that is not empty']],
  [{ ...split, into: [] }, ['into: got [], expected at least one column']],
  [{ ...split, into: ['x', 'x'] }, ['into[1]: got "x", expected a column once']],
  [
    { ...split, into: ['b'] },
    ['into: got the column "b", expected a name that is not there already: a, b, price'],
  ],
  [
    { ...split, into: [' ', '_row'] },
    [
      'into[0]: got " ", expected a name that is not blank',
      'into[1]: got "_row", expected another name, since _row, _column, _code, _message are columns that the pipeline adds itself',
    ],
  ],
  [{ ...split, extra: 'fold' }, ['extra: got "fold", expected "merge", "drop" or "reject"']],
  [
    { type: 'concatenate', column: 'c', columns: ['a', 'z'], separator: '' },
    ['columns: got the unknown column "z", expected one of a, b, price'],
  ],
  [
    { type: 'concatenate', column: ' ', columns: ['a'] },
    ['column: got " ", expected a name that is not blank', 'separator: got nothing, expected a text'],
  ],
  [{ ...map, column: 'z' }, ['column: got the unknown column "z", expected one of a, b, price']],
  [{ ...map, values: [] }, ['values: got [], expected at least one value']],
  [{ ...map, values: 'M' }, ['values: got "M", expected a list']],
  [
    { ...map, values: [{ from: '', to: 'x' }] },
    ['values[0].from: got "", expected a text that is not empty'],
  ],
  [
    {
      ...map,
      values: [
        { from: 'M', to: 'x' },
        { from: 'M', to: 'y' },
      ],
    },
    ['values: got "M", expected a value once'],
  ],
  [
    { ...map, otherwise: { type: 'keep', value: '' } },
    ['otherwise.value: got an unknown property, expected one of type'],
  ],
  [{ ...mask, column: 'z' }, ['column: got the unknown column "z", expected one of a, b, price']],
  [
    { ...mask, keepFirst: -1, keepLast: 0.5, character: '**' },
    [
      'character: got "**", expected one character',
      'keepFirst: got -1, expected a whole number from 0 to 1000',
      'keepLast: got 0.5, expected a whole number from 0 to 1000',
    ],
  ],
  [
    { type: 'round', column: 'z', scale: 2, rounding: 'up' },
    ['column: got the unknown column "z", expected one of a, b, price'],
  ],
  [
    { type: 'round', column: 'a', scale: 101, rounding: 'nearest' },
    [
      'scale: got 101, expected a whole number from 0 to 100',
      'rounding: got "nearest", expected "half-even", "half-up", "half-down", "up", "down", "ceiling" or "floor"',
    ],
  ],
  [
    { type: 'round', column: 'price', scale: 2, rounding: 'up' },
    [
      'column: got the column "price", which is written with decimalChar ",", expected ' +
        "Transform.cast('price', CastType.NUMBER, { decimalChar: ',' }) before it, since round reads plain decimals",
    ],
  ],
  [
    { type: 'de-duplicate', columns: ['z'], keep: 'first' },
    ['columns: got the unknown column "z", expected one of a, b, price'],
  ],
  [
    { type: 'de-duplicate', columns: [], keep: 'any' },
    ['columns: got [], expected at least one column', 'keep: got "any", expected "first" or "last"'],
  ],
  [{ ...zone, column: 'z' }, ['column: got the unknown column "z", expected one of a, b, price']],
  [
    { ...zone, source: 'Berlin', target: 7 },
    [
      'source: got "Berlin", expected the name of a time zone, such as "Europe/Berlin" or "UTC"',
      'target: got 7, expected a text that is not empty',
    ],
  ],
  [
    { ...zone, inputFormat: '%Y-%m-%d' },
    ['inputFormat: got "%Y-%m-%d", expected a format that states year, month, day and hour'],
  ],
  [
    { ...zone, inputFormat: '%H:%M' },
    ['inputFormat: got "%H:%M", expected a format that states year, month, day and hour'],
  ],
  [
    { ...zone, inputFormat: '%Q' },
    [expect.stringContaining('inputFormat: got "%Q", expected a strptime format')],
  ],
  [
    { ...zone, disambiguation: 'guess' },
    ['disambiguation: got "guess", expected "reject", "compatible", "earlier" or "later"'],
  ],
])('%j is refused', (transform, expected) => {
  expect(problemsOf(transform)).toEqual(expected);
});

it('knows how cells are written after it', () => {
  const late = { type: 'filter', expression: "a < '2024'" };
  const slashed = { ...zone, outputFormat: '%d/%m/%Y' };
  expect(problemsOf(slashed, late)[0]).toContain('a comparison of the column "a" at character 1');
  expect(problemsOf(slashed, zone, late)).toEqual([]);
  const sum = { type: 'derive', column: 'c', expression: 'price + 1' };
  for (const rewritten of ['concatenate', 'map-values', 'mask', 'hash'] as const) {
    const made = {
      ...map,
      ...mask,
      ...hash,
      columns: ['a'],
      separator: '',
      column: 'price',
      type: rewritten,
    };
    const known = {
      concatenate: ['column', 'columns', 'separator'],
      'map-values': ['column', 'values', 'otherwise'],
      mask: ['column', 'keepFirst', 'keepLast', 'character'],
      hash: ['column', 'key'],
    }[rewritten];
    const members = Object.entries(made).filter(([name]) => name === 'type' || known.includes(name));
    expect(problemsOf(Object.fromEntries(members), sum)).toEqual([]);
  }
  expect(problemsOf(sum)).toHaveLength(1);
});
