import { parse } from 'csv-parse/sync';
import { CsvWriter, DEFAULT_DIALECT } from '../../../src/engine';
import { ColumnBuilder, RecordBatch } from '../../../src/engine/batch';
import { readerOf } from '../../../src/engine/read/byte-reader';
import { RecordReader } from '../../../src/engine/read/record-reader';
import { bytes, MemorySink, records } from '../in-memory';

async function written(rows: string[][]): Promise<string> {
  const sink = new MemorySink();
  const writer = new CsvWriter(sink);
  for (const row of rows) writer.writeTexts(row);
  await writer.flush();
  return sink.text;
}

/** Writes what was read, as batches. */
async function rewritten(
  text: string,
  rowNumbers: 'with-row-numbers' | 'without-row-numbers',
): Promise<string> {
  const sink = new MemorySink();
  const writer = new CsvWriter(sink);
  const reader = new RecordReader(readerOf(bytes(text)), DEFAULT_DIALECT, 1024);
  const first = (await reader.peekRecord(DEFAULT_DIALECT))!;
  reader.setColumns(first.cells.length, 'drop-surplus');
  for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
    writer.writeBatch(batch, rowNumbers);
  }
  await writer.flush();
  return sink.text;
}

describe('CsvWriter', () => {
  it.each([
    [
      [
        ['a', 'b'],
        ['1', '2'],
      ],
      'a,b\n1,2\n',
    ],
    [[['a,b', 'c"d', 'e\nf', 'g\rh']], '"a,b","c""d","e\nf","g\rh"\n'],
    [[['']], '""\n'],
    [[['', '']], ',\n'],
    [[[' a ', "'", ';']], " a ,',;\n"],
    [[['\ufeffa', '\ufeffb'], ['\ufeffc']], '"\ufeffa",\ufeffb\n\ufeffc\n'],
  ])('quotes only what needs it: %j', async (rows, text) => {
    expect(await written(rows)).toBe(text);
  });

  it.each([
    ['plain records', 'a,b,c\n1,2,3\n', 'a,b,c\n1,2,3\n'],
    ['quotes that were not needed', '"a","b"\n"1",2\n', 'a,b\n1,2\n'],
    ['quotes that are needed', '"a,b",c,"d""e"\n', '"a,b",c,"d""e"\n'],
    ['quotes inside unquoted cells', 'abcdef,g"h,i\n', 'abcdef,"g""h",i\n'],
    ['a quote in the last bytes of several cells', 'ab,cd"\n', 'ab,"cd"""\n'],
    ['a quote in the last bytes', 'abcd,"x",a"\n', 'abcd,x,"a"""\n'],
    ['empty cells alone', 'a\n""\nb\n', 'a\n""\nb\n'],
  ])('writes %s of batches', async (_what, text, expected) => {
    expect(await rewritten(text, 'without-row-numbers')).toBe(expected);
  });

  it('puts quotes around a cell whose text was only half in quotes', async () => {
    const text = 'w,"1,2"3,x\nw,"\n"a,x\nw,"4"5,x\n';
    expect(await rewritten(text, 'without-row-numbers')).toBe('w,"1,23",x\nw,"\na",x\nw,45,x\n');
  });

  it('puts row numbers before the cells, and then needs no quotes for an empty one', async () => {
    expect(await rewritten('a\n""\n"b,c"\n', 'with-row-numbers')).toBe('1,a\n2,\n3,"b,c"\n');
  });

  it('writes row numbers of any size', async () => {
    const numbers = [1, 9, 10, 99, 100, 123456789, 2147483647, 2147483648, 123456789012345];
    const sink = new MemorySink();
    const writer = new CsvWriter(sink);
    const batch = new RecordBatch();
    const column = new ColumnBuilder();
    batch.columns = [column];
    batch.rows = numbers.length;
    numbers.forEach((number, row) => {
      batch.rowNumbers[row] = number;
      column.setText(row, 'x');
    });
    writer.writeBatch(batch, 'with-row-numbers');
    await writer.flush();
    expect(sink.text).toBe(numbers.map((number) => `${number},x\n`).join(''));
  });

  it('writes row numbers alone where there is no column', async () => {
    const sink = new MemorySink();
    const writer = new CsvWriter(sink);
    const batch = new RecordBatch();
    batch.rows = 2;
    batch.rowNumbers.set([7, 9]);
    writer.writeBatch(batch, 'with-row-numbers');
    await writer.flush();
    expect(sink.text).toBe('7\n9\n');
  });

  it('leaves out rows that are rejected or filtered', async () => {
    const sink = new MemorySink();
    const writer = new CsvWriter(sink);
    const reader = new RecordReader(readerOf(bytes('a\nb\nc\n')), DEFAULT_DIALECT, 1024);
    reader.setColumns(1, 'drop-surplus');
    const batch = (await reader.nextBatch())!;
    batch.reject(0, { column: '', code: 'blank-row', message: '' });
    batch.filter(1);
    writer.writeBatch(batch, 'without-row-numbers');
    await writer.flush();
    expect(sink.text).toBe('c\n');
  });

  it('never touches a chunk again that it has handed over, and waits for the sink', async () => {
    const copies: Buffer[] = [];
    const chunks: Uint8Array[] = [];
    let writing = 0;
    const writer = new CsvWriter({
      write: async (chunk) => {
        expect(++writing).toBe(1);
        chunks.push(chunk);
        copies.push(Buffer.from(chunk));
        await Promise.resolve();
        writing--;
      },
    });
    const cell = 'x'.repeat(10_000);
    for (let row = 0; row < 50; row++) {
      writer.writeTexts([cell, `${row}`, '"'.repeat(row)]);
      await writer.drain();
    }
    await writer.flush();
    expect(chunks.length).toBeGreaterThan(5);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(64 * 1024);
    chunks.forEach((chunk, index) => expect(Buffer.compare(chunk, copies[index])).toBe(0));
    expect(await records(Buffer.concat(chunks))).toHaveLength(50);
  });

  it('writes a cell that is larger than a chunk', async () => {
    const huge = `${'ab,"'.repeat(100_000)}`;
    const text = await written([[huge, 'z']]);
    expect(await records(text)).toEqual([[huge, 'z']]);
  });

  it('is read back by csv-parse as it was', async () => {
    const rows = [
      ['a"b', '"', ',', '\n', '\r', '\r\n', '', ' ', '\ufeff'],
      ['', '', '', '', '', '', '', '', '"'],
    ];
    expect(parse(await written(rows))).toEqual(rows);
  });
});
