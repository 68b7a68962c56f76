import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CsvFile, definePipeline, readCsv, runCsv, validateCsv } from '../../../src/engine';
import { readerBehind } from '../../../src/engine/read/byte-reader';

const directory = mkdtempSync(join(tmpdir(), 'csv-file-'));
afterAll(() => rmSync(directory, { recursive: true }));

function fileOf(data: string | Buffer): CsvFile {
  const path = join(directory, 'a.csv');
  writeFileSync(path, data);
  return new CsvFile(path);
}

const schema = { fields: [{ name: 'id', type: 'integer', constraints: { unique: true } }, { name: 'text' }] };
const rows = Array.from({ length: 60_000 }, (_, row) => `${row},"text ""${row}"""\n`).join('');

describe('CsvFile', () => {
  it('is read as often as it is asked for, by records and by pieces', async () => {
    const file = fileOf('id,text\n1,a\n');
    for (let time = 0; time < 2; time++) {
      const cells: string[] = [];
      for await (const record of readCsv(file)) cells.push(record.cells.join());
      expect(cells).toEqual(['id,text', '1,a']);
      const pieces: Uint8Array[] = [];
      for await (const piece of file) pieces.push(piece);
      expect(Buffer.concat(pieces).toString()).toBe('id,text\n1,a\n');
    }
  });

  it('is validated as the same bytes from elsewhere are, also where it is larger than what is read at once', async () => {
    const text = `id,text\n${rows}7,again\n`;
    const pipeline = definePipeline({ schema });
    const seen = await runCsv(fileOf(text), pipeline);
    expect(seen).toEqual(await runCsv(text, pipeline));
    expect(seen.counts).toMatchObject({ rowsRead: 60_001, rowsRejected: 1 });
  });

  it('is inflated, and decoded from its encoding', async () => {
    const counts = { rowsRead: 1, rowsWritten: 1 };
    expect((await validateCsv(fileOf(gzipSync('id,text\n1,ä\n')), schema)).counts).toMatchObject(counts);
    const dialect = { encoding: 'utf-16le' } as const;
    const utf16 = Buffer.from('id,text\n1,ä\n', 'utf16le');
    expect((await validateCsv(fileOf(utf16), schema, { dialect })).counts).toMatchObject(counts);
  });

  it('is let go of where it is not read to its end, and is not opened where nothing is read', async () => {
    for await (const _record of readCsv(fileOf(`id,text\n${rows}`))) break;
    await new CsvFile(join(directory, 'absent.csv')).openReader().close();
    await readerBehind(Buffer.from('a\n')).close();
    await expect(validateCsv(new CsvFile(join(directory, 'absent.csv')), schema)).rejects.toThrow('ENOENT');
    await expect(validateCsv(fileOf(''), schema)).rejects.toMatchObject({ code: 'empty-file' });
  });
});
