import { gzipSync } from 'node:zlib';
import {
  csvEngine,
  DEFAULT_DIALECT,
  DEFAULT_LIMITS,
  type Encoding,
  type PipelineError,
  type PipelineSpec,
  typescriptEngine,
} from '../../../src/engine';
import { bytes, field, JOB_ID, MemorySink, pipeline, schema, validated } from '../in-memory';

const encodedAs = (encoding: Encoding, parts: Partial<PipelineSpec> = {}) =>
  pipeline({ dialect: { ...DEFAULT_DIALECT, encoding }, ...parts });

const utf16le = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => Buffer.from(utf16le(text)).swap16();
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** What is passed on of a file, in pieces of every size up to ten bytes. */
async function passedOn(file: Buffer, spec: PipelineSpec): Promise<string> {
  const { output } = await validated(file, spec);
  for (let size = 1; size <= 10; size++) {
    expect((await validated(file, spec, 'raw/a.csv', size)).output).toBe(output);
  }
  return output;
}

describe('encodings', () => {
  const text = 'name,ort\r\nä€😀,"a,\n""b"\r\n';
  const expected = '_row,name,ort\n2,ä€😀,"a,\n""b"\n';

  it.each<[string, Encoding, Buffer]>([
    ['UTF-8', 'utf-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', 'utf-8', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first', 'utf-16le', utf16le(text)],
    ['UTF-16, little end first, with a byte order mark', 'utf-16le', utf16le(`\ufeff${text}`)],
    ['UTF-16, big end first', 'utf-16be', utf16be(text)],
    ['UTF-16, big end first, with a byte order mark', 'utf-16be', utf16be(`\ufeff${text}`)],
  ])('reads %s', async (_what, encoding, file) => {
    expect(await passedOn(file, encodedAs(encoding))).toBe(expected);
  });

  it('reads windows-1252 as browsers do, and latin-1 to the letter', async () => {
    const file = Buffer.concat([latin1('a\n'), Buffer.from([0x80, 0x8d, 0x9f, 0xa0, 0xe4, 0xff, 0x0a])]);
    expect(await passedOn(file, encodedAs('windows-1252'))).toBe('_row,a\n2,€\x8dŸ\xa0äÿ\n');
    expect(await passedOn(file, encodedAs('iso-8859-1'))).toBe('_row,a\n2,\x80\x8d\x9f\xa0äÿ\n');
  });

  it.each<[string, Encoding, Buffer, string, object]>([
    [
      'half of a pair',
      'utf-16le',
      utf16le('a,b\n1,\ud800x\n'),
      'record 2 is not UTF-16LE text in cell 2: half of a surrogate pair at byte offset 12',
      { record: 2, cell: 2, byteOffset: 12 },
    ],
    [
      'the second half of a pair alone',
      'utf-16be',
      utf16be('a\n\udc00\n'),
      'record 2 is not UTF-16BE text in cell 1: half of a surrogate pair at byte offset 4',
      { record: 2, cell: 1, byteOffset: 4 },
    ],
    [
      'half a code unit at the end',
      'utf-16le',
      Buffer.concat([utf16le('a\nb'), Buffer.from('x')]),
      'record 2 is not UTF-16LE text in cell 1: the file ends inside a character at byte offset 6',
      { record: 2, cell: 1, byteOffset: 6 },
    ],
    [
      'the first half of a pair at the end',
      'utf-16be',
      utf16be('a\nb\ud83d'),
      'record 2 is not UTF-16BE text in cell 1: the file ends inside a character at byte offset 6',
      { record: 2, cell: 1, byteOffset: 6 },
    ],
    [
      'a NUL character',
      'utf-16le',
      utf16le('a\n\0\ud800'),
      'record 2 is not UTF-16LE text in cell 1: a NUL character (as in binary files) at byte offset 4',
      { record: 2, cell: 1, byteOffset: 4 },
    ],
    [
      'a NUL character before half of a pair',
      'utf-16le',
      utf16le('a\n\0\ud800x'),
      'record 2 is not UTF-16LE text in cell 1: a NUL character (as in binary files) at byte offset 4',
      { record: 2, cell: 1, byteOffset: 4 },
    ],
    [
      'half of a pair before a NUL character',
      'utf-16le',
      utf16le('a\n\udc00\0'),
      'record 2 is not UTF-16LE text in cell 1: half of a surrogate pair at byte offset 4',
      { record: 2, cell: 1, byteOffset: 4 },
    ],
    [
      'a NUL byte in windows-1252',
      'windows-1252',
      latin1('ä,b\n1,\0\n'),
      'record 2 is not WINDOWS-1252 text in cell 2: a NUL byte (as in UTF-16 or binary files) at byte offset 6',
      { record: 2, cell: 2, byteOffset: 6 },
    ],
  ])('says where %s stands, in pieces of any size', async (_what, encoding, file, message, position) => {
    for (let size = 1; size <= file.length; size++) {
      await expect(validated(file, encodedAs(encoding), 'raw/a.csv', size)).rejects.toMatchObject({
        code: 'encoding-error',
        message,
        position,
      });
    }
  });

  it('gives rejects as UTF-8, and takes them back as that', async () => {
    const spec = encodedAs('utf-16le', { schema: schema([field('n', { type: 'integer' }), field('o')]) });
    const source = utf16le('n,o\nx,ä\n');
    const { rejects } = await validated(source, spec);
    const merged = new MemorySink();
    await csvEngine.mergeRejects({
      spec,
      sourceKey: 'raw/a.csv',
      source: bytes(source),
      rejects: [bytes(rejects)],
      output: merged,
    });
    expect(merged.text).toContain('\nx,ä,2,n,type-error,');
    const corrected = merged.text.replace('x,ä', '7,ä');
    const key = `raw/a.${JOB_ID}.rejects.csv`;
    expect((await validated(corrected, spec, key)).output).toBe('_row,n,o\n2,7,ä\n');
    // A source that only bears such a name is read as its dialect says.
    expect((await validated(utf16le('n,o\n1,ä\n'), spec, key)).output).toBe('_row,n,o\n2,1,ä\n');
  });
});

describe('gzip files', () => {
  const text = `a,b\n${'1,"x\ny"\n'.repeat(1000)}`;

  it('are told by their first bytes, and inflated as they are read', async () => {
    const file = gzipSync(text);
    const { output } = await validated(text);
    for (const size of [1, 2, 3, 100, Infinity]) {
      expect((await validated(file, pipeline(), 'raw/a.csv.gz', size)).output).toBe(output);
    }
  });

  it('may be of several members, and in another encoding', async () => {
    const file = Buffer.concat([gzipSync(utf16le('ä\n1\n')), gzipSync(utf16le('2\n'))]);
    expect((await validated(file, encodedAs('utf-16le'))).output).toBe('_row,ä\n2,1\n3,2\n');
  });

  it.each([
    ['breaks off', gzipSync(text).subarray(0, -20), 'unexpected end of file'],
    [
      'is damaged',
      Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('not a gzip file at all')]),
      'unknown compression method',
    ],
  ])('fail where one %s', async (_what, file, reason) => {
    await expect(validated(file)).rejects.toMatchObject({
      code: 'encoding-error',
      message: `the file is no sound gzip: ${reason}`,
    });
  });

  it.each<[Encoding, BufferEncoding]>([
    ['utf-8', 'utf8'],
    ['utf-16le', 'utf16le'],
  ])(
    'that break off say how many rows stood before, in pieces of any size: %s',
    async (encoding, written) => {
      const lines = Array.from({ length: 30_000 }, (_, row) => `${(row * 7919) % 30_011},"ä${row}"\n`);
      const file = gzipSync(Buffer.from(`a,b\n${lines.join('')}`, written)).subarray(0, -20_000);
      const spec = encodedAs(encoding, { schema: schema([field('a', { type: 'integer' }), field('b')]) });
      const failures = new Set<string>();
      for (const chunkBytes of [997, 65_536, 1e9]) {
        for (const engine of [csvEngine, typescriptEngine]) {
          const sinks = { output: new MemorySink(), rejects: new MemorySink() };
          const run = { spec, sourceKey: 'a.csv.gz', input: bytes(file, chunkBytes), ...sinks };
          const error: unknown = await engine.validate(run).catch((problem) => problem);
          expect(error).toMatchObject({
            code: 'encoding-error',
            message: 'the file is no sound gzip: unexpected end of file',
          });
          const { position, rowsRead } = error as PipelineError;
          expect(rowsRead).toBe(position.record! - 2);
          failures.add(String(rowsRead));
        }
      }
      expect(failures.size).toBe(1);
      expect(Number([...failures])).toBeGreaterThan(10_000);
    },
  );

  it('may not inflate to more than the limit, however small they are', async () => {
    const bomb = gzipSync(`a\n${'0\n'.repeat(5_000_000)}`);
    expect(bomb.length).toBeLessThan(20_000);
    const limits = { ...DEFAULT_LIMITS, maxInflatedBytes: 1_000_000 };
    await expect(validated(bomb, pipeline({ limits }))).rejects.toMatchObject({
      code: 'file-too-large',
      message: 'the file inflates to more than 1000000 bytes, and one function reads no more',
    });
  });

  it('pass an error of their source on', async () => {
    const file = gzipSync(
      Buffer.from(Array.from({ length: 10_000 }, (_, index) => `${index * 7919},x\n`).join('')),
    );
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield file.subarray(0, 100);
      throw new RangeError('the connection was lost');
    }
    const sinks = { output: new MemorySink(), rejects: new MemorySink() };
    const run = { spec: pipeline(), sourceKey: 'raw/a.csv', input: broken(), ...sinks };
    await expect(csvEngine.validate(run)).rejects.toThrow(new RangeError('the connection was lost'));
  });

  it('let go of a source that is not read to its end', async () => {
    let closed = false;
    const file = gzipSync(`a\n"${'x\n'.repeat(1_000_000)}`);
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (let at = 0; at < file.length; at += 100) yield file.subarray(at, at + 100);
      } finally {
        closed = true;
      }
    }
    const limits = { ...DEFAULT_LIMITS, maxRecordBytes: 2000 };
    const sinks = { output: new MemorySink(), rejects: new MemorySink() };
    const run = { spec: pipeline({ limits }), sourceKey: 'raw/a.csv', input: source(), ...sinks };
    await expect(csvEngine.validate(run)).rejects.toMatchObject({ code: 'record-too-large' });
    expect(closed).toBe(true);
  });
});
