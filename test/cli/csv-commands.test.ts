import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { main, type MainOptions } from '../../src/cli/index';
import { ProgressBar } from '../../src/cli/progress-bar';

const SCHEMA = {
  fields: [
    { name: 'id', type: 'integer' },
    { name: 'price', type: 'number', constraints: { minimum: 0 } },
  ],
  primaryKey: 'id',
};
const GOOD = 'id,price\n1,1.50\n2,3\n';
const BAD = 'id,price\n1,1.50\n1,-2\n3,x\n';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'cli-csv-'));
  file('schema.json', JSON.stringify(SCHEMA));
  file('good.csv', GOOD);
  file('bad.csv', BAD);
});
afterEach(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): void {
  writeFileSync(path.join(directory, name), text);
}
function read(name: string): string {
  return readFileSync(path.join(directory, name), 'utf8');
}

async function run(args: readonly string[], options: MainOptions = {}) {
  let [out, error] = ['', ''];
  const code = await main(args, {
    directory,
    out: (text) => (out += Buffer.from(text as string).toString('latin1')),
    error: (text) => (error += text),
    interrupted: new Promise(() => {}),
    ...options,
  });
  return { code, out, error };
}

describe('serverless-csv-etl validate', () => {
  it('ends with 0 where every row is valid', async () => {
    expect(await run(['validate', 'good.csv', '--schema', 'schema.json'])).toEqual({
      code: 0,
      out: 'good.csv: valid, 2 rows\n',
      error: '',
    });
  });

  it('ends with 1 where rows are rejected, shows the first of them and writes all of them', async () => {
    const args = ['--rejects', 'rejects.csv', '--output', 'valid.csv'];
    const { code, out, error } = await run(['validate', 'bad.csv', '--schema', 'schema.json', ...args]);
    expect([code, error]).toEqual([1, '']);
    expect(out).toBe(
      [
        'bad.csv: 2 of 3 rows rejected',
        `  output   ${path.join(directory, 'valid.csv')}`,
        `  rejects  ${path.join(directory, 'rejects.csv')}`,
        '    row  column  code               message',
        '      3  id      primary-key-error  id: primary-key-error: the primary key stands in an earlier row; price: constraint-error: must be at least 0',
        '      4  price   type-error         price: type-error: expected a number',
        '',
      ].join('\n'),
    );
    expect(read('valid.csv')).toBe('id,price\n1,1.50\n');
    expect(read('rejects.csv').split('\n').slice(0, 2)).toEqual([
      'id,price,_row,_column,_code,_message',
      '1,-2,3,id,primary-key-error,id: primary-key-error: the primary key stands in an earlier row; price: constraint-error: must be at least 0',
    ]);
  });

  it.each([
    [['--format', 'csv', '--quoting', 'all'], '"id","price"\n"1","1.50"\n'],
    [['--format', 'json-lines'], '{"id":1,"price":1.50}\n'],
  ])('writes the valid rows with %j', async (args, expected) => {
    const { out } = await run(['validate', 'bad.csv', '--schema', 'schema.json', '--output', '-', ...args]);
    expect(out).toBe(expected);
  });

  it('writes Parquet byte for byte to standard output as to a file', async () => {
    const args = ['validate', 'good.csv', '--schema', 'schema.json', '--format', 'parquet', '--output'];
    const { out } = await run([...args, '-']);
    await run([...args, 'good.parquet']);
    expect(out).toMatch(/^PAR1.*PAR1$/s);
    expect(readFileSync(path.join(directory, 'good.parquet'), 'latin1')).toBe(out);
  });

  it('keeps as many rejects as it is asked to, and says that it stopped keeping', async () => {
    const args = [
      'validate',
      'bad.csv',
      '--schema',
      'schema.json',
      '--rejects',
      'r.csv',
      '--max-rejects',
      '1',
    ];
    const { out } = await run(args);
    expect(out).toContain('bad.csv: 2 of 3 rows rejected');
    expect(out).toContain('r.csv (the first 1 rows: the limit of those kept)');
    expect(read('r.csv').trimEnd().split('\n')).toHaveLength(2);
    expect(JSON.parse((await run([...args, '--json'])).out)).toMatchObject({
      rowsRejected: 2,
      rejectsKept: 1,
    });
  });

  it('says with --json what it found out about the file', async () => {
    file('semicolons.csv', GOOD.replaceAll(',', ';'));
    const args = ['validate', 'semicolons.csv', '--schema', 'schema.json', '--detect', '--json'];
    expect(JSON.parse((await run(args)).out)).toMatchObject({
      dialect: { delimiter: ';', quoteChar: '"', header: true, encoding: 'utf-8' },
    });
  });

  it('leaves no rejects of an earlier run where every row is valid', async () => {
    file('rejects.csv', 'old');
    await run(['validate', 'good.csv', '--schema', 'schema.json', '--rejects', 'rejects.csv']);
    expect(existsSync(path.join(directory, 'rejects.csv'))).toBe(false);
  });

  it('prints one JSON document with --json', async () => {
    file('many.csv', `id,price\n${Array.from({ length: 9 }, (_, id) => `${id},x`).join('\n')}\n`);
    const { code, out } = await run(['validate', 'many.csv', '--schema', 'schema.json', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      file: 'many.csv',
      rowsRead: 9,
      rowsWritten: 0,
      rowsRejected: 9,
      countsComplete: true,
      outputFile: null,
      rejectsFile: null,
      firstRejects: [2, 3, 4, 5, 6].map((row) => ({
        row,
        column: 'price',
        code: 'type-error',
        message: 'price: type-error: expected a number',
      })),
    });
  });

  it('reads standard input, and writes to standard output', async () => {
    const { code, out, error } = await run(['validate', '-', '--schema', 'schema.json', '--output', '-'], {
      input: Readable.from([Buffer.from(BAD)]),
    });
    expect([code, out]).toEqual([1, 'id,price\n1,1.50\n']);
    expect(error).toContain('standard input: 2 of 3 rows rejected');
  });

  it('reads other dialects, by options or from a file', async () => {
    file('semicolons.csv', '1;1.50\n');
    file('tabs.csv', 'id\tprice\n1\t1\n');
    file('dialect.json', '{ "delimiter": ";", "header": false }');
    const schema = ['--schema', 'schema.json'];
    for (const args of [
      ['semicolons.csv', '--delimiter', ';', '--no-header'],
      ['semicolons.csv', '--dialect', 'dialect.json'],
      ['tabs.csv', '--delimiter', '\\t'],
    ]) {
      expect((await run(['validate', ...args, ...schema])).out).toContain('valid, 1 rows');
    }
  });

  it('takes a corrected rejects file in again', async () => {
    const name = `bad.${'0'.repeat(32)}.rejects.csv`;
    await run(['validate', 'bad.csv', '--schema', 'schema.json', '--rejects', name]);
    file(name, read(name).replace('1,-2', '2,2').replace('3,x', '3,3'));
    expect((await run(['validate', name, '--schema', 'schema.json'])).out).toBe(`${name}: valid, 2 rows\n`);
  });

  it('ends with 2 where the file is no such CSV, and leaves nothing half done', async () => {
    file('open.csv', `id,price\n${'1,x\n'.repeat(60_000)}"`);
    const args = [
      'validate',
      'open.csv',
      '--schema',
      'schema.json',
      '--rejects',
      'r.csv',
      '--output',
      'o.csv',
    ];
    const { code, out } = await run(args);
    expect(code).toBe(2);
    expect(out).toBe(
      'open.csv: unclosed-quote: record 60002 opens a quote that is never closed\n' +
        '  60000 rows were read before (reading stopped early)\n',
    );
    expect(readdirSync(directory).sort()).toEqual(['bad.csv', 'good.csv', 'open.csv', 'schema.json']);
    const document = JSON.parse((await run([...args, '--json'])).out);
    expect(document).toMatchObject({ errorCode: 'unclosed-quote', rowsRead: 60000, countsComplete: false });
  });

  it.each([
    [['good.csv'], 'no schema given: serverless-csv-etl validate FILE --schema FILE (see --help)'],
    [['--schema', 'schema.json'], 'no file given: serverless-csv-etl validate FILE'],
    [['a.csv', 'b.csv', '--schema', 'schema.json'], '2 files given'],
    [['nowhere.csv', '--schema', 'schema.json'], 'there is no file'],
    [['folder', '--schema', 'schema.json'], 'is a folder'],
    [['good.csv', '--schema', 'nowhere.json'], 'there is no file'],
    [['good.csv', '--schema', 'good.csv'], 'good.csv is no JSON: '],
    [['good.csv', '--schema', 'text.json'], 'text.json is no JSON object'],
    [['good.csv', '--schema', 'wrong.json'], 'table schema: '],
    [['good.csv', '--schema', 'schema.json', '--output', '-', '--json'], '--output - and --json both write'],
    [['good.csv', '--schema', 'schema.json', '--rows', '1'], "Unknown option '--rows'"],
    [
      ['good.csv', '--schema', 'schema.json', '--format', 'parquet'],
      '--format and --quoting say how --output',
    ],
    [['good.csv', '--schema', 'schema.json', '--output', 'x', '--format', 'orc'], 'output.type: got "orc"'],
    [['good.csv', '--schema', 'schema.json', '--max-rejects', '0'], '--max-rejects is 0, expected a number'],
    [['good.csv', '--schema', 'schema.json', '--delimiter', 'ab'], 'delimiter: got "ab", expected one ASCII'],
  ])('refuses %j', async (args, message) => {
    mkdirSync(path.join(directory, 'folder'));
    file('text.json', '"text"');
    file('wrong.json', '{ "fields": [{ "name": "a", "type": "strng" }] }');
    const { code, out, error } = await run(['validate', ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(error).toMatch(/^serverless-csv-etl: /);
    expect(error).toContain(message);
  });

  it('shows where it broke, where it is a program that is wrong', async () => {
    const input = Readable.from([]);
    input.destroy(new RangeError('no more'));
    const { code, error } = await run(['validate', '-', '--schema', 'schema.json'], { input });
    expect(code).toBe(2);
    expect(error).toContain('RangeError: no more');
  });

  it.each(['validate', 'infer'])('%s ends when it is interrupted', async (command) => {
    const input = new PassThrough();
    input.write('id,price\n');
    const interrupted = new Promise<void>((resolve) => setImmediate(resolve));
    const args = command === 'validate' ? ['--schema', 'schema.json', '--rejects', 'r.csv'] : [];
    expect(await run([command, '-', ...args], { input, interrupted })).toEqual({
      code: 130,
      out: '',
      error: '',
    });
  });

  it.each(['validate', 'infer'])('%s of a file ends when it is interrupted', async (command) => {
    file('long.csv', `id,price\n${'1,2\n'.repeat(1_000_000)}`);
    let interrupt: () => void;
    const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
    const args = command === 'validate' ? ['--schema', 'schema.json', '--output', 'o.csv'] : [];
    // The first picture of the progress bar: some of the file is read by then, and most of it is not.
    const around = { terminal: true, interrupted, error: () => interrupt() };
    expect(await run([command, 'long.csv', ...args], around)).toEqual({ code: 130, out: '', error: '' });
    expect(readdirSync(directory).filter((name) => name.startsWith('o.csv'))).toEqual([]);
  });

  it('validates what is compressed, and a file that refers to itself', async () => {
    writeFileSync(path.join(directory, 'good.csv.gz'), gzipSync(GOOD));
    const { out } = await run(['validate', 'good.csv.gz', '--schema', 'schema.json'], { terminal: true });
    expect(out).toBe('good.csv.gz: valid, 2 rows\n');
    const reference = { resource: '', fields: ['id'] };
    const foreignKeys = [{ fields: ['parent'], reference }];
    const fields = [{ name: 'id' }, { name: 'parent' }];
    file('tree.json', JSON.stringify({ fields, foreignKeys }));
    file('tree.csv', 'id,parent\n1,2\n2,\n3,4\n');
    expect((await run(['validate', 'tree.csv', '--schema', 'tree.json'])).out).toContain(
      '4  parent  foreign-key-error',
    );
  });

  it('shows on a terminal how far it is', async () => {
    const { error } = await run(['validate', 'good.csv', '--schema', 'schema.json'], { terminal: true });
    expect(error).toMatch(/^\r\x1b\[K\[=+ *\] +\d+ % {2}\d+ MB\/s\r\x1b\[K$/);
    const input = Readable.from([Buffer.from(GOOD)]);
    const unknown = await run(['validate', '-', '--schema', 'schema.json'], { terminal: true, input });
    expect(unknown.error).toMatch(/^\r\x1b\[K0\.0 MB {2}\d+ MB\/s\r\x1b\[K$/);
  });
});

describe('serverless-csv-etl infer', () => {
  it('writes a schema by which the file is valid', async () => {
    const { code, out, error } = await run(['infer', 'good.csv']);
    expect([code, error]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      fields: [
        { name: 'id', type: 'integer', constraints: { required: true } },
        { name: 'price', type: 'number', constraints: { required: true } },
      ],
      primaryKey: 'id',
    });
    file('found.json', out);
    expect((await run(['validate', 'good.csv', '--schema', 'found.json'])).code).toBe(0);
  });

  it('says how sure it is', async () => {
    file('doubtful.csv', 'id,day\n1,01/02/2024\n2\n3,02/03/2024\n4,03/04/2024\n');
    const { error } = await run(['infer', 'doubtful.csv', '--rows', '3']);
    expect(error.split('\n')).toEqual([
      'looked at the first 3 rows only: what comes after them may not be valid',
      'passed over 1 of 3 rows, which are blank or not as wide as the header',
      'day: %d/%m/%Y is taken, and %m/%d/%Y would fit as well',
      '',
    ]);
  });

  it('prints what it has seen of each column with --json', async () => {
    const { out, error } = await run(['infer', '-', '--json', '--delimiter', ';'], {
      input: Readable.from([Buffer.from('a;b\n1;\n')]),
    });
    expect(error).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      schema: { fields: [{ name: 'a', type: 'integer' }, { name: 'b' }] },
      dialect: { delimiter: ';' },
      rows: 1,
      complete: true,
      columns: [
        { name: 'a', values: 1, missing: 0 },
        { name: 'b', values: 0, missing: 1 },
      ],
    });
  });

  it('finds out how the file is written where it is asked to', async () => {
    const lines = Array.from({ length: 20 }, (_, id) => `${id};Käse;${id},5`);
    writeFileSync(path.join(directory, 'excel.csv'), ['id;name;price', ...lines].join('\r\n'), 'latin1');
    const { out } = await run(['infer', 'excel.csv', '--detect', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      dialect: { delimiter: ';', header: true, encoding: 'windows-1252' },
      schema: { fields: [{ name: 'id' }, { name: 'name' }, { name: 'price', decimalChar: ',' }] },
    });
    const found = await run(['infer', 'excel.csv', '--detect']);
    file('excel.json', found.out);
    const checked = ['validate', 'excel.csv', '--schema', 'excel.json', '--detect', '--delimiter', ';'];
    expect((await run(checked)).out).toBe('excel.csv: valid, 20 rows\n');
  });

  it('ends with 2 where the file is no CSV', async () => {
    file('empty.csv', '');
    expect(await run(['infer', 'empty.csv'])).toMatchObject({
      code: 2,
      error: 'serverless-csv-etl: empty.csv: empty-file: the file has no records\n',
    });
    expect((await run(['infer', 'good.csv', '--rows', 'all'])).error).toContain(
      '--rows is all, expected a number',
    );
    const input = Readable.from([]);
    input.destroy(new RangeError('no more'));
    expect((await run(['infer', '-'], { input })).error).toContain('RangeError: no more');
  });
});

describe('the progress bar', () => {
  it('draws ten pictures a second at most', () => {
    let time = 0;
    const printed: string[] = [];
    const bar = new ProgressBar(
      (text) => printed.push(text),
      1000e6,
      () => time,
    );
    for (time = 1000; time < 2000; time += 20) bar.advance(20e6);
    bar.end();
    expect(printed).toHaveLength(11);
    expect(printed[5]).toBe('\r\x1b[K[===============               ]  52 %  347 MB/s');
  });

  it('leaves nothing where nothing was read', () => {
    const printed: string[] = [];
    new ProgressBar((text) => printed.push(text), 0).end();
    expect(printed).toEqual([]);
  });
});
