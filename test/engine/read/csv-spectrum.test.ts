import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { csvEngine, DEFAULT_DIALECT } from '../../../src/engine';
import { bytes, MemorySink, pipeline, records, validated } from '../in-memory';

const root = dirname(require.resolve('csv-spectrum/package.json'));
const files = readdirSync(join(root, 'csvs')).map((name) => name.replace(/\.csv$/, ''));

/** The objects that the file's JSON twin holds, as records. */
function expectedRecords(name: string): string[][] {
  // The twin of location_coordinates has another telephone number than its file.
  const json = readFileSync(join(root, 'json', `${name}.json`), 'utf8').replace(
    '"1234567890"',
    '"2095257564"',
  );
  const twin: unknown = JSON.parse(json);
  // One of the twins is the object itself.
  const objects = [twin].flat() as Array<Record<string, string>>;
  return [Object.keys(objects[0]), ...objects.map((object) => Object.values(object))];
}

async function published(staged: string): Promise<string> {
  const output = new MemorySink();
  await csvEngine.publish({ input: bytes(staged), output });
  return output.text;
}

describe('csv-spectrum', () => {
  it('has twelve files', () => {
    expect(files).toHaveLength(12);
  });

  it.each(files)('reads %s', async (name) => {
    const text = readFileSync(join(root, 'csvs', `${name}.csv`));
    for (const size of [1, 7, Infinity]) expect(await records(text, {}, size)).toEqual(expectedRecords(name));
  });

  it.each(files)('passes %s on with its header', async (name) => {
    const text = readFileSync(join(root, 'csvs', `${name}.csv`));
    const { output, counts } = await validated(text);
    const expected = expectedRecords(name);
    expect(await records(await published(output))).toEqual(expected);
    expect(counts).toMatchObject({ rowsRead: expected.length - 1, rowsRejected: 0 });
  });

  it.each(files)('passes %s on as a file without header', async (name) => {
    const text = readFileSync(join(root, 'csvs', `${name}.csv`));
    const spec = pipeline({ dialect: { ...DEFAULT_DIALECT, header: false } });
    const { output, header, counts } = await validated(text, spec);
    const expected = expectedRecords(name);
    expect(header).toEqual(expected[0].map((_label, index) => `field${index + 1}`));
    expect(await records(await published(output))).toEqual([header, ...expected]);
    expect(counts).toMatchObject({ rowsRead: expected.length, rowsRejected: 0 });
  });
});
