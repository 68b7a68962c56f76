import { readCsv } from '../../../src/engine';
import { bytes, records } from '../in-memory';

describe('records of RFC 4180', () => {
  const cases: ReadonlyArray<readonly [string, string, string[][]]> = [
    [
      'cells between commas',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no newline at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a lone CR',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['newlines of all kinds mixed', 'a\rb\nc\r\nd', [['a'], ['b'], ['c'], ['d']]],
    ['quoted delimiters and newlines', '"a,b","c\r\nd"\n', [['a,b', 'c\r\nd']]],
    ['doubled quotes', '"say ""yes""",""""\n', [['say "yes"', '"']]],
    ['empty cells at all places', ',a,,b,\n', [['', 'a', '', 'b', '']]],
    ['an empty quoted cell alone', 'a\n""\n', [['a'], ['']]],
    ['a quote inside an unquoted cell stands for itself', 'a"b,c""d\n', [['a"b', 'c""d']]],
    ['text behind a closing quote belongs to the cell', '"a"b,"c" ,"d""e"f"g"\n', [['ab', 'c ', 'd"ef"g"']]],
    ['a quoted cell that the file ends in', 'a\n"b"', [['a'], ['b']]],
    ['a doubled quote that the file ends in', 'a\n"b"""', [['a'], ['b"']]],
    ['blanks that belong to cells', ' a , b \n', [[' a ', ' b ']]],
    ['a byte order mark that is dropped', '\ufeffa,b\n', [['a', 'b']]],
    ['a byte order mark before a quote', '\ufeff"a"\n', [['a']]],
    ['a byte order mark that is not the first character', 'a\ufeff\n', [['a\ufeff']]],
    ['characters of two, three and four bytes', 'ä,€,😀\n', [['ä', '€', '😀']]],
    ['blank records', 'a,b\n\n1,2\n,\n\n', [['a', 'b'], [], ['1', '2'], [], []]],
    ['ragged records as they are', 'a,b\n1\n1,2,3\n', [['a', 'b'], ['1'], ['1', '2', '3']]],
  ];

  it.each(cases)('reads %s', async (_what, text, expected) => {
    expect(await records(text)).toEqual(expected);
  });

  it.each(cases)('reads %s the same in pieces of any size', async (_what, text, expected) => {
    for (let size = 1; size <= Buffer.byteLength(text); size++) {
      expect(await records(text, {}, size)).toEqual(expected);
    }
  });
});

describe('dialects', () => {
  it.each([
    ['another delimiter', { delimiter: ';' }, 'a;"b;c";d,e\n', [['a', 'b;c', 'd,e']]],
    ['a tab', { delimiter: '\t' }, 'a\tb\n', [['a', 'b']]],
    ['another quote', { quoteChar: "'" }, "'a,b','it''s'\n", [['a,b', "it's"]]],
    ['no quotes', { quoteChar: null }, '"a,b"\n', [['"a', 'b"']]],
    ['no doubled quotes', { doubleQuote: false }, '"a""b",c\n', [['a"b"', 'c']]],
    ['an escape in quotes', { escapeChar: '\\', doubleQuote: false }, '"a\\"b,\\\\",c\n', [['a"b,\\', 'c']]],
    ['an escape without quotes', { escapeChar: '\\' }, 'a\\,b,\\"c\n', [['a,b', '"c']]],
    ['an escape behind a closing quote', { escapeChar: '\\' }, '"a"\\,b\n', [['a,b']]],
    ['an escape that the file ends in', { escapeChar: '\\' }, 'a\\', [['a\\']]],
    ['an escaped newline', { escapeChar: '\\' }, 'a\\\nb,c\n', [['a\nb', 'c']]],
    ['blanks behind a delimiter', { skipInitialSpace: true }, '  a,  "b, c" ,d e\n', [['a', 'b, c ', 'd e']]],
    ['blank records of blanks', { skipInitialSpace: true }, 'a,b\n , \n  \n', [['a', 'b'], [], []]],
    [
      'a null sequence that begins like an escape',
      { escapeChar: '\\', nullSequence: '\\N' },
      '\\N,a\\N,\\\\N\n',
      [['\\N', 'aN', '\\N']],
    ],
    [
      'comments',
      { commentChar: '#' },
      '#x\na,b\n#"y\r\n1,#2\r\n#\r\n#z',
      [
        ['a', 'b'],
        ['1', '#2'],
      ],
    ],
  ] as const)('reads %s in pieces of any size', async (_what, dialect, text, expected) => {
    for (let size = 1; size <= text.length; size++) {
      expect(await records(text, dialect, size)).toEqual(expected);
    }
  });
});

describe('files that cannot be read', () => {
  const utf16 = Buffer.from('\ufeffa,b\n', 'utf16le');

  it.each([
    ['no bytes', '', 'empty-file', 'the file has no records', {}],
    ['a byte order mark alone', '\ufeff', 'empty-file', 'the file has no records', {}],
    [
      'a quote that is never closed',
      'a,b\n1,2\n3,"4\n5,6\n',
      'unclosed-quote',
      'record 3 opens a quote that is never closed',
      { record: 3 },
    ],
    [
      'a NUL byte',
      'a,b\n1,\0\n',
      'encoding-error',
      'record 2 is not UTF-8 text in cell 2: a NUL byte (as in UTF-16 or binary files) at byte offset 6',
      { record: 2, cell: 2, byteOffset: 6 },
    ],
    [
      'a byte in a cell behind quoted ones',
      Buffer.from('a,b,c\r\n"x,""y""\n",2,\xe4\n', 'latin1'),
      'encoding-error',
      'record 2 is not UTF-8 text in cell 3: an invalid byte at byte offset 20',
      { record: 2, cell: 3, byteOffset: 20 },
    ],
    [
      'a byte that is no UTF-8',
      Buffer.from('a,b\n1,2\n\xe4,3\n', 'latin1'),
      'encoding-error',
      'record 3 is not UTF-8 text in cell 1: an invalid byte at byte offset 8',
      { record: 3, cell: 1, byteOffset: 8 },
    ],
    [
      'an invalid byte behind a whole character',
      Buffer.from([0x61, 0xe2, 0x82, 0xac, 0xc0, 0x80]),
      'encoding-error',
      'record 1 is not UTF-8 text in cell 1: an invalid byte at byte offset 4',
      { record: 1, cell: 1, byteOffset: 4 },
    ],
    [
      'an invalid byte before a NUL byte',
      Buffer.from([0x61, 0xff, 0x00]),
      'encoding-error',
      'record 1 is not UTF-8 text in cell 1: an invalid byte at byte offset 1',
      { record: 1, cell: 1, byteOffset: 1 },
    ],
    [
      'a character that the file breaks off in',
      Buffer.from([0x61, 0x0a, 0xe2, 0x82]),
      'encoding-error',
      'record 2 is not UTF-8 text in cell 1: an invalid byte at byte offset 2',
      { record: 2, cell: 1, byteOffset: 2 },
    ],
    [
      'UTF-16, little end first',
      utf16,
      'encoding-error',
      'record 1 is not UTF-8 text in cell 1: it is UTF-16 (its byte order mark says so) at byte offset 0',
      { record: 1, cell: 1, byteOffset: 0 },
    ],
    [
      'UTF-16, big end first',
      Buffer.from(utf16).swap16(),
      'encoding-error',
      'record 1 is not UTF-8 text in cell 1: it is UTF-16 (its byte order mark says so) at byte offset 0',
      { record: 1, cell: 1, byteOffset: 0 },
    ],
  ])('says what is wrong with %s, in pieces of any size', async (_what, text, code, message, position) => {
    for (let size = 1; size <= Math.max(1, text.length); size++) {
      await expect(records(text, {}, size)).rejects.toMatchObject({ name: code, code, message, position });
    }
  });

  it('finds an invalid byte behind many good ones, and counts its record', async () => {
    const good = 'ä,b\n'.repeat(100_000);
    const text = Buffer.concat([Buffer.from(good), Buffer.from([0xff])]);
    await expect(records(text, {}, 1000)).rejects.toMatchObject({
      position: { record: 100_001, cell: 1, byteOffset: Buffer.byteLength(good) },
    });
  });

  it('stops a quote that swallows the file at the largest record', async () => {
    const text = `a,b\n1,2\n"${'x,y\n'.repeat(100_000)}`;
    await expect(records(text, {}, 999, 2000)).rejects.toMatchObject({
      code: 'record-too-large',
      message: 'record 3 is larger than 2000 bytes; perhaps it opens a quote that is never closed',
      position: { record: 3 },
    });
  });

  it('takes a record of just the largest size, and none that is a byte larger', async () => {
    expect(await records(`a\n${'x'.repeat(10)}\n`, {}, 3, 10)).toEqual([['a'], ['x'.repeat(10)]]);
    await expect(records(`a\n${'x'.repeat(11)}\n`, {}, 3, 10)).rejects.toMatchObject({
      code: 'record-too-large',
    });
  });

  it.each(['\x01', '\x1f', '~', ' '])(
    'takes %j between cells, whether they stand in quotes or not',
    async (delimiter) => {
      const text = ['a', `"b${delimiter}"`, 'c'].join(delimiter);
      expect(await records(text, { delimiter })).toEqual([['a', `b${delimiter}`, 'c']]);
    },
  );

  it('refuses a dialect that is none', async () => {
    await expect(readCsv(bytes('a,b'), { delimiter: '\n' }).next()).rejects.toThrow(
      'dialect: delimiter: got "\\n"',
    );
  });

  it('passes an error of the source on', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a\n');
      throw new Error('the connection was lost');
    }
    await expect(readCsv(broken()).next()).rejects.toThrow('the connection was lost');
  });
});

describe('memory and sources', () => {
  it('reads records that are larger than the window', async () => {
    const long = `${'ab,"c"\n'.repeat(60_000)}`;
    const quoted = `"${long.replaceAll('"', '""')}"`;
    expect(await records(`a,b\n1,${quoted}\n2,3\n`, {}, 50_000)).toEqual([
      ['a', 'b'],
      ['1', long],
      ['2', '3'],
    ]);
  });

  it('reads many columns', async () => {
    const wide = Array.from({ length: 3000 }, (_, index) => `c${index}`);
    expect(await records(`${wide.join()}\n`)).toEqual([wide]);
  });

  it('lets go of a source that is not read to its end', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('a,b\n'.repeat(10_000));
      } finally {
        closed = true;
      }
    }
    for await (const record of readCsv(source())) if (record.row === 5) break;
    expect(closed).toBe(true);
  });

  it('numbers records from 1', async () => {
    const rows: number[] = [];
    for await (const { row } of readCsv(bytes('a\n'.repeat(3000)))) rows.push(row);
    expect(rows).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
  });

  it('does not write into the chunks that it is given', async () => {
    const chunk = Buffer.from('a,"b""c"\n1,2');
    const before = Buffer.from(chunk);
    async function* source(): AsyncGenerator<Uint8Array> {
      yield chunk;
    }
    for await (const record of readCsv(source())) expect(record.cells).toHaveLength(2);
    expect(chunk).toEqual(before);
  });
});
