import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvEngine, type PipelineSpec } from '../../../src/engine';
import { openOutput } from '../../../src/engine/output/open-output';
import { formatDecimal, parseDecimal } from '../../../src/spec/decimal';
import type { CsvOutputSpec, OutputSpec } from '../../../src/spec/output-spec';
import { batchOf } from '../batch-of';
import { bytes, field, MemorySink, pipeline, schema } from '../in-memory';

/** What is published of rows whose first cell is their number. */
async function published(
  rows: ReadonlyArray<readonly string[]>,
  parts: Partial<PipelineSpec>,
): Promise<string> {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const output = new MemorySink();
  await csvEngine.publish({
    spec: pipeline(parts),
    input: bytes(rows.map((cells) => `${cells.map(quoted).join(',')}\n`).join('')),
    output,
  });
  return output.text;
}

const HEADER = ['_row', 'a', 'b'];
const csv = (options: Partial<CsvOutputSpec>): Partial<PipelineSpec> => ({
  output: { type: 'csv', quoting: 'minimal', neutralizeFormulas: false, ...options },
});

describe('published CSV', () => {
  const rows = [HEADER, ['2', 'x', ''], ['3', 'a,"b"', 'two\nlines']];
  const minimal = 'a,b\nx,\n"a,""b""","two\nlines"\n';

  it.each<[string, Partial<PipelineSpec>, string]>([
    ['minimal, as by default', csv({}), minimal],
    ['minimal, with formulas made harmless', csv({ neutralizeFormulas: true }), minimal],
    ['all', csv({ quoting: 'all' }), '"a","b"\n"x",""\n"a,""b""","two\nlines"\n'],
  ])('%s', async (_, parts, expected) => {
    expect(await published(rows, parts)).toBe(expected);
  });

  it('without quotes holds no cell that needs them', async () => {
    expect(await published(rows.slice(0, 2), csv({ quoting: 'none' }))).toBe('a,b\nx,\n');
    await expect(published(rows, csv({ quoting: 'none' }))).rejects.toMatchObject({
      name: 'output-error',
      message:
        'row 3, column "a": the cell has a comma, a quote or a line end, which CSV without quotes cannot hold',
    });
  });

  it('writes a record of one missing cell as one that readers see', async () => {
    const one = [
      ['_row', 'a'],
      ['2', ''],
      ['3', 'x'],
    ];
    expect(await published(one, csv({ neutralizeFormulas: true }))).toBe('a\n""\nx\n');
    await expect(published(one, csv({ quoting: 'none' }))).rejects.toMatchObject({
      code: 'output-error',
      position: { record: 2, column: 'a' },
      message: expect.stringContaining('an empty line is no record'),
    });
  });

  it('puts an apostrophe before formulas, and before nothing else', async () => {
    const formulas = ['=1+1', '+49 30', '-x', '@SUM(A1)', '\tx', '＝1', '-'];
    const others = ['-12.50', '+7', 'a=b', "'=x", ''];
    const rowsOf = [...formulas, ...others].map((cell, index) => [String(index + 2), cell]);
    const text = await published([['_row', '=a'], ...rowsOf], csv({ neutralizeFormulas: true }));
    const cells: string[] = parse(text).flat();
    expect(cells).toEqual(["'=a", ...formulas.map((cell) => `'${cell}`), ...others]);
  });

  it('is read back as what it was, in any quoting', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', ' ', '\ufeff') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { maxLength: 10 }),
        fc.constantFrom('minimal' as const, 'all' as const),
        fc.boolean(),
        async (found, quoting, neutralizeFormulas) => {
          const numbered = found.map(([a, b], index) => [String(index + 2), a, b]);
          const text = await published([HEADER, ...numbered], csv({ quoting, neutralizeFormulas }));
          const read: string[][] = parse(text, { record_delimiter: '\n', from: 2 });
          const before = (one: string) => (neutralizeFormulas ? one.replace(/^'(?=[\r\n])/, '') : one);
          expect(read.map((cells) => cells.map(before))).toEqual(found.map((cells) => [...cells]));
        },
      ),
    );
  });
});

it('leaves out the rows that are not kept', async () => {
  const batch = batchOf([['a'], ['b'], ['c']], 1);
  batch.filter(1);
  const quoted: OutputSpec = { type: 'csv', quoting: 'all', neutralizeFormulas: false };
  const written = async (output: OutputSpec) => {
    const sink = new MemorySink();
    const writer = openOutput(pipeline({ output }), ['a'], sink);
    writer.writeBatch(batch);
    await writer.finish();
    return sink.text;
  };
  expect(await written(quoted)).toBe('"a"\n"a"\n"c"\n');
  expect(await written({ ...quoted, quoting: 'minimal' })).toBe('a\na\nc\n');
  expect(await written({ type: 'json-lines' })).toBe('{"a":"a"}\n{"a":"c"}\n');
});

describe('published JSON Lines', () => {
  const fields = [
    field('a b'),
    field('n', { type: 'integer', groupChar: '.' }),
    field('x', { type: 'number' }),
    field('flag', { type: 'boolean', trueValues: ['Y'], falseValues: ['N'] }),
    field('day', { type: 'date' }),
  ];
  const parts: Partial<PipelineSpec> = { schema: schema(fields), output: { type: 'json-lines' } };
  const header = ['_row', ...fields.map(({ name }) => name), 'extra'];

  it('has numbers, truth and null as JSON has them, and texts', async () => {
    const text = await published(
      [
        header,
        ['2', 'Grüße\n"x"', '1.234', '12345678901234567890123456789012345678.50', 'Y', '2024-01-01', '7'],
        ['3', '', '', '', 'N', '', ''],
        ['4', 'z', '007', 'NaN', '', '', ''],
        ['5', 'z', '-0', '1e3', '', '', ''],
      ],
      parts,
    );
    expect(text.split('\n')).toEqual([
      '{"a b":"Grüße\\n\\"x\\"","n":1234,"x":12345678901234567890123456789012345678.50,"flag":true,' +
        '"day":"2024-01-01","extra":"7"}',
      '{"a b":null,"n":null,"x":null,"flag":false,"day":null,"extra":null}',
      '{"a b":"z","n":7,"x":"NaN","flag":null,"day":null,"extra":null}',
      '{"a b":"z","n":0,"x":1000,"flag":null,"day":null,"extra":null}',
      '',
    ]);
    for (const line of text.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  it.each([
    ['n', ['2', '', 'x', '', '', '', ''], 'the cell is no integer'],
    ['x', ['2', '', '', 'x', '', '', ''], 'the cell is no number'],
    ['flag', ['2', '', '', '', 'y', '', ''], 'the cell is no boolean'],
  ])('fails where a cell of %s is none of its type', async (column, cells, message) => {
    await expect(published([header, cells], parts)).rejects.toMatchObject({
      name: 'output-error',
      message: `row 2, column "${column}": ${message}`,
    });
  });

  it('has any text as JSON.stringify has it', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u0001', '\u001f', '\u007f', 'a', '\u2028') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 50 }), async (cells) => {
        // A NUL is no text that the engine reads.
        const texts = cells.map((text) => `.${Buffer.from(text).toString().replaceAll('\0', ' ')}`);
        const rows = texts.map((text, index) => [String(index + 2), text]);
        const text = await published([['_row', 'a'], ...rows], { output: { type: 'json-lines' } });
        expect(text).toBe(texts.map((one) => `{"a":${JSON.stringify(one)}}\n`).join(''));
      }),
    );
  });

  it('has numbers in their canonical form, however long they are', async () => {
    const digits = fc.stringMatching(/^-?[0-9]{0,130}(\.[0-9]{0,5})?(e[0-9]{1,2})?$/);
    await fc.assert(
      fc.asyncProperty(fc.array(digits, { minLength: 1, maxLength: 50 }), async (cells) => {
        const numbers = ['1'.repeat(101), ...cells].flatMap((text) => {
          const value = parseDecimal(text);
          return value ? [{ text, expected: formatDecimal(value) }] : [];
        });
        const text = await published(
          [['_row', 'a'], ...numbers.map((number, index) => [String(index + 2), number.text])],
          { schema: schema([field('a', { type: 'number' })]), output: { type: 'json-lines' } },
        );
        expect(text).toBe(numbers.map(({ expected }) => `{"a":${expected}}\n`).join(''));
      }),
    );
  });
});
