import { RecordBatch } from '../../../src/engine/batch';
import { RejectsWriter } from '../../../src/engine/write/rejects-writer';
import { MemorySink } from '../in-memory';

function batchOf(rowNumbers: readonly number[]): RecordBatch {
  const batch = new RecordBatch();
  batch.rows = rowNumbers.length;
  rowNumbers.forEach((number, row) => {
    batch.rowNumbers[row] = number;
    batch.reject(row, { column: 'a', code: 'lookup-error', message: 'm' });
  });
  return batch;
}

async function written(batches: ReadonlyArray<readonly number[]>, mostHeld: number): Promise<string> {
  const sink = new MemorySink();
  const writer = new RejectsWriter(sink, 'any-order', mostHeld);
  for (const rows of batches) {
    writer.writeBatch(batchOf(rows));
    await writer.drain();
  }
  await writer.flush();
  return sink.text;
}

const FILE = (rows: readonly number[]) =>
  `_row,_column,_code,_message\n${rows.map((row) => `${row},a,lookup-error,a: lookup-error: m\n`).join('')}`;

describe('RejectsWriter', () => {
  it('sorts rows that a step before has put into another order', async () => {
    expect(await written([[9, 2], [], [5, 10, 1]], 10)).toBe(FILE([1, 2, 5, 9, 10]));
  });

  it('holds no more than it may of rows that ascend', async () => {
    expect(await written([[1, 2, 3], [4, 5], [6]], 2)).toBe(FILE([1, 2, 3, 4, 5, 6]));
  });

  it('gives up where too many rows are out of order', async () => {
    await expect(
      written(
        [
          [4, 5, 6],
          [1, 2, 3],
        ],
        2,
      ),
    ).rejects.toMatchObject({
      name: 'step-contract-violation',
      message:
        'the rows before this step are not in ascending order, and more than 2 of them are rejected:' +
        ' too many to be sorted',
    });
  });

  it('touches nothing where no row is rejected', async () => {
    const sink = new MemorySink();
    const writer = new RejectsWriter(sink);
    writer.writeBatch(new RecordBatch());
    await writer.drain();
    await writer.flush();
    expect(sink.chunks).toEqual([]);
  });
});
