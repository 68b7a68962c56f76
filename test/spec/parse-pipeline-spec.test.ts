import { DEFAULT_DIALECT } from '../../src/spec/dialect-spec';
import { readExpression } from '../../src/spec/expression/read-expression';
import { checkPipelineSpec, parsePipelineSpec } from '../../src/spec/parse-pipeline-spec';
import { DEFAULT_LIMITS } from '../../src/spec/pipeline-spec';
import { checkTableSchema } from '../../src/spec/schema/check-table-schema';
import { SpecError } from '../../src/spec/spec-error';
import { SpecReader } from '../../src/spec/spec-reader';

const lookup = {
  type: 'lookup',
  source: { type: 'bucket', key: 'reference/x.csv' },
  on: [{ column: 'a', lookupColumn: 'id' }],
  columns: [{ lookupColumn: 'name', column: 'name' }],
  whenMissing: { type: 'null' },
};

const SPEC = {
  version: 1,
  dialect: DEFAULT_DIALECT,
  transforms: [] as object[],
  enrichments: [] as object[],
  rejectPolicy: { type: 'quarantine-all' },
  limits: DEFAULT_LIMITS,
};
const schema = checkTableSchema({ fields: [{ name: 'a' }, { name: 'b' }] });

function linesOf(json: unknown): string[] {
  try {
    checkPipelineSpec(json);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return error.problems.map(({ place, got, expected }) => `${place}: got ${got}, expected ${expected}`);
  }
  return [];
}

const ofTransform = (transform: object) =>
  linesOf({ ...SPEC, transforms: [transform] }).map((line) => line.replace('transforms[0].', ''));
const ofEnrichment = (enrichment: object) =>
  linesOf({ ...SPEC, enrichments: [enrichment] }).map((line) => line.replace('enrichments[0].', ''));

describe('a pipeline spec', () => {
  it('is read back as it was written', () => {
    const spec = {
      ...SPEC,
      schema,
      transforms: [
        { type: 'trim', columns: ['a'] },
        { type: 'rename', column: 'a', to: 'x' },
        { type: 'derive', column: 'a', expression: 'x * 2', scale: 2, rounding: 'up' },
        { type: 'derive', column: 'x', expression: 'upper(x)' },
        { type: 'filter', expression: "a > 1 || col('b') == 'x'" },
        { type: 'fill-missing', column: 'b', value: '-' },
        { type: 'replace', column: 'b', search: '^-$', replacement: '', pattern: true },
        { type: 'replace', column: 'b', search: '(', replacement: '', pattern: false },
        { type: 'change-case', column: 'b', to: 'title' },
        { type: 'cast', column: 'b', to: 'number', decimalChar: ',', groupChar: '.', bareNumber: false },
        { type: 'cast', column: 'b', to: 'boolean', trueValues: ['Y'], falseValues: ['N'] },
        { type: 'cast', column: 'b', to: 'date', inputFormat: '%d/%m/%Y' },
        { type: 'format-date', column: 'b', inputFormat: '%Y', outputFormat: '%y' },
        { type: 'keep', columns: ['b', 'a'] },
        { type: 'drop', columns: ['b'] },
      ],
      enrichments: [
        lookup,
        {
          ...lookup,
          source: { type: 'asset', key: 'abc.csv' },
          columns: [],
          whenMissing: { type: 'value', value: '' },
        },
        { type: 'constant', column: 'c', value: '' },
        { type: 'lineage' },
      ],
      rejectPolicy: { type: 'tolerate-percent', percent: 5 },
    };
    expect(parsePipelineSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  it('is refused by a step of another release, as spec-mismatch', () => {
    expect(() => parsePipelineSpec({ ...SPEC, version: 2 })).toThrow(
      expect.objectContaining({
        name: 'spec-mismatch',
        message: 'pipeline spec: version: got 2, expected 1, the version that this release reads',
      }),
    );
  });

  it('is refused where an expression would read a number otherwise than the schema does', () => {
    const amounts = checkTableSchema({
      fields: [{ name: 'amt', type: 'number', decimalChar: ',', groupChar: '.' }],
    });
    const transforms = [{ type: 'derive', column: 't', expression: '2 * amt', scale: 2 }];
    expect(() => parsePipelineSpec({ ...SPEC, schema: amounts, transforms })).toThrow(
      expect.objectContaining({
        name: 'spec-mismatch',
        message:
          'pipeline spec: transforms[0].expression: got the column "amt" at character 5, which is written with ' +
          'decimalChar "," and groupChar ".", expected Transform.cast(\'amt\', CastType.NUMBER, ' +
          "{ decimalChar: ',', groupChar: '.' }) before it, since expressions read plain decimals",
      }),
    );
  });

  it('has a file for each resource that a foreign key refers to', () => {
    const withKey = checkTableSchema({
      fields: [{ name: 'a' }],
      foreignKeys: [
        { fields: 'a', reference: { resource: 'x', fields: 'b' } },
        { fields: 'a', reference: { fields: 'a' } },
      ],
    });
    const resources = { x: { type: 'bucket', key: 'reference/x.csv' } };
    expect(checkPipelineSpec({ ...SPEC, schema: withKey, resources }).resources).toEqual(resources);
    expect(linesOf({ ...SPEC, schema: withKey, resources: { y: resources.x } })).toEqual([
      'schema.foreignKeys[0].reference.resource: got "x", expected one of the resources that have a lookup source: y',
    ]);
    expect(linesOf({ ...SPEC, resources: { y: { type: 'bucket', key: 'raw/x.csv' } } })).toEqual([
      'resources.y.key: got "raw/x.csv", expected a key under reference/',
    ]);
  });

  it('passes on what is no matter of the spec', () => {
    const broken = {
      get version() {
        throw new RangeError('broken');
      },
    };
    expect(() => parsePipelineSpec(broken)).toThrow(RangeError);
  });

  it.each([
    [
      { ...SPEC, extra: 1 },
      'extra: got an unknown property, expected one of version, dialect, schema, resources, transforms, enrichments, rejectPolicy, limits, output',
    ],
    [{ ...SPEC, transforms: {} }, 'transforms: got {}, expected a list'],
    [
      { ...SPEC, transforms: [{ type: 'tirm' }] },
      'transforms[0].type: got "tirm", expected "trim", "rename", "drop"',
    ],
    [
      { ...SPEC, transforms: [{ type: 'constructor' }] },
      'transforms[0].type: got "constructor", expected "trim"',
    ],
    [{ ...SPEC, enrichments: [7] }, 'enrichments[0]: got 7, expected an object'],
    [{ ...SPEC, schema: { fields: [] } }, 'schema.fields: got [], expected at least one field'],
  ])('%j is refused', (json, message) => {
    expect(linesOf(json)[0]).toContain(message);
  });
});

describe('an expression of a spec', () => {
  it('hides no error that is none of the expression', () => {
    const reader = new SpecReader({ expression: 'a / b' }, '', []);
    const use = {
      get scaled(): boolean {
        throw new RangeError('broken');
      },
    };
    expect(() => readExpression(reader, use)).toThrow(RangeError);
  });
});

describe('a transform', () => {
  it.each<[object, string[]]>([
    [{ type: 'trim', columns: [] }, ['columns: got [], expected at least one column']],
    [{ type: 'trim', columns: ['a', 'a'] }, ['columns[1]: got "a", expected a column once']],
    [
      { type: 'trim', column: 'a' },
      ['column: got an unknown property, expected columns', 'columns: got nothing, expected a list of texts'],
    ],
    [
      { type: 'rename', column: '', to: '_row' },
      [
        'column: got "", expected a text that is not empty',
        'to: got "_row", expected another name, since _row, _column, _code, _message are columns that the pipeline adds itself',
      ],
    ],
    [{ type: 'rename', column: 'a', to: ' ' }, ['to: got " ", expected a name that is not blank']],
    [{ type: 'rename', column: 'a' }, ['to: got nothing, expected a text that is not empty']],
    [{ type: 'fill-missing', column: 'a', value: '' }, ['value: got "", expected a text that is not empty']],
    [
      { type: 'replace', column: 'a', search: '[', replacement: '', pattern: true },
      ['search: got "[", expected a pattern in RE2 syntax (error parsing regexp: missing closing ]: `[`)'],
    ],
    [
      { type: 'change-case', column: 'a', to: 'snake' },
      ['to: got "snake", expected "upper", "lower" or "title"'],
    ],
    [
      { type: 'cast', column: 'a', to: 'float' },
      ['to: got "float", expected "string", "integer", "number", "boolean", "date" or "datetime"'],
    ],
    [
      { type: 'cast', column: 'a', to: 'integer', inputFormat: '%Y' },
      [
        'inputFormat: got "%Y", expected nothing, since inputFormat belongs to date and datetime, not to integer',
      ],
    ],
    [{ type: 'cast', column: 'a', to: 'date', inputFormat: 7 }, ['inputFormat: got 7, expected a text']],
    [
      { type: 'cast', column: 'a', to: 'number', groupChar: '.' },
      ['groupChar: got ".", expected another character than the decimal character'],
    ],
    [
      { type: 'format-date', column: 'a', inputFormat: '%d/%n', outputFormat: '%Y' },
      [
        'inputFormat: got "%d/%n", expected a strptime format (unknown directive %n, expected one of %Y %y %m %d %H %I %M %S %j %b %B %a %A %p %f %z %Z %%)',
      ],
    ],
    [
      { type: 'derive', column: 'x', expression: 'a +' },
      [
        'expression: got the end at character 4 of "a +", expected a column, a number, a text, a function or a "("',
      ],
    ],
    [{ type: 'derive', column: 'x', expression: 5 }, ['expression: got 5, expected a text']],
    [
      { type: 'derive', column: 'x', expression: "'a'", scale: 2 },
      ['expression: got a text at character 1 of "\'a\'", expected a number'],
    ],
    [
      { type: 'derive', column: 'x', expression: 'a / b', rounding: 'up' },
      [
        'rounding: got "up", expected a scale beside it, to which the result is rounded',
        'expression: got a division without a scale at character 3 of "a / b", expected a scale beside the expression, or div(a, b, scale)',
      ],
    ],
    [
      { type: 'derive', column: 'x', expression: 'a', scale: -1, rounding: 'nearest' },
      [
        'scale: got -1, expected a whole number from 0 to 100',
        'rounding: got "nearest", expected "half-even", "half-up", "half-down", "up", "down", "ceiling" or "floor"',
      ],
    ],
    [
      { type: 'filter', expression: 'a + 1' },
      ['expression: got a number at character 3 of "a + 1", expected true or false'],
    ],
  ])('%j is refused', (transform, expected) => {
    expect(ofTransform(transform)).toEqual(expected);
  });
});

describe('an enrichment', () => {
  it.each<[object, string[]]>([
    [
      { ...lookup, source: { type: 'bucket', key: 'raw/x.csv' } },
      ['source.key: got "raw/x.csv", expected a key under reference/'],
    ],
    [
      { ...lookup, source: { type: 'bucket', key: 'reference/' } },
      ['source.key: got "reference/", expected a key under reference/'],
    ],
    [
      { ...lookup, source: { type: 'bucket' } },
      ['source.key: got nothing, expected a text that is not empty'],
    ],
    [{ ...lookup, on: [] }, ['on: got [], expected at least one pair of columns']],
    [{ ...lookup, on: 'a' }, ['on: got "a", expected a list']],
    [{ ...lookup, on: [lookup.on[0], lookup.on[0]] }, ['on: got "id", expected a column once']],
    [
      { ...lookup, columns: [lookup.columns[0], { lookupColumn: 'x', column: 'name' }] },
      ['columns: got "name", expected a column once'],
    ],
    [
      { ...lookup, columns: [{ lookupColumn: 'x', column: '_code' }] },
      [
        'columns[0].column: got "_code", expected another name, since _row, _column, _code, _message are columns that the pipeline adds itself',
      ],
    ],
    [
      { ...lookup, whenMissing: { type: 'drop' } },
      ['whenMissing.type: got "drop", expected "null", "reject" or "value"'],
    ],
    [
      { ...lookup, whenMissing: { type: 'null', value: 'x' } },
      ['whenMissing.value: got an unknown property, expected one of type'],
    ],
    [{ type: 'constant', column: 'x', value: 1 }, ['value: got 1, expected a text']],
    [{ type: 'lineage', columns: [] }, ['columns: got an unknown property, expected one of type']],
  ])('%j is refused', (enrichment, expected) => {
    expect(ofEnrichment(enrichment)).toEqual(expected);
  });
});

describe('the header of a pipeline with a schema', () => {
  it.each<[string, object[], object[], string[]]>([
    [
      'a column that no field has',
      [{ type: 'trim', columns: ['z'] }],
      [],
      ['transforms[0].columns: got the unknown column "z", expected one of a, b'],
    ],
    [
      'a column of an expression',
      [{ type: 'filter', expression: "a > 1 && col('z') < 2" }],
      [],
      ['transforms[0].expression: got the unknown column "z" at character 10, expected one of a, b'],
    ],
    [
      'a column that is gone',
      [
        { type: 'drop', columns: ['a'] },
        { type: 'derive', column: 'x', expression: 'a' },
      ],
      [],
      ['transforms[1].expression: got the unknown column "a" at character 1, expected one of b'],
    ],
    [
      'a new name that is there',
      [{ type: 'rename', column: 'a', to: 'b' }],
      [],
      ['transforms[0].to: got the column "b", expected a name that is not there already: a, b'],
    ],
    [
      'a key that is renamed',
      [{ type: 'rename', column: 'a', to: 'x' }],
      [lookup],
      ['enrichments[0].on: got the unknown column "a", expected one of x, b'],
    ],
    [
      'a new column twice',
      [],
      [lookup, { type: 'constant', column: 'name', value: '' }],
      ['enrichments[1].column: got the column "name", expected a name that is not there already: a, b, name'],
    ],
    [
      'all problems at once',
      [
        { type: 'keep', columns: ['y'] },
        { type: 'trim', columns: ['a'] },
      ],
      [],
      [
        'transforms[0].columns: got the unknown column "y", expected one of a, b',
        'transforms[1].columns: got the unknown column "a", expected one of y',
      ],
    ],
  ])('refuses %s', (_, transforms, enrichments, expected) => {
    expect(linesOf({ ...SPEC, schema, transforms, enrichments })).toEqual(expected);
    expect(
      linesOf({ ...SPEC, schema: { ...schema, fieldsMatch: 'equal' }, transforms, enrichments }),
    ).toEqual(expected);
  });

  it('is not judged where files may differ from the schema, or have none', () => {
    const transforms = [
      { type: 'trim', columns: ['z'] },
      { type: 'rename', column: 'z', to: 'a' },
      { type: 'drop', columns: ['y'] },
      { type: 'derive', column: 'w', expression: 'z' },
    ];
    const enrichments = [{ type: 'constant', column: 'a', value: '' }, { type: 'lineage' }];
    expect(linesOf({ ...SPEC, transforms, enrichments })).toEqual([]);
    expect(
      linesOf({ ...SPEC, schema: { ...schema, fieldsMatch: 'subset' }, transforms, enrichments }),
    ).toEqual([]);
  });

  it('is known again once columns are kept by name', () => {
    const transforms = [
      { type: 'keep', columns: ['x'] },
      { type: 'trim', columns: ['y'] },
    ];
    expect(linesOf({ ...SPEC, transforms })).toEqual([
      'transforms[1].columns: got the unknown column "y", expected one of x',
    ]);
  });
});
