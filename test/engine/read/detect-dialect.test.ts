import * as fc from 'fast-check';
import { DEFAULT_DIALECT, type DialectSpec } from '../../../src/engine';
import { foundDialect } from '../../../src/engine/validate/found-dialect';
import { bytes, field, pipeline, schema, validated } from '../in-memory';

const detecting = (parts: Partial<DialectSpec> = {}): DialectSpec => ({
  ...DEFAULT_DIALECT,
  detect: ['delimiter', 'quoteChar', 'header', 'encoding'],
  ...parts,
});

async function found(file: string | Buffer, parts: Partial<DialectSpec> = {}, names?: string[]) {
  const fields = names && {
    schema: schema(
      names.map((name) => field(name)),
      { fieldsMatch: 'partial' },
    ),
  };
  const spec = pipeline({ dialect: detecting(parts), ...fields });
  const dialect = await foundDialect(bytes(file), 'raw/a.csv', spec);
  for (const size of file.length < 1000 ? [1, 7] : [10_000]) {
    expect(await foundDialect(bytes(file, size), 'raw/a.csv', spec)).toEqual(dialect);
  }
  return dialect;
}

const CSV = { delimiter: ',', quoteChar: '"', header: true, encoding: 'utf-8' };

describe('a dialect that is found out', () => {
  it.each<[string, string | Buffer, object]>([
    ['commas', 'id,name\n1,A\n2,B\n', {}],
    ['semicolons, with decimal commas', 'id;price\n1;2,5\n2;3,75\n', { delimiter: ';' }],
    ['tabs, with commas in the text', 'id\tnote\n1\ta, b, c\n2\tnone\n', { delimiter: '\t' }],
    ['bars', 'a|b|c\n1|2|3\n', { delimiter: '|' }],
    ['one column', 'name\nAda\nEve\n', {}],
    ['blank and short records among others', 'a,b\n\nx,2\ny\nz,5\n', {}],
    ['one line without end', 'a;b', { delimiter: ';' }],
    ['quoted delimiters', 'id,note\n1,"a;b;c"\n2,"d;e;f"\n', {}],
    ['single quotes', "id,note\n1,'a,b'\n2,'c'\n", { quoteChar: "'" }],
    ['an apostrophe, which is no quote', "id,note\n1,don't\n2,'tis\n", {}],
    ['a word in single quotes, which is not the whole cell', "id,note\n1,'tis' true\n2,x\n", {}],
    ['no header above numbers', '1,A\n2,B\n', { header: false }],
    ['no header above dates', 'A,2024-01-01\nB,2024-01-02\n', { header: false }],
    ['labels that are years', 'country,2019,2020\nA,1,2\nB,3,4\n', { header: false }],
    ['a label above numbers', 'country,2019,sum\nA,1,2\nB,3,4\n', {}],
    ['the same text twice in the first record', 'a,a\nb,c\n', { header: false }],
    ['an empty cell in the first record', 'a,\nb,c\n', { header: false }],
    ['UTF-8 with a byte order mark', '\ufeffä,b\n1,2\n', {}],
    [
      'UTF-16, little end first',
      Buffer.from('\ufeffa;b\n1;2\n', 'utf16le'),
      { encoding: 'utf-16le', delimiter: ';' },
    ],
    ['UTF-16 without a byte order mark', Buffer.from('a,b\n1,2\n', 'utf16le'), { encoding: 'utf-16le' }],
    ['UTF-16, big end first', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le').swap16(), { encoding: 'utf-16be' }],
    [
      'UTF-16, big end first, unmarked',
      Buffer.from('a,b\n1,2\n', 'utf16le').swap16(),
      { encoding: 'utf-16be' },
    ],
    ['windows-1252', Buffer.from('stra\xdfe,\x80\n1,2\n', 'latin1'), { encoding: 'windows-1252' }],
    ['the delimiter that its first line names', 'sep=:\na:b\n1:2,5\n', { delimiter: ':' }],
    ['one named in quotes, in Windows', '\ufeff"SEP=;"\r\na,b;c\r\n1,2;3\r\n', { delimiter: ';' }],
    ['one named to a file of one line end', 'sep=\t\ra\tb;c;d\r1\t2', { delimiter: '\t' }],
    ['a first line that names no delimiter', 'sep=ab\n1;2\n3;4\n', { delimiter: ';' }],
    ['a first line that names its quote', 'sep="\n"1";2\n3;4\n', { delimiter: ';' }],
    ['a first line that names what may be a quote', "sep='\n'a'\n'1'\n", { quoteChar: "'" }],
    ['a label that looks alike', 'sep=x\n1\n2\n', {}],
  ])('%s', async (_what, file, expected) => {
    expect(await found(file)).toEqual({ ...CSV, ...expected });
  });

  it('takes no character for another that has a meaning already', async () => {
    const bars = 'a|b|c;d\n1|2|3;4\n';
    expect(await found(bars)).toEqual({ ...CSV, delimiter: '|' });
    expect(await found(bars, { escapeChar: '|', doubleQuote: false })).toEqual({ ...CSV, delimiter: ';' });
    expect(await found(bars, { commentChar: '|' })).toEqual({ ...CSV, delimiter: ';' });
    expect(await found(bars, { quoteChar: '|', detect: ['delimiter'] })).toEqual({
      ...CSV,
      delimiter: ';',
      quoteChar: '|',
    });
    const quotes = "a,b\n'c',\"d\"\n'e',f\n";
    expect(await found(quotes, { commentChar: "'" })).toEqual(CSV);
    const neither = { escapeChar: '"', doubleQuote: false, commentChar: "'" };
    expect(await found(quotes, neither)).toEqual({ ...CSV, quoteChar: null });
  });

  it('goes by the first bytes, however long the file is', async () => {
    expect(await found(`a;b\n${'1;"x\ny"\n'.repeat(20_000)}`)).toEqual({ ...CSV, delimiter: ';' });
    expect(await found(`a;b\n${`1;${'x'.repeat(1000)}\n`.repeat(100)}`)).toEqual({ ...CSV, delimiter: ';' });
    expect(await found(`a;b\n1;"${'x,y\n'.repeat(20_000)}"\n`)).toEqual({ ...CSV, delimiter: ';' });
  });

  it('has a header where the first record has a name of the schema', async () => {
    expect((await found('1,2\n3,4\n', {}, ['2', 'x'])).header).toBe(true);
    expect((await found('1,2\n3,4\n', {}, ['x', 'y'])).header).toBe(false);
  });

  it('keeps what is said', async () => {
    const said = { delimiter: ',', detect: ['quoteChar', 'header'] as const };
    expect(await found('a;b\n1;2\n', said)).toEqual(CSV);
    expect(
      await found('a;b\n1;2\n', { header: false, delimiter: ';', quoteChar: null, detect: ['encoding'] }),
    ).toEqual({
      delimiter: ';',
      quoteChar: null,
      header: false,
      encoding: 'utf-8',
    });
  });

  it('is what the file is read with, behind lines that are skipped', async () => {
    const file = Buffer.from('Export; of, today\nort;zahl\nKöln;1,5\n', 'latin1');
    const spec = pipeline({ dialect: detecting({ skipLines: 1 }) });
    expect((await validated(file, spec)).output).toBe('_row,ort,zahl\n2,Köln,"1,5"\n');
    expect((await validated('1;x\n2;y\n', pipeline({ dialect: detecting() }))).output).toBe(
      '_row,field1,field2\n1,1,x\n2,2,y\n',
    );
  });

  it('takes a line that names the delimiter for no record', async () => {
    const said = detecting({ commentChar: '#' });
    for (const size of [1, 3, 100]) {
      const { output } = await validated('sep=|\r\na|b\r\n1|2\r\n', pipeline({ dialect: said }), 'a', size);
      expect(output).toBe('_row,a,b\n2,1,2\n');
    }
    // Where the delimiter is said, or is another mark already, such a line is a record like others.
    expect((await validated('sep=;\n1\n', pipeline({ dialect: DEFAULT_DIALECT }))).output).toBe(
      '_row,sep=;\n2,1\n',
    );
    expect(
      await found('sep=#\nx;1\ny;2\n', { commentChar: '#', header: false, detect: ['delimiter'] }),
    ).toEqual({ ...CSV, delimiter: ';', header: false });
    await expect(found('sep=;')).rejects.toMatchObject({ code: 'empty-file' });
  });

  it('takes a file of UTF-8 with a broken character for UTF-8, so that it fails instead of being misread', async () => {
    const file = Buffer.concat([Buffer.from('name\nKöln\nZürich\n'), Buffer.from([0xfc, 0x0a])]);
    expect((await found(file)).encoding).toBe('utf-8');
    await expect(validated(file, pipeline({ dialect: detecting() }))).rejects.toMatchObject({
      code: 'encoding-error',
      position: { record: 4, cell: 1, byteOffset: 19 },
    });
    // As many broken ones as whole ones: a capital with tilde before a quote, in windows-1252.
    const latin = Buffer.concat([Buffer.from('name\n'), Buffer.from([0xc3, 0x94, 0xe4, 0x0a])]);
    expect((await found(latin)).encoding).toBe('windows-1252');
  });

  it('finds nothing in an empty file', async () => {
    await expect(found('')).rejects.toMatchObject({ code: 'empty-file' });
    await expect(found('"a')).rejects.toMatchObject({ code: 'unclosed-quote' });
  });

  it('passes an error of the source on', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      throw new RangeError('lost');
    }
    const run = foundDialect(broken(), 'raw/a.csv', pipeline({ dialect: detecting() }));
    await expect(run).rejects.toThrow(new RangeError('lost'));
  });

  it('reads every delimiter back from what is written with it', async () => {
    const rows = fc.array(fc.tuple(fc.integer(), fc.stringMatching(/^[a-z]{1,8}$/)), {
      minLength: 2,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t', '|'), async (cells, delimiter) => {
        const file = [['number', 'word'], ...cells].map((row) => `${row.join(delimiter)}\n`).join('');
        expect(await found(file)).toEqual({ ...CSV, delimiter });
      }),
      { numRuns: 20 },
    );
  });
});
