import { EventEmitter } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CsvFile, definePipeline, runCsv } from '../../../src/engine';
import type { CsvTarget } from '../../../src/engine';

const directory = mkdtempSync(join(tmpdir(), 'target-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** More than several chunks. */
const SOURCE = `id,text\n${Array.from({ length: 60_000 }, (_, id) => `${id},some text of row ${id}\n`).join('')}`;

async function copied(target: CsvTarget, path: string): Promise<string> {
  await runCsv(SOURCE, definePipeline(), { output: target });
  return readFileSync(path, 'utf8');
}

describe.each<[string, (path: string) => CsvTarget]>([
  ['a file', (path) => new CsvFile(path)],
  ["a stream's file", (path) => createWriteStream(path)],
])('%s', (name, open) => {
  const path = join(directory, `${name.replace(/\W/g, '-')}.csv`);

  it('gets all bytes in their order, whatever memory is used again', async () => {
    expect(await copied(open(path), path)).toBe(SOURCE);
  });

  it('fails the run where it cannot be written', async () => {
    const target = open(join(directory, 'no', 'such', 'directory.csv'));
    await expect(runCsv(SOURCE, definePipeline(), { output: target })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});

it('makes no file of rejects where no row is rejected', async () => {
  const rejects = join(directory, 'rejects.csv');
  await runCsv('a\n1\n', definePipeline(), { rejects: new CsvFile(rejects) });
  expect(existsSync(rejects)).toBe(false);
  await runCsv('a\n1\n1,2\n', definePipeline(), { rejects: new CsvFile(rejects) });
  expect(readFileSync(rejects, 'utf8').split('\n')).toHaveLength(3);
  // Nor leaves it the file of a run before.
  await runCsv('a\n1\n', definePipeline(), { rejects: new CsvFile(rejects) });
  expect(existsSync(rejects)).toBe(false);
});

it('lets go of a file whose run fails', async () => {
  const path = join(directory, 'broken.csv');
  const run = runCsv('a\n1\n"2', definePipeline(), { output: new CsvFile(path) });
  await expect(run).rejects.toMatchObject({ code: 'unclosed-quote' });
  rmSync(path, { force: true });
});

it('waits for a sink that emits events and is no stream', async () => {
  class Counter extends EventEmitter {
    bytes = 0;
    async write(chunk: Uint8Array): Promise<void> {
      await new Promise(setImmediate);
      this.bytes += chunk.length;
    }
  }
  const counter = new Counter();
  await runCsv(SOURCE, definePipeline(), { output: counter });
  expect(counter.bytes).toBe(SOURCE.length);
});

it('keeps what a sink has that may be written to again, also a record larger than its chunks', async () => {
  const seen: string[] = [];
  const long = `a\n${'x'.repeat(600_000)}\n${'1\n'.repeat(400_000)}`;
  await runCsv(long, definePipeline(), {
    output: { releases: true, write: (chunk: Uint8Array) => void seen.push(Buffer.from(chunk).toString()) },
  });
  expect(seen.join('')).toBe(long);
});
