import type { ConstraintsSpec, FieldSpec } from '../../../src/engine';
import { field, pipeline, rejectsOf, schema, validated } from '../in-memory';

async function rejected(
  parts: Partial<FieldSpec>,
  constraints: ConstraintsSpec,
  cells: string[],
): Promise<string[]> {
  const spec = pipeline({ schema: schema([field('cell', { ...parts, constraints }), field('other')]) });
  const csv = `cell,other\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}",x\n`).join('')}`;
  return (await rejectsOf(csv, spec)).map((reject) => reject.replace(/^.* \| /, ''));
}

const WRONG = (message: string) => `cell: constraint-error: ${message}`;

describe('constraints', () => {
  it.each<[string, Partial<FieldSpec>, ConstraintsSpec, string[], string[], string]>([
    [
      'minLength in characters',
      {},
      { minLength: 2 },
      ['ab', 'ä😀', ''],
      ['a', 'ä', '😀'],
      'must have at least 2 characters',
    ],
    [
      'maxLength in characters',
      {},
      { maxLength: 2 },
      ['ab', 'ä😀', ''],
      ['abc', 'äöü'],
      'must have at most 2 characters',
    ],
    [
      'minimum',
      { type: 'integer' },
      { minimum: '5' },
      ['5', '05', '6', '99999999999999999999'],
      ['4', '-9'],
      'must be at least 5',
    ],
    [
      'maximum',
      { type: 'number' },
      { maximum: '0.3' },
      ['0.3', '0.30', '-1', '3e-1'],
      ['0.30000000000000001', '1'],
      'must be at most 0.3',
    ],
    [
      'exclusiveMinimum',
      { type: 'number' },
      { exclusiveMinimum: '0' },
      ['0.0000000000000000001'],
      ['0', '-0', '0.0'],
      'must be more than 0',
    ],
    [
      'minimum in the notation of the field',
      { type: 'integer', groupChar: '.' },
      { minimum: '1.000' },
      ['1000', '1.000', '2000'],
      ['5', '999'],
      'must be at least 1.000',
    ],
    [
      'maximum beside a decimal character',
      { type: 'number', decimalChar: ',' },
      { maximum: '1,5' },
      ['1,5', '1'],
      ['1,51'],
      'must be at most 1,5',
    ],
    [
      'exclusiveMaximum',
      { type: 'date' },
      { exclusiveMaximum: '2024-03-01' },
      ['2024-02-29'],
      ['2024-03-01', '2025-01-01'],
      'must be less than 2024-03-01',
    ],
    [
      'bounds of numbers beyond floats',
      { type: 'integer' },
      { maximum: '9007199254740993' },
      ['9007199254740993'],
      ['9007199254740994'],
      'must be at most 9007199254740993',
    ],
    [
      'bounds in the notation of the field',
      { type: 'number', decimalChar: ',' },
      { minimum: '1,5' },
      ['1,50'],
      ['1,49'],
      'must be at least 1,5',
    ],
    [
      'bounds in the format of the field',
      { type: 'date', format: '%d.%m.%Y' },
      { minimum: '31.12.2023' },
      ['01.01.2024'],
      ['30.12.2023'],
      'must be at least 31.12.2023',
    ],
    [
      'bounds of instants',
      { type: 'datetime' },
      { minimum: '2024-01-01T00:00:00Z' },
      ['2024-01-01T01:00:00+01:00'],
      ['2024-01-01T00:00:00+01:00'],
      'must be at least 2024-01-01T00:00:00Z',
    ],
    [
      'not a number, which no bound holds',
      { type: 'number' },
      { minimum: '0' },
      ['INF'],
      ['NaN', '-INF'],
      'must be at least 0',
    ],
    [
      'minLength in items',
      { type: 'array' },
      { minLength: 2 },
      ['[1,2]', '[[],[],[]]'],
      ['[]', '["a,b,c"]'],
      'must have at least 2 items',
    ],
    [
      'maxLength in items of a list',
      { type: 'list', delimiter: ';' },
      { maxLength: 2 },
      ['a', 'a;b', 'a,b,c'],
      ['a;b;c'],
      'must have at most 2 items',
    ],
    [
      'maxLength in members',
      { type: 'object' },
      { maxLength: 1 },
      ['{}', '{"a":[1,2,3]}'],
      ['{"a":1,"b":2}'],
      'must have at most 1 members',
    ],
    [
      'bounds of durations',
      { type: 'duration' },
      { maximum: 'P1M' },
      ['P27D', 'P1M', 'PT1S', '-P1Y'],
      ['P32D', 'P30D', 'P28D'],
      'must be at most P1M',
    ],
    [
      'enum by JSON value',
      { type: 'object' },
      { enum: ['{"a":1}'] },
      ['{"a":1}', '{ "a": 1.0 }'],
      ['{"a":2}', '{}'],
      'must be one of {"a":1}',
    ],
    ['enum by text', {}, { enum: ['a', 'ä'] }, ['a', 'ä'], ['A', 'b', 'aä'], 'must be one of a, ä'],
    [
      'enum by value',
      { type: 'number' },
      { enum: ['1', '2.50'] },
      ['1.0', '2.5'],
      ['2.51'],
      'must be one of 1, 2.50',
    ],
    [
      'a long enum',
      {},
      { enum: [...'abcdefghijkl'] },
      ['l'],
      ['m'],
      'must be one of a, b, c, d, e, f, g, h, i, j and 2 more',
    ],
    [
      'pattern of the whole value',
      {},
      { pattern: '[a-c]+' },
      ['abc'],
      ['abcd', 'xabc', 'abc\n'],
      'must match the pattern [a-c]+',
    ],
    ['pattern of characters', {}, { pattern: '^.😀$' }, ['ä😀'], ['😀'], 'must match the pattern ^.😀$'],
    ['required', {}, { required: true }, ['a', ' '], [''], 'a value is required'],
  ])('holds %s', async (_what, parts, constraints, valid, wrong, message) => {
    expect(await rejected(parts, constraints, valid)).toEqual([]);
    expect(await rejected(parts, constraints, wrong)).toEqual(wrong.map(() => WRONG(message)));
  });

  it('does not backtrack in a pattern', async () => {
    expect(await rejected({}, { pattern: '(a+)+b' }, ['a'.repeat(5000)])).toHaveLength(1);
  });

  it('reports each constraint that a cell breaks, and none where its type is wrong', async () => {
    const constraints = { minimum: '5', enum: ['7', '8'] };
    expect(await rejected({ type: 'integer' }, constraints, ['4', 'x'])).toEqual([
      'cell: constraint-error: must be at least 5; cell: constraint-error: must be one of 7, 8',
      'cell: type-error: expected an integer',
    ]);
    expect(await rejected({ format: 'email' }, { minLength: 1, maxLength: 5 }, ['nobody'])).toEqual([
      'cell: type-error: expected email',
    ]);
  });

  it('does not apply to missing cells', async () => {
    const constraints = { minLength: 3, pattern: 'abc', enum: ['abc'], unique: true };
    expect(await rejected({}, constraints, ['', ''])).toEqual([]);
  });
});

describe('missing values', () => {
  const spec = (missingValues: string[]) =>
    pipeline({ schema: schema([field('a', { type: 'integer' }), field('b')], { missingValues }) });

  it('become empty cells', async () => {
    expect(await validated('a,b\nNA,1\n-,NA\n,x\nNAN,1\n', spec(['', 'NA', '-']))).toMatchObject({
      output: '_row,a,b\n2,,1\n3,,\n4,,x\n',
      rejects: '_row,_column,_code,_message\n5,a,type-error,a: type-error: expected an integer\n',
    });
  });

  it('need not include the empty cell', async () => {
    expect(await validated('a,b\n1,\nNA,NA\n,x\n', spec(['NA']))).toMatchObject({
      output: '_row,a,b\n2,1,\n3,,\n',
      rejects: '_row,_column,_code,_message\n4,a,type-error,a: type-error: expected an integer\n',
    });
  });

  it('may be none at all', async () => {
    expect((await validated('a,b\n1,\n', spec([]))).output).toBe('_row,a,b\n2,1,\n');
  });
});

describe('errors of a row', () => {
  it('are all in the message, and the first in column order leads', async () => {
    const fields = [
      field('id', { type: 'integer' }),
      field('when', { type: 'date' }),
      field('who', { constraints: { required: true, unique: true } }),
    ];
    const spec = pipeline({ schema: schema(fields, { primaryKey: ['when'] }) });
    expect(await rejectsOf('id,when,who\n1,2024-01-01,a\nx,2024-01-01,a\ny,,\n', spec)).toEqual([
      '3 | id | type-error | id: type-error: expected an integer; ' +
        'when: primary-key-error: the primary key stands in an earlier row; ' +
        'who: unique-error: the value stands in an earlier row',
      '4 | id | type-error | id: type-error: expected an integer; ' +
        'when: primary-key-error: the primary key must have a value; ' +
        'who: constraint-error: a value is required',
    ]);
  });
});
