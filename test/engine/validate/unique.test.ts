import { DEFAULT_LIMITS, type FieldSpec, PipelineError } from '../../../src/engine';
import { field, pipeline, rejectsOf, schema, validated } from '../in-memory';

const UNIQUE = { constraints: { unique: true } };

async function duplicates(parts: Partial<FieldSpec>, cells: string[]): Promise<string[]> {
  const spec = pipeline({ schema: schema([field('a', { ...parts, ...UNIQUE }), field('b')]) });
  const csv = `a,b\n${cells.map((cell) => `${cell},x\n`).join('')}`;
  return (await rejectsOf(csv, spec)).map((reject) => cells[Number.parseInt(reject, 10) - 2]);
}

describe('unique', () => {
  it.each<[string, Partial<FieldSpec>, string[], string[]]>([
    ['texts', {}, ['a', 'b', 'a', 'A', 'a'], ['a', 'a']],
    ['missing cells, which are never equal', {}, ['', '', 'a', ''], []],
    ['texts of digits', {}, ['1', '01', '001', '1', '01'], ['1', '01']],
    ['long digits', {}, ['1234567890123456', '1234567890123456', '1234567890123457'], ['1234567890123456']],
    [
      'integers',
      { type: 'integer' },
      ['1', '2', '01', '+2', '-1', '-01', '0', '-0'],
      ['01', '+2', '-01', '-0'],
    ],
    [
      'numbers',
      { type: 'number' },
      ['1', '1.0', '1.50', '1.5', '1e2', '100', 'NaN', 'nan', '0.10', '.1'],
      ['1.0', '1.5', '100', 'nan', '.1'],
    ],
    ['booleans', { type: 'boolean' }, ['true', '0', 'TRUE', 'false'], ['TRUE', 'false']],
    ['dates', { type: 'date' }, ['2024-01-01', '2024-01-02', '2024-01-01'], ['2024-01-01']],
    [
      'dates of a format',
      { type: 'date', format: '%d.%m.%Y' },
      ['01.02.2024', '1.2.2024', '02.02.2024'],
      ['1.2.2024'],
    ],
    [
      'instants',
      { type: 'datetime' },
      ['2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00', '2024-01-01T00:00:00.5Z'],
      ['2024-01-01T01:00:00+01:00'],
    ],
    ['years', { type: 'year' }, ['2024', '2025', '2024'], ['2024']],
    ['months', { type: 'yearmonth' }, ['2024-01', '2024-02', '2024-01'], ['2024-01']],
    ['durations', { type: 'duration' }, ['P1Y', 'P12M', 'P1D', 'PT24H'], ['P12M', 'PT24H']],
    ['lists', { type: 'list', itemType: 'integer', delimiter: ';' }, ['1;2', '01;2', '12'], ['01;2']],
    ['a cell that is wrong, which does not count', { type: 'integer' }, ['x', 'x', '1'], ['x', 'x']],
  ])('compares %s', async (_what, parts, cells, expected) => {
    expect(await duplicates(parts, cells)).toEqual(expected);
  });

  it('asks each field for its own missing values', async () => {
    const fields = [field('a', { ...UNIQUE, missingValues: ['-'] }), field('b', UNIQUE)];
    const spec = pipeline({ schema: schema(fields, { missingValues: ['?'] }) });
    const { output, rejects } = await validated('a,b\n-,?\n-,?\n?,-\n?,-\n', spec);
    expect(output).toBe('_row,a,b\n2,,\n3,,\n4,?,-\n');
    expect(rejects).toContain(
      '5,a,unique-error,a: unique-error: the value stands in an earlier row; b: unique',
    );
  });

  it('counts a value of a row that is rejected for another reason', async () => {
    const spec = pipeline({ schema: schema([field('a', UNIQUE), field('b', { type: 'integer' })]) });
    expect(await rejectsOf('a,b\nk,x\nk,1\n', spec)).toEqual([
      '2 | b | type-error | b: type-error: expected an integer',
      '3 | a | unique-error | a: unique-error: the value stands in an earlier row',
    ]);
  });

  it('counts a value across batches', async () => {
    const cells = Array.from({ length: 5000 }, (_, index) => `k${index % 4900}`);
    expect(await duplicates({}, cells)).toHaveLength(100);
  });
});

describe('primary keys', () => {
  const fields = [field('a'), field('b', { type: 'integer' }), field('c')];

  it('of one field must be there, and once', async () => {
    const spec = pipeline({
      schema: schema([field('a', UNIQUE), ...fields.slice(1)], { primaryKey: ['a'] }),
    });
    expect(await rejectsOf('a,b,c\nx,1,\nx,2,\n,3,\n', spec)).toEqual([
      '3 | a | primary-key-error | a: primary-key-error: the primary key stands in an earlier row',
      '4 | a | primary-key-error | a: primary-key-error: the primary key must have a value',
    ]);
  });

  it('of several fields must be there, and once together', async () => {
    const spec = pipeline({ schema: schema(fields, { primaryKey: ['a', 'b'] }) });
    const text = 'a,b,c\nx,1,\nx,11,\nx1,1,\nx,01,\nx,,\n,1,\nx,y,\nx,y,\n';
    expect(await rejectsOf(text, spec)).toEqual([
      '5 | a | primary-key-error | a: primary-key-error: the primary key stands in an earlier row',
      '6 | b | primary-key-error | b: primary-key-error: the primary key must have a value',
      '7 | a | primary-key-error | a: primary-key-error: the primary key must have a value',
      '8 | b | type-error | b: type-error: expected an integer',
      '9 | b | type-error | b: type-error: expected an integer',
    ]);
  });

  it('may be long', async () => {
    const spec = pipeline({ schema: schema(fields, { primaryKey: ['a', 'c'] }) });
    const long = 'x'.repeat(1000);
    expect(await rejectsOf(`a,b,c\n${long},1,${long}\n${long},2,${long}\n`, spec)).toHaveLength(1);
  });
});

describe('the memory budget', () => {
  const rows = (count: number, key: (index: number) => string) =>
    `a,b\n${Array.from({ length: count }, (_, index) => `${key(index)},x\n`).join('')}`;
  const spec = (uniqueBudgetBytes: number) =>
    pipeline({
      schema: schema([field('a', UNIQUE), field('b')]),
      limits: { ...DEFAULT_LIMITS, uniqueBudgetBytes },
    });

  it('holds many integers that lie close together', async () => {
    const { counts } = await validated(
      rows(100_000, (index) => String(index)),
      spec(200_000),
    );
    expect(counts.rowsWritten).toBe(100_000);
  });

  it('ends the job where it is not enough, without a value in the message', async () => {
    const run = validated(
      rows(100_000, (index) => `canary${index}`),
      spec(2_000_000),
    );
    await expect(run).rejects.toBeInstanceOf(PipelineError);
    await expect(run).rejects.toMatchObject({
      code: 'unique-budget-exceeded',
      message: 'the values of unique fields and primary keys take more than 2000000 bytes of memory',
    });
  });
});
