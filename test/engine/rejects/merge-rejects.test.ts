import { csvEngine } from '../../../src/engine';
import { bytes, MemorySink, pipeline } from '../in-memory';

const HEADER = '_row,_column,_code,_message\n';
const SOURCE = 'a,b\n1,x\n2,y\n"3,3",z\n4,"u""v"\n5,w\n';

async function merged(rejects: string[], source = SOURCE) {
  const output = new MemorySink();
  const result = await csvEngine.mergeRejects({
    spec: pipeline(),
    sourceKey: 'raw/a.csv',
    source: bytes(source, 7),
    rejects: rejects.map((text) => bytes(text, 5)),
    output,
  });
  return { ...result, output: output.text };
}

describe('merging rejects', () => {
  it('finds the cells of each row again, over all steps in the order of the source', async () => {
    const validate = `${HEADER}4,a,type-error,"a: type-error: x, y"\n`;
    const transform = `${HEADER}2,b,transform-error,m2\n6,b,transform-error,m6\n`;
    const enrich = `${HEADER}5,b,lookup-error,m5\n`;
    expect(await merged([validate, transform, enrich])).toEqual({
      rows: 4,
      rowsKept: 4,
      rowsOfSteps: [1, 2, 1],
      output:
        'a,b,_row,_column,_code,_message\n' +
        '1,x,2,b,transform-error,m2\n' +
        '"3,3",z,4,a,type-error,"a: type-error: x, y"\n' +
        '4,"u""v",5,b,lookup-error,m5\n' +
        '5,w,6,b,transform-error,m6\n',
    });
  });

  it('writes only a header where nothing was rejected', async () => {
    expect(await merged(['', HEADER])).toEqual({
      rows: 0,
      rowsKept: 0,
      rowsOfSteps: [0, 0],
      output: 'a,b,_row,_column,_code,_message\n',
    });
    expect(await merged([])).toMatchObject({ rows: 0 });
  });

  it('finds rows far apart in a long source', async () => {
    const source = `a\n${Array.from({ length: 50_000 }, (_, index) => `v${index}\n`).join('')}`;
    const { output } = await merged([`${HEADER}2,a,type-error,m\n50001,a,type-error,m\n`], source);
    expect(output).toBe('a,_row,_column,_code,_message\nv0,2,a,type-error,m\nv49999,50001,a,type-error,m\n');
  });

  it('reads the source no further than the last rejected row', async () => {
    let read = 0;
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('a\n');
        for (;;) {
          read++;
          yield Buffer.from('x\n'.repeat(10_000));
        }
      } finally {
        closed = true;
      }
    }
    const run = { spec: pipeline(), sourceKey: 'raw/a.csv', source: source(), output: new MemorySink() };
    await csvEngine.mergeRejects({ ...run, rejects: [bytes(`${HEADER}3,a,type-error,m\n`)] });
    expect(read).toBeLessThan(100);
    expect(closed).toBe(true);
  });

  it.each([
    [
      [`${HEADER}4,a,c,m\n2,a,c,m\n`],
      "record 3 of a step's rejects breaks the ascending order of row numbers",
    ],
    [
      [`${HEADER}4,a,c,m\n4,b,c,m\n`],
      "record 3 of a step's rejects breaks the ascending order of row numbers",
    ],
    [[`${HEADER}2,a,c,m\n`, `${HEADER}2,a,c,m\n`], 'row 2 is rejected by two steps'],
    [[`${HEADER}1,a,c,m\n`], 'a step rejected row 1, which the source does not have'],
    [[`${HEADER}7,a,c,m\n`], 'a step rejected row 7, which the source does not have'],
    [['_row,_code\n2,c\n'], 'the rejects of a step have not the columns _row, _column, _code, _message'],
    [[`${HEADER}2,a,c\n`], "record 2 of a step's rejects is not a row number, column, code and message"],
    [[`${HEADER}x,a,c,m\n`], "record 2 of a step's rejects is not a row number, column, code and message"],
    [[`${HEADER}\n`], "record 2 of a step's rejects is not a row number, column, code and message"],
    [[`${HEADER}2,a,c,"m\n`], 'the rejects of a step cannot be read as CSV: unclosed-quote'],
  ])('refuses %j', async (rejects, message) => {
    const run = merged(rejects);
    await expect(run).rejects.toMatchObject({ name: 'step-contract-violation' });
    await expect(run).rejects.toThrow(message);
  });

  it('passes an error of a source of bytes on', async () => {
    async function* lost(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('_row,');
      throw new Error('the connection was lost');
    }
    const run = { spec: pipeline(), sourceKey: 'raw/a.csv', source: bytes(SOURCE), output: new MemorySink() };
    await expect(csvEngine.mergeRejects({ ...run, rejects: [lost()] })).rejects.toThrow(
      'the connection was lost',
    );
  });
});
