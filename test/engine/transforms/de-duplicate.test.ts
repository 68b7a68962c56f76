import fc from 'fast-check';
import { csvEngine, definePipeline, runCsv } from '../../../src/engine';
import type { DeDuplicateSpec, TransformSpec } from '../../../src/spec/transforms/transform-spec';
import { MemorySink, pipeline } from '../in-memory';

/** Runs transforms over rows of the columns `k` and `v`; gives the rows that go on, and the counts. */
async function transformed(
  rows: ReadonlyArray<readonly [string, string]>,
  transforms: readonly TransformSpec[],
  uniqueBudgetBytes = 10_000_000,
) {
  const text = ['_row,k,v', ...rows.map(([k, v], index) => `${index + 2},${k},${v}`)].join('\n');
  const output = new MemorySink();
  const { counts } = await csvEngine.transform({
    spec: pipeline({ transforms, limits: { maxRecordBytes: 1000, uniqueBudgetBytes } }),
    input: again(Buffer.from(`${text}\n`)),
    output,
    rejects: new MemorySink(),
  });
  return { lines: output.text.split('\n').slice(1, -1), counts };
}

/** Bytes that can be read more than once. */
const again = (data: Buffer) => ({
  async *[Symbol.asyncIterator]() {
    yield data;
  },
});

const once = (keep: DeDuplicateSpec['keep'], columns?: string[]): DeDuplicateSpec => ({
  type: 'de-duplicate',
  ...(columns && { columns }),
  keep,
});

const ROWS: Array<[string, string]> = [
  ['1', 'a'],
  ['2', 'b'],
  ['1', 'c'],
  ['', 'd'],
  ['', 'e'],
  ['01', 'a'],
  ['1', 'a'],
];

describe('deDuplicate', () => {
  it.each<[DeDuplicateSpec, string[]]>([
    [once('first', ['k']), ['2,1,a', '3,2,b', '5,,d', '7,01,a']],
    [once('last', ['k']), ['3,2,b', '6,,e', '7,01,a', '8,1,a']],
    [once('first', ['v', 'k']), ['2,1,a', '3,2,b', '4,1,c', '5,,d', '6,,e', '7,01,a']],
    [once('first'), ['2,1,a', '3,2,b', '4,1,c', '5,,d', '6,,e', '7,01,a']],
    [once('last'), ['3,2,b', '4,1,c', '5,,d', '6,,e', '7,01,a', '8,1,a']],
  ])('%j', async (spec, lines) => {
    const result = await transformed(ROWS, [spec]);
    expect(result.lines).toEqual(lines);
    expect(result.counts).toEqual({
      rowsRead: 7,
      rowsWritten: lines.length,
      rowsRejected: 0,
      rowsFiltered: 7 - lines.length,
    });
  });

  it('sees the rows as the transforms before it leave them, and only those that they keep', async () => {
    const { lines, counts } = await transformed(ROWS, [
      { type: 'filter', expression: "v != 'e'" },
      { type: 'cast', column: 'k', to: 'integer' },
      once('last', ['k']),
      { type: 'fill-missing', column: 'k', value: '0' },
      once('last', ['v']),
      { type: 'drop', columns: ['v'] },
    ]);
    expect(lines).toEqual(['3,2', '5,0', '8,1']);
    expect(counts).toMatchObject({ rowsRead: 7, rowsWritten: 3, rowsRejected: 0, rowsFiltered: 4 });
  });

  it('keeps just one row of each value, the first or the last one', async () => {
    const cells = fc.constantFrom('', 'a', 'b', 'ab', '1', '11');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cells, cells), { maxLength: 40 }),
        fc.constantFrom('first' as const, 'last' as const),
        async (rows, keep) => {
          const { lines } = await transformed(rows, [once(keep)]);
          const numbers = rows.map((row, index) => [JSON.stringify(row), index + 2] as const);
          // Of equal keys, a Map keeps the value that came last.
          const kept = new Map(keep === 'last' ? numbers : numbers.reverse());
          expect(lines.map((line) => Number(line.split(',')[0]))).toEqual(
            [...kept.values()].sort((a, b) => a - b),
          );
        },
      ),
    );
  });

  it('goes on beyond the rows of one batch', async () => {
    const rows = Array.from({ length: 5000 }, (_, index): [string, string] => [String(index % 3000), 'x']);
    for (const keep of ['first', 'last'] as const) {
      const { lines } = await transformed(rows, [once(keep, ['k'])]);
      expect(lines).toHaveLength(3000);
      expect(lines[0]).toBe(keep === 'first' ? '2,0,x' : '2002,2000,x');
    }
  });

  it.each(['first', 'last'] as const)('fails clearly beyond its memory, keeping the %s row', async (keep) => {
    const rows = Array.from({ length: 3000 }, (_, index): [string, string] => [`key ${index}`, 'x']);
    await expect(transformed(rows, [once(keep, ['k'])], 50_000)).rejects.toMatchObject({
      name: 'unique-budget-exceeded',
      message: 'the rows that deDuplicate tells apart take more than 50000 bytes of memory',
    });
  });

  it('is refused in a run of one pass that is to keep the last row', async () => {
    const inOnePass = (keep: DeDuplicateSpec['keep']) =>
      runCsv('k,v\n1,a\n1,b\n', definePipeline({ transforms: [{ type: 'de-duplicate', keep }] }));
    await expect(inOnePass('first')).resolves.toMatchObject({ counts: { rowsRead: 2 } });
    await expect(inOnePass('last')).rejects.toThrow(
      'a deDuplicate that keeps the last row is for csvEngine.transform',
    );
  });

  it('says what it needs where the input can be read but once', async () => {
    const run = csvEngine.transform({
      spec: pipeline({ transforms: [once('last')] }),
      input: again(Buffer.from('_row,k\n2,a\n'))[Symbol.asyncIterator](),
      output: new MemorySink(),
      rejects: new MemorySink(),
    });
    await expect(run).rejects.toThrow(
      'a deDuplicate that keeps the last row needs an input that can be read twice',
    );
  });
});
