import { DEFAULT_DIALECT, type DialectSpec, PipelineError } from '../../../src/engine';
import { cellText } from '../../../src/engine/batch';
import { readerOf } from '../../../src/engine/read/byte-reader';
import { RecordReader } from '../../../src/engine/read/record-reader';
import { bytes } from '../in-memory';

/** All cells as a batch reader sees them: those in columns, then those beyond. */
async function batches(
  text: string,
  dialect: DialectSpec,
  columns: number,
  windowBytes: number,
): Promise<string[][]> {
  const reader = new RecordReader(readerOf(bytes(text)), dialect, 1024, windowBytes);
  reader.setColumns(columns, 'keep-surplus');
  const rows: string[][] = [];
  for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
    for (let row = 0; row < batch.rows; row++) {
      expect(batch.rowNumbers[row]).toBe(rows.length + 1);
      const cells = batch.columns.map((column) => cellText(column, row));
      rows.push([...cells.slice(0, batch.cellCount(row)), ...batch.surplus(row)]);
    }
  }
  return rows;
}

describe('RecordReader', () => {
  const text = '\ufeffa,"b ""x""",ä\r\n\r\n"1\n2","3",4,"5""6",7\r€,"x"y,""\n😀,8,"9"';
  const expected = [
    ['a', 'b "x"', 'ä'],
    [''],
    ['1\n2', '3', '4', '5"6', '7'],
    ['€', 'xy', ''],
    ['😀', '8', '9'],
  ];

  it.each([0, 1, 2, 3, 9])(
    'finds the same cells with %d columns wherever its window ends',
    async (columns) => {
      for (let windowBytes = 4; windowBytes <= Buffer.byteLength(text) + 1; windowBytes++) {
        expect(await batches(text, DEFAULT_DIALECT, columns, windowBytes)).toEqual(expected);
      }
    },
  );

  it('passes comments wherever its window ends', async () => {
    const dialect = { ...DEFAULT_DIALECT, commentChar: '#' };
    for (let windowBytes = 4; windowBytes <= 40; windowBytes++) {
      expect(await batches('#one\r\na,b\r\n#"two,\r\n\r\n#\n1,"#"\n#three', dialect, 2, windowBytes)).toEqual(
        [['a', 'b'], [''], ['1', '#']],
      );
    }
  });

  it('keeps an escape that is the last byte of the file, wherever its window ends', async () => {
    const dialect = { ...DEFAULT_DIALECT, doubleQuote: false, escapeChar: '\\' };
    for (let windowBytes = 4; windowBytes <= 20; windowBytes++) {
      for (const columns of [0, 2]) {
        const read = (written: string) => batches(written, dialect, columns, windowBytes);
        expect(await read('a,b\\,c\n1,\\')).toEqual([
          ['a', 'b,c'],
          ['1', '\\'],
        ]);
        expect(await read('"a\\"b"\\')).toEqual([['a"b\\']]);
        expect(await read('\\')).toEqual([['\\']]);
        expect(await read('x\\\\')).toEqual([['x\\']]);
      }
    }
  });

  it('leaves what it has peeked at to be read', async () => {
    for (let windowBytes = 4; windowBytes <= 40; windowBytes++) {
      const reader = new RecordReader(
        readerOf(bytes('"a;""b""",c\n1;2,3\n')),
        DEFAULT_DIALECT,
        1024,
        windowBytes,
      );
      const peeked = await reader.peekRecord({ ...DEFAULT_DIALECT, delimiter: ';' });
      expect(peeked?.cells).toEqual(['a;"b",c']);
      expect((await reader.nextRecord())?.cells).toEqual(['a;"b"', 'c']);
      expect((await reader.nextRecord())?.cells).toEqual(['1;2', '3']);
      expect(await reader.nextRecord()).toBeUndefined();
    }
  });

  it('has nothing to peek at in an empty file', async () => {
    expect(
      await new RecordReader(readerOf(bytes('')), DEFAULT_DIALECT, 1024).peekRecord(DEFAULT_DIALECT),
    ).toBeUndefined();
  });

  it('drops surplus cells where they are of no use', async () => {
    const reader = new RecordReader(readerOf(bytes('a,"b ""c""",d\n')), DEFAULT_DIALECT, 1024);
    reader.setColumns(1, 'drop-surplus');
    const batch = (await reader.nextBatch())!;
    expect(batch.surplus(0)).toEqual([]);
    expect(batch.cellCount(0)).toBe(3);
  });

  it('takes fewer records at once where they are very wide', async () => {
    const columns = 600_000;
    const reader = new RecordReader(
      readerOf(bytes(`${','.repeat(columns - 1)}\n1\n`)),
      DEFAULT_DIALECT,
      columns,
    );
    reader.setColumns(columns, 'drop-surplus');
    expect((await reader.nextBatch())?.rows).toBe(1);
    expect((await reader.nextBatch())?.rows).toBe(1);
    expect(await reader.nextBatch()).toBeUndefined();
  });

  it.each([
    ['"a', 'unclosed-quote'],
    ['"a,b\n1,2\n3,4\n5,6\n', 'record-too-large'],
    [`#${'x'.repeat(20)}`, 'record-too-large'],
  ])('bounds what %j takes, wherever its window ends', async (broken, code) => {
    const dialect = { ...DEFAULT_DIALECT, commentChar: '#' };
    for (let windowBytes = 4; windowBytes <= 20; windowBytes++) {
      const reader = new RecordReader(readerOf(bytes(broken)), dialect, 10, windowBytes);
      const read = reader.nextRecord();
      await expect(read).rejects.toBeInstanceOf(PipelineError);
      await expect(read).rejects.toMatchObject({ code });
    }
  });
});
