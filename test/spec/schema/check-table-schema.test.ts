import { checkTableSchema } from '../../../src/spec/schema/check-table-schema';
import { SpecError, type SpecProblem } from '../../../src/spec/spec-error';

function problemsOf(json: unknown): readonly SpecProblem[] {
  try {
    checkTableSchema(json);
  } catch (error) {
    if (error instanceof SpecError) return error.problems;
    throw error;
  }
  return [];
}

const linesOf = (json: unknown) =>
  problemsOf(json).map(({ place, got, expected }) => `${place}: got ${got}, expected ${expected}`);

/** Problems of a schema of one field, without the name of its place. */
const ofField = (field: object) =>
  linesOf({ fields: [{ name: 'a', ...field }] }).map((line) => line.replace('fields[0].', ''));

describe('a table schema', () => {
  it('gets all its defaults written out', () => {
    expect(checkTableSchema({ fields: [{ name: 'a' }, { name: 'b', type: 'integer' }] })).toEqual({
      fields: [
        { name: 'a', type: 'string', format: 'default', constraints: {} },
        { name: 'b', type: 'integer', format: 'default', constraints: {} },
      ],
      missingValues: [''],
      primaryKey: [],
      fieldsMatch: 'exact',
    });
  });

  it('keeps everything that it says, bounds as text', () => {
    const schema = checkTableSchema({
      $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
      title: 'Orders',
      custom: { anything: true },
      fields: [
        {
          name: 'price',
          type: 'number',
          title: 'Price',
          rdfType: 'http://schema.org/price',
          example: '1,5',
          decimalChar: ',',
          groupChar: '.',
          bareNumber: false,
          constraints: {
            minimum: 0.5,
            maximum: '1.000,25',
            exclusiveMaximum: 2000,
            enum: [1.5, '2,5'],
            required: true,
            unique: false,
          },
        },
        {
          name: 'paid',
          type: 'boolean',
          trueValues: ['Y'],
          falseValues: ['N'],
          constraints: { enum: [true, false] },
        },
        { name: 'free', type: 'boolean', constraints: { enum: [true, false] } },
        {
          name: 'on',
          type: 'date',
          format: '%d/%m/%Y',
          constraints: { minimum: '01/02/2020', maximum: '31/12/2030' },
        },
        { name: 'box', type: 'object', constraints: { enum: [{ a: 1 }, '{"b":2}'], minLength: 1 } },
        { name: 'tags', type: 'list', itemType: 'integer', delimiter: ';', missingValues: ['', '?'] },
        {
          name: 'code',
          type: 'string',
          format: 'uuid',
          constraints: { minLength: 1, maxLength: 36, pattern: '[0-9a-f-]+' },
        },
      ],
      missingValues: [{ value: '', label: 'nothing' }, { value: 'NA' }],
      primaryKey: 'code',
      fieldsMatch: ['superset'],
    });
    expect(schema.fields.map(({ constraints }) => constraints)).toEqual([
      {
        required: true,
        unique: false,
        minimum: '0,5',
        maximum: '1.000,25',
        exclusiveMaximum: '2000',
        enum: ['1,5', '2,5'],
      },
      { enum: ['Y', 'N'] },
      { enum: ['true', 'false'] },
      { minimum: '01/02/2020', maximum: '31/12/2030' },
      { enum: ['{"a":1}', '{"b":2}'], minLength: 1 },
      {},
      { minLength: 1, maxLength: 36, pattern: '[0-9a-f-]+' },
    ]);
    expect(schema.fields[5]).toMatchObject({ itemType: 'integer', delimiter: ';', missingValues: ['', '?'] });
    expect(schema.fields[0]).toMatchObject({ decimalChar: ',', groupChar: '.', bareNumber: false });
    expect(schema.fields[0]).not.toHaveProperty('title');
    expect(schema).toMatchObject({
      missingValues: ['', 'NA'],
      primaryKey: ['code'],
      fieldsMatch: 'superset',
    });
    expect(checkTableSchema(schema)).toEqual(schema);
  });

  it.each<[unknown, string[]]>([
    [null, [': got null, expected an object', 'fields: got nothing, expected a list']],
    [[], [': got [], expected an object', 'fields: got nothing, expected a list']],
    [{ fields: 'a' }, ['fields: got "a", expected a list']],
    [{ fields: [] }, ['fields: got [], expected at least one field']],
    [
      { fields: ['a'] },
      ['fields[0]: got "a", expected an object', 'fields[0].name: got nothing, expected a text'],
    ],
    [
      { fields: [{ name: 'a' }, { name: 'a' }] },
      ['fields[1].name: got "a", expected a name that fields[0] does not have'],
    ],
    [
      { feilds: [{ name: 'a' }] },
      ['feilds: got an unknown property, expected fields', 'fields: got nothing, expected a list'],
    ],
    [
      { fields: [{ name: 'a' }], primary_key: 'a' },
      ['primary_key: got an unknown property, expected primaryKey'],
    ],
    [{ fields: [{ name: 'a' }], primaryKey: 'b' }, ['primaryKey: got "b", expected names of fields: a']],
    [{ fields: [{ name: 'a' }], primaryKey: ['a', 'a'] }, ['primaryKey[1]: got "a", expected a column once']],
    [{ fields: [{ name: 'a' }], primaryKey: 1 }, ['primaryKey: got 1, expected a list of texts']],
    [
      { fields: [{ name: 'a' }], missingValues: ['', 1] },
      ['missingValues: got ["",1], expected a list of texts'],
    ],
    [
      { fields: [{ name: 'a' }], fieldsMatch: 'some' },
      ['fieldsMatch: got "some", expected "exact", "equal", "subset", "superset" or "partial"'],
    ],
    [
      { fields: [{ name: 'a' }], fieldsMatch: ['some'] },
      ['fieldsMatch: got "some", expected "exact", "equal", "subset", "superset" or "partial"'],
    ],
    [
      { fields: [{ name: 'a' }], uniqueKeys: 'a' },
      ['uniqueKeys: got "a", expected a list of lists of names of fields'],
    ],
    [
      { fields: [{ name: 'a' }], uniqueKeys: [['a'], ['b'], []] },
      [
        'uniqueKeys.1: got "b", expected names of fields: a',
        'uniqueKeys.2: got [], expected at least one column',
      ],
    ],
    [{ fields: [{ name: 'a' }], foreignKeys: {} }, ['foreignKeys: got {}, expected a list']],
    [
      { fields: [{ name: 'a' }], foreignKeys: [{ fields: 'b' }] },
      [
        'foreignKeys[0].fields: got "b", expected names of fields: a',
        'foreignKeys[0].reference: got nothing, expected an object',
      ],
    ],
    [
      {
        fields: [{ name: 'a' }],
        foreignKeys: [
          { fields: 'a', reference: { fields: 'c' } },
          { fields: ['a'], reference: { resource: 'x', fields: ['b', 'c'] } },
        ],
      },
      [
        'foreignKeys[0].reference.fields: got "c", expected names of fields: a',
        'foreignKeys[1].reference.fields: got ["b","c"], expected as many columns as there are fields, 1',
      ],
    ],
  ])('%j is refused', (json, expected) => {
    expect(linesOf(json)).toEqual(expected);
  });

  it.each<[object, string[]]>([
    [{ name: 7 }, ['name: got 7, expected a text']],
    [{ name: ' ' }, ['name: got " ", expected a name that is not blank']],
    [
      { name: '_row' },
      [
        'name: got "_row", expected another name, since _row, _column, _code, _message are columns that the pipeline adds itself',
      ],
    ],
    [{ type: 'intger' }, ['type: got "intger", expected "integer"']],
    [
      { type: 'money' },
      [
        'type: got "money", expected "string", "number", "integer", "boolean", "date", "time", "datetime", "year", "yearmonth", "duration", "geopoint", "geojson", "object", "array", "list" or "any"',
      ],
    ],
    [{ type: 7 }, ['type: got 7, expected a text']],
    [{ type: 'geopoint', format: 'json' }, ['format: got "json", expected "default", "array" or "object"']],
    [{ type: 'geojson', format: 'geojson' }, ['format: got "geojson", expected "default" or "topojson"']],
    [{ type: 'list', delimiter: '' }, ['delimiter: got "", expected a text that is not empty']],
    [
      { type: 'list', itemType: 'year' },
      [
        'itemType: got "year", expected "string", "integer", "boolean", "number", "datetime", "date" or "time"',
      ],
    ],
    [
      { type: 'array', itemType: 'date' },
      ['itemType: got "date", expected no itemType on a field of type array'],
    ],
    [
      { categories: ['a'] },
      ['categories: got ["a"], expected no categories of a single field, which is not supported'],
    ],
    [{ missingValues: '-' }, ['missingValues: got "-", expected a list of texts']],
    [
      { missingValues: [{ value: 1, lable: 'x' }, '-'] },
      [
        'missingValues[1]: got "-", expected an object',
        'missingValues[0].lable: got an unknown property, expected label',
        'missingValues[0].value: got 1, expected a text',
        'missingValues[1].value: got nothing, expected a text',
      ],
    ],
    [{ fromat: 'email' }, ['fromat: got an unknown property, expected format']],
    [{ format: 'e-mail' }, ['format: got "e-mail", expected "default", "email", "uri", "binary" or "uuid"']],
    [{ format: 1 }, ['format: got 1, expected a text']],
    [{ type: 'any', format: 'email' }, ['format: got "email", expected "default"']],
    [
      { type: 'date', format: 'YYYY' },
      [
        'format: got "YYYY", expected "default", "any" or a strptime format (it has no directive, expected one such as %Y)',
      ],
    ],
    [
      { type: 'string', decimalChar: ',' },
      ['decimalChar: got ",", expected no decimalChar on a field of type string'],
    ],
    [
      { type: 'integer', trueValues: ['1'] },
      ['trueValues: got ["1"], expected no trueValues on a field of type integer'],
    ],
    [
      { type: 'number', decimalChar: '5' },
      ['decimalChar: got "5", expected one character that is no digit, letter or sign'],
    ],
    [
      { type: 'number', groupChar: '--' },
      ['groupChar: got "--", expected one character that is no digit, letter or sign'],
    ],
    [
      { type: 'number', groupChar: '.' },
      ['groupChar: got ".", expected another character than the decimal character'],
    ],
    [{ type: 'number', bareNumber: 'no' }, ['bareNumber: got "no", expected true or false']],
    [{ type: 'boolean', trueValues: [] }, ['trueValues: got [], expected at least one text']],
    [
      { type: 'boolean', trueValues: ['0'] },
      ['trueValues: got "0", expected texts that are not false values and true values at once'],
    ],
    [
      { type: 'boolean', falseValues: ['1'] },
      ['falseValues: got "1", expected texts that are not false values and true values at once'],
    ],
    [{ constraints: [] }, ['constraints: got [], expected an object']],
  ])('a field with %j is refused', (field, expected) => {
    expect(ofField(field)).toEqual(expected);
  });

  it.each<[string, object, string[]]>([
    [
      'string',
      { minimum: 1 },
      [
        'constraints.minimum: got 1, expected no minimum on a field of type string, which can have required, unique, enum, minLength, maxLength, pattern',
        'constraints.minimum',
      ],
    ],
    [
      'boolean',
      { pattern: 'x' },
      [
        'constraints.pattern: got "x", expected no pattern on a field of type boolean, which can have required, unique, enum',
      ],
    ],
    ['string', { requierd: true }, ['constraints.requierd: got an unknown property, expected required']],
    [
      'string',
      { colour: 1 },
      [
        'constraints.colour: got an unknown property, expected one of required, unique, minLength, maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum, pattern, enum, jsonSchema',
      ],
    ],
    [
      'object',
      { jsonSchema: { type: 'object' } },
      [
        'constraints.jsonSchema: got {"type":"object"}, expected no jsonSchema, whose patterns cannot be held in linear time on hostile data',
      ],
    ],
    [
      'array',
      { enum: [{ a: 1 }] },
      ['constraints.enum[0]: got "{\\"a\\":1}", expected a value of type array'],
    ],
    [
      'duration',
      { minimum: 'P2M', maximum: 'P1M' },
      ['constraints.minimum: got "P2M", expected at most maximum, P1M'],
    ],
    ['string', { required: 'yes' }, ['constraints.required: got "yes", expected true or false']],
    [
      'string',
      { minLength: -1 },
      ['constraints.minLength: got -1, expected a whole number from 0 to 9007199254740991'],
    ],
    [
      'string',
      { minLength: 3, maxLength: 2 },
      ['constraints.minLength: got 3, expected at most maxLength, 2'],
    ],
    [
      'string',
      { pattern: '(' },
      [
        'constraints.pattern: got "(", expected a pattern in RE2 syntax (error parsing regexp: missing closing ): `(`)',
      ],
    ],
    ['string', { pattern: '(?=x)' }, ['constraints.pattern: got "(?=x)", expected a pattern in RE2 syntax']],
    ['string', { pattern: 7 }, ['constraints.pattern: got 7, expected a text']],
    ['string', { enum: [] }, ['constraints.enum: got [], expected a list of at least one value']],
    [
      'string',
      { enum: ['a', null] },
      ['constraints.enum.1: got null, expected a text, a number, true or false'],
    ],
    ['integer', { minimum: 'many' }, ['constraints.minimum: got "many", expected a value of type integer']],
    ['integer', { minimum: '1.5' }, ['constraints.minimum: got "1.5", expected a value of type integer']],
    [
      'integer',
      { minimum: 9007199254740993 },
      [
        'constraints.minimum: got 9007199254740992, expected the number written as text ("..."), since a JSON number of so many digits is not read exactly',
      ],
    ],
    [
      'number',
      { maximum: 0.1234567890123456789 },
      ['constraints.maximum: got 0.12345678901234568, expected the number written as text'],
    ],
    [
      'number',
      { minimum: 2, maximum: '1.99' },
      ['constraints.minimum: got "2", expected at most maximum, 1.99'],
    ],
    [
      'number',
      { exclusiveMinimum: 2, exclusiveMaximum: 1 },
      ['constraints.exclusiveMinimum: got "2", expected at most exclusiveMaximum, 1'],
    ],
    ['number', { enum: ['1', 'x'] }, ['constraints.enum[1]: got "x", expected a value of type number']],
    [
      'date',
      { minimum: '2024-13-01', maximum: '2024-01-01' },
      ['constraints.minimum: got "2024-13-01", expected a value of type date'],
    ],
    ['date', { minimum: {} }, ['constraints.minimum: got {}, expected a text, a number, true or false']],
  ])('a field of type %s with the constraints %j is refused', (type, constraints, [first]) => {
    expect(ofField({ type, constraints })[0]).toContain(first);
  });

  it('names the format that a bound does not fit', () => {
    expect(ofField({ type: 'date', format: '%d/%m/%Y', constraints: { maximum: '2024-01-01' } })).toEqual([
      'constraints.maximum: got "2024-01-01", expected a value of type date as %d/%m/%Y',
    ]);
  });

  it('reads its own normalised form, a schema without a primary key too', () => {
    const schema = checkTableSchema({ fields: [{ name: 'a' }] });
    expect(schema.primaryKey).toEqual([]);
    expect(checkTableSchema(schema)).toEqual(schema);
  });

  it('goes on to the constraints of a field whose other properties are wrong', () => {
    expect(ofField({ type: 'boolean', format: 'x', constraints: { enum: [true], required: 1 } })).toEqual([
      'format: got "x", expected "default"',
      'constraints.required: got 1, expected true or false',
    ]);
  });

  it('reads keys of one name and of several alike', () => {
    const schema = checkTableSchema({
      fields: [{ name: 'a' }, { name: 'b' }],
      uniqueKeys: ['a', ['a', 'b']],
      foreignKeys: [
        { fields: 'a', reference: { resource: 'x', fields: 'c' } },
        { fields: ['a', 'b'], reference: { resource: '', fields: ['b', 'a'] } },
      ],
    });
    expect(schema).toMatchObject({
      uniqueKeys: [['a'], ['a', 'b']],
      foreignKeys: [
        { fields: ['a'], reference: { resource: 'x', fields: ['c'] } },
        { fields: ['a', 'b'], reference: { resource: '', fields: ['b', 'a'] } },
      ],
    });
    expect(checkTableSchema(schema)).toEqual(schema);
  });

  it('shows all problems in one message', () => {
    const json = { fields: [{ name: 'a', type: 'nmber' }, { name: 'a' }] };
    expect(() => checkTableSchema(json)).toThrow(
      new Error(
        'table schema: 2 problems\n' +
          '  - fields[0].type: got "nmber", expected "number"\n' +
          '  - fields[1].name: got "a", expected a name that fields[0] does not have',
      ),
    );
  });
});
