import { csvEngine, PipelineError } from '../../../src/engine';
import { type BatchOperation, cellText, ColumnBuilder } from '../../../src/engine/batch';
import { RowNumbers } from '../../../src/engine/run/row-numbers';
import { runOperation } from '../../../src/engine/run/run-operation';
import { bytes, MemorySink, pipeline } from '../in-memory';

type Compile = (header: readonly string[]) => BatchOperation;

/** Runs an operation over staged rows. */
async function ran(text: string, compile: Compile = (header) => ({ header, apply: () => undefined })) {
  const output = new MemorySink();
  const rejects = new MemorySink();
  const result = await runOperation({ spec: pipeline(), input: bytes(text, 10), output, rejects }, compile);
  return { ...result, output: output.text, rejects: rejects.text };
}

async function published(text: string) {
  const output = new MemorySink();
  const result = await csvEngine.publish({ input: bytes(text, 10), output });
  return { ...result, output: output.text };
}

describe('a step over staged rows', () => {
  it('keeps row numbers, and passes rows through its operation', async () => {
    const shout: Compile = (header) => {
      const column = new ColumnBuilder();
      return {
        header: [...header, 'c'],
        apply: (batch) => {
          column.reset();
          for (let row = 0; row < batch.rows; row++) {
            const text = cellText(batch.columns[1], row);
            if (text === 'drop') {
              batch.filter(row);
            } else if (text === '') {
              batch.reject(row, { column: 'b', code: 'transform-error', message: 'is empty' });
            }
            column.setText(row, `${text}!`);
          }
          batch.columns = [...batch.columns, column];
        },
      };
    };
    expect(await ran('_row,a,b\n2,x,"1,2"\n5,y,drop\n6,z,\n9,"""",3\n', shout)).toEqual({
      header: ['a', 'b', 'c'],
      counts: { rowsRead: 4, rowsWritten: 2, rowsRejected: 1, rowsFiltered: 1 },
      output: '_row,a,b,c\n2,x,"1,2","1,2!"\n9,"""",3,3!\n',
      rejects: '_row,_column,_code,_message\n6,b,transform-error,b: transform-error: is empty\n',
    });
  });

  it('takes rows in any order, since a step may sort them', async () => {
    expect((await ran('_row,a\n9,x\n2,y\n5,z\n')).output).toBe('_row,a\n9,x\n2,y\n5,z\n');
  });

  it('writes only a header where there are no rows', async () => {
    expect(await ran('_row,a\n')).toMatchObject({ output: '_row,a\n', rejects: '', counts: { rowsRead: 0 } });
  });

  it('fails where its operation loses count of a row', async () => {
    const loses: Compile = (header) => ({ header, apply: (batch) => void batch.state.fill(9, 0, 1) });
    await expect(ran('_row,a\n2,x\n3,y\n', loses)).rejects.toMatchObject({
      code: 'conservation-violated',
      message: '2 rows read are not 1 written, 0 rejected and 0 filtered',
    });
  });

  it('passes rows on unchanged without transforms and enrichments', async () => {
    const text = '_row,a,b\n2,"x,y",\n3,,z\n';
    const spec = pipeline();
    for (const step of ['transform', 'enrich'] as const) {
      const output = new MemorySink();
      const rejects = new MemorySink();
      const result = await csvEngine[step]({
        spec,
        input: bytes(text),
        output,
        rejects,
        openLookup: () => Promise.reject(new Error('there is no lookup')),
        lineage: { sourceKey: 'raw/a.csv', sourceVersion: 'v1', jobId: 'j', specSha256: 's' },
      });
      expect(output.text).toBe(text);
      expect(result.counts).toEqual({ rowsRead: 2, rowsWritten: 2, rowsRejected: 0, rowsFiltered: 0 });
    }
  });
});

describe('publishing', () => {
  it('takes the row numbers off', async () => {
    expect(await published('_row,a,b\n2,1,"x,y"\n3,,\n')).toEqual({ rows: 2, output: 'a,b\n1,"x,y"\n,\n' });
  });

  it('writes a record of one empty cell so that it is one', async () => {
    expect(await published('_row,a\n2,\n3,x\n')).toEqual({ rows: 2, output: 'a\n""\nx\n' });
  });
});

describe('publishing beside the rejects of the job', () => {
  async function publishedBeside(rows: string): Promise<unknown> {
    const taken = new RowNumbers(2, 6);
    const source = 'a\n1\n2\n3\n4\n5\n';
    const rejects = '_row,_column,_code,_message\n5,a,type-error,m\n';
    const merge = { spec: pipeline(), sourceKey: 'raw/a.csv', output: new MemorySink(), rows: taken };
    await csvEngine.mergeRejects({ ...merge, source: bytes(source), rejects: [bytes(rejects)] });
    return csvEngine.publish({ input: bytes(`_row,a\n${rows}`), output: new MemorySink(), rows: taken });
  }

  it('publishes rows of the source that were not rejected', async () => {
    expect(await publishedBeside('2,1\n3,2\n4,3\n6,5\n')).toEqual({ rows: 4 });
  });

  it.each([
    ['2,1\n3,2\n4,3\n5,4\n', 'row 5 is written or rejected more than once'],
    ['2,1\n7,2\n', 'a step wrote or rejected row 7, which the source does not have'],
    ['1,a\n2,1\n', 'a step wrote or rejected row 1, which the source does not have'],
  ])('refuses rows that were rejected, or that the source does not have: %j', async (rows, message) => {
    await expect(publishedBeside(rows)).rejects.toMatchObject({ name: 'step-contract-violation', message });
  });
});

describe('the step contract', () => {
  const cases: ReadonlyArray<readonly [string, string]> = [
    ['', 'a step wrote no header'],
    ['a,b\n1,2\n', 'the first column of what a step wrote is not _row'],
    ['_row\n1\n', 'what a step wrote has no column beside _row'],
    ['_row,a\n2\n', 'record 2 of what a step wrote has not as many cells as its header'],
    ['_row,a\n2,x,y\n', 'record 2 of what a step wrote has not as many cells as its header'],
    ['_row,a\n\n', 'record 2 of what a step wrote has not as many cells as its header'],
    ['_row,a\n2,x\n,y\n', 'record 3 of what a step wrote has no row number in _row'],
    ['_row,a\n2,x\n02,y\n', 'record 3 of what a step wrote has no row number in _row'],
    ['_row,a\n0,x\n', 'record 2 of what a step wrote has no row number in _row'],
    ['_row,a\n-1,x\n', 'record 2 of what a step wrote has no row number in _row'],
    ['_row,a\n1.0,x\n', 'record 2 of what a step wrote has no row number in _row'],
    ['_row,a\n1234567890123456,x\n', 'record 2 of what a step wrote has no row number in _row'],
    ['_row,a\n2,x\n7,y\n2,z\n', 'row 2 is written or rejected more than once'],
    [
      '_row,a\n2,"x\n',
      'what a step wrote cannot be read as CSV: unclosed-quote: record 2 opens a quote that is never closed',
    ],
  ];

  it.each(cases)('is broken by %j', async (text, message) => {
    for (const run of [ran(text), published(text)]) {
      await expect(run).rejects.toMatchObject({ name: 'step-contract-violation', message });
    }
  });

  it('is broken by row numbers that cannot be those of a source', async () => {
    const rows = Array.from({ length: 9000 }, (_, index) => `${(index + 1) * 10_000_000},x\n`);
    await expect(published(`_row,a\n${rows.join('')}`)).rejects.toThrow(
      'the row numbers of what a step wrote lie so far apart that they cannot be those of the source',
    );
  });

  it.each([
    new Error('the connection was lost'),
    new PipelineError('step-contract-violation', 'the file of the step before is not there'),
  ])('is not blamed for what the source of bytes throws: %s', async (error) => {
    async function* lost(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('_row,');
      throw error;
    }
    await expect(csvEngine.publish({ input: lost(), output: new MemorySink() })).rejects.toBe(error);
  });
});
