import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import * as path from 'node:path';
import { LANGUAGES } from '../../src/cli/init/languages';
import { main } from '../../src/cli/main';
import { packageManifest } from '../../src/cli/package-manifest';

const { version: VERSION } = packageManifest();
const ROOT = path.join(__dirname, '..', '..');
/** Runs an app's source, with the package being the sources here. */
const TSX = `${path.join(ROOT, 'node_modules', '.bin', 'tsx')} --tsconfig ${path.join(ROOT, 'tsconfig.dev.json')}`;

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(os.tmpdir(), 'cli-init-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function cli(...args: string[]) {
  let out = '';
  let error = '';
  const code = await main(args, {
    directory,
    out: (text) => void (out += String(text)),
    error: (text) => void (error += text),
    terminal: false,
    interrupted: new Promise(() => {}),
  });
  return { code, out, error };
}

const read = (name: string) => readFileSync(path.join(directory, name), 'utf8');
const put = (name: string, text: string) => writeFileSync(path.join(directory, name), text);
const filesThere = () =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .sort();

describe.each(Object.entries(LANGUAGES))('an app in %s', (language, { source, app, title }) => {
  it('is written with all that it needs, and says what to do next', async () => {
    const { code, out, error } = await cli('init', '--language', language);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(`A pipeline for orders.csv, in ${title}:`);
    expect(out).toMatch('npx serverless-csv-etl run orders.csv');
    const files = filesThere();
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'cdk.json', 'orders.csv', 'orders.schema.json', source]),
    );
    expect(JSON.parse(read('cdk.json'))).toEqual({ app });
    const texts = files.map((name) => [name, read(name).replaceAll(VERSION, '<version>')]);
    expect(Object.fromEntries(texts)).toMatchSnapshot();
  });

  it('takes in a file that is not called .csv, and one that is not written with commas', async () => {
    put('2024 sales.tsv', 'id\tname\n1\tAda\n2\tBob\n');
    expect((await cli('init', '2024 sales.tsv', '--language', language)).error).toBe('');
    expect(read(source)).toMatchSnapshot();
    expect(read('README.md')).toMatch("npx serverless-csv-etl run '2024 sales.tsv'");
  });
});

// Those that npm alone can run. The others run in CI, out of the packages for their languages.
describe.each(['typescript', 'javascript'] as const)('an app in %s', (language) => {
  const app = `${TSX} ${LANGUAGES[language].source}`;
  // In the place of `npm install`.
  beforeEach(() => symlinkSync(path.join(ROOT, 'node_modules'), path.join(directory, 'node_modules')));

  it('runs at once', async () => {
    await cli('init', '--language', language);
    const { out, error } = await cli('run', 'orders.csv', '--app', app, '--json');
    expect(error).toBe('');
    expect(JSON.parse(out).jobs).toMatchObject([
      { status: 'SUCCEEDED', rowsRead: 4, rowsWritten: 3, rowsRejected: 1, rowsFiltered: 0 },
    ]);
    expect(JSON.parse(out).jobs[0].firstRejects).toMatchObject([
      { row: 4, column: 'quantity', code: 'type-error' },
    ]);
  });

  it('runs a file whose first line names the delimiter', async () => {
    put('export.csv', 'sep=,\nid,price\n1,2.5\n');
    await cli('init', 'export.csv', '--language', language);
    const { out } = await cli('run', 'export.csv', '--app', app, '--json');
    expect(JSON.parse(out).jobs).toMatchObject([{ status: 'SUCCEEDED', rowsRead: 1, rowsWritten: 1 }]);
  });

  it("runs a user's own file, whose rows are all valid by the schema that was found", async () => {
    mkdirSync(path.join(directory, 'data'));
    put('data/betrag.txt', 'nr;name;betrag\n1;Ada;1.234,50\n2;"Bob; Co.";2,75\n');
    await cli('init', 'data/betrag.txt', '--language', language);
    const { out, error } = await cli('run', 'data/betrag.txt', '--app', app, '--json');
    expect(error).toBe('');
    expect(JSON.parse(out).jobs).toMatchObject([
      { status: 'SUCCEEDED', rowsRead: 2, rowsWritten: 2, rowsRejected: 0 },
    ]);
  });
});

it('overwrites nothing, writes nothing beside, and lists what is there', async () => {
  put('orders.csv', 'id\n1\n');
  put('package.json', '{}');
  put('cdk.json', '{}');
  const { code, error } = await cli('init', 'orders.csv');
  expect(code).toBe(2);
  expect(error).toBe(
    'serverless-csv-etl: nothing was written, since these files are there already: cdk.json, package.json\n',
  );
  expect(filesThere()).toEqual(['cdk.json', 'orders.csv', 'package.json']);
});

it('tells a program what it has written, as JSON', async () => {
  const { out } = await cli('init', '--language', 'javascript', '--json');
  expect(JSON.parse(out)).toEqual({
    language: 'javascript',
    files: [
      '.gitignore',
      'README.md',
      'app.js',
      'cdk.json',
      'orders.csv',
      'orders.schema.json',
      'package.json',
    ],
    next: ['npm install', 'npx serverless-csv-etl run orders.csv'],
  });
});

it.each([
  ['no such file', ['absent.csv'], /there is no file .*absent\.csv/],
  [
    'a file without an extension',
    ['orders'],
    /^serverless-csv-etl: orders has no extension such as \.csv, by which/,
  ],
  ['a file that is no CSV', ['binary.csv'], /^serverless-csv-etl: binary\.csv: encoding-error: /],
  ['two files', ['a.csv', 'b.csv'], /2 files given: serverless-csv-etl init \[FILE\] \(see --help\)/],
  [
    'an unknown language',
    ['--language', 'ruby'],
    /--language is ruby, expected one of typescript, javascript, python, java, go/,
  ],
])('refuses %s', async (_name, args, message) => {
  put('binary.csv', 'id,name\n1,\0\n');
  const { code, error } = await cli('init', ...args);
  expect(code).toBe(2);
  expect(error).toMatch(message);
  expect(existsSync(path.join(directory, 'cdk.json'))).toBe(false);
});

it('writes nothing where it is interrupted while it reads', async () => {
  put('orders.csv', `id\n${'1234567\n'.repeat(100_000)}`);
  let interrupt: () => void;
  const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
  const around = { directory, out: () => {}, error: () => interrupt(), terminal: true, interrupted };
  expect(await main(['init', 'orders.csv'], around)).toBe(130);
  expect(filesThere()).toEqual(['orders.csv']);
});
