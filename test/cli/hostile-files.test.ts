import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { HOSTILE_FILES } from './hostile-files';
import { main } from '../../src/cli/index';
import { bytes } from '../engine/in-memory';
import { definePipeline, inferSchema, PipelineError, runCsv, validateCsv } from 'serverless-csv-etl/engine';

const SCHEMA = { fields: [{ name: 'id', type: 'integer', constraints: { unique: true } }, { name: 'name' }] };
/** Files that are read byte by byte as well. */
const SMALL = 10_000;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'hostile-'));
  writeFileSync(path.join(directory, 'schema.json'), JSON.stringify(SCHEMA));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What a command says, the file's name and the lines of a person's summary left out. */
async function said(...args: string[]): Promise<{ code: number; text: string }> {
  let [out, error] = ['', ''];
  const code = await main(args, {
    directory,
    out: (text) => (out += String(text)),
    error: (text) => (error += text),
    interrupted: new Promise(() => {}),
  });
  const text = (out + error)
    .replace('serverless-csv-etl: ', '')
    .replace(/^file\.csv: /, '')
    .replace(/\n {2}(\d+) rows were read before \(reading stopped early\)\n/, '; $1 rows')
    .split('\n')[0]!;
  return { code, text };
}

const isError = (text: string): boolean => /^[a-z-]+: /.test(text);
const exitCode = (text: string): number => (isError(text) ? 2 : text.startsWith('valid') ? 0 : 1);

describe.each(HOSTILE_FILES)('a file of $name', ({ body, validate, detect = validate, infer }) => {
  beforeEach(() => writeFileSync(path.join(directory, 'file.csv'), body));

  it.each([
    [[], validate],
    [['--detect'], detect],
  ])(
    'validated with %j comes to a result or an error with its place, and leaves nothing half done',
    async (args, expected) => {
      const files = ['--schema', 'schema.json', '--output', 'out.csv', '--rejects', 'rejects.csv'];
      const { code, text } = await said('validate', 'file.csv', ...files, ...args);
      expect([code, text]).toEqual([exitCode(expected), expected]);
      expect(readdirSync(directory).filter((name) => name.endsWith('.part'))).toEqual([]);
    },
  );

  it('gives a schema, or the same error', async () => {
    const { code, text } = await said('infer', 'file.csv');
    if (infer === 'a schema') expect([code, text]).toEqual([0, '{']);
    else expect([code, text]).toEqual([2, validate.replace(/; \d+ rows$/, '')]);
  });

  it('comes to the same alone, in pieces of any size', async () => {
    const sizes = body.length < SMALL ? [1, 7, Infinity] : [Infinity];
    for (const size of sizes) {
      const result = await validateCsv(bytes(body, size), SCHEMA).then(
        ({ counts: { rowsRead, rowsWritten, rowsRejected } }) => {
          expect(rowsRead).toBe(rowsWritten + rowsRejected);
          return rowsRejected > 0
            ? `${rowsRejected} of ${rowsRead} rows rejected`
            : `valid, ${rowsRead} rows`;
        },
        (error: Error) => {
          expect(error).toBeInstanceOf(PipelineError);
          const { code, message, rowsRead } = error as PipelineError;
          return `${code}: ${message}; ${rowsRead} rows`;
        },
      );
      expect(result).toBe(validate);
      // Without a schema, as well: nothing but a result or an error of the file's.
      for (const run of [
        () => runCsv(bytes(body, size), definePipeline()),
        () => inferSchema(bytes(body, size)),
      ]) {
        await run().catch((error: Error) => expect(error).toBeInstanceOf(PipelineError));
      }
    }
  });
});
