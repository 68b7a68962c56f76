import fc from 'fast-check';
import { decodeEventKey, isInput, outputKeyOf, rejectsKeyOf } from '../../src/handlers/object-key';

const JOB_ID = 'a'.repeat(32);

/** Any text that can be a key: S3 keys are UTF-8, so no lone surrogates. */
const path = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 60 })
  .filter((text) => Buffer.from(text).toString() === text);

/** As S3 encodes the key of a notification: a form value. */
function encodeAsS3(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+');
}

it('gives back any key that S3 encoded in an event', () => {
  fc.assert(
    fc.property(path, (key) => {
      expect(decodeEventKey(encodeAsS3(key))).toBe(key);
    }),
  );
});

it('mirrors the path under the input prefix, so that no two sources share an output', () => {
  fc.assert(
    fc.property(path, fc.constantFrom('raw/', 'in/orders/', ''), (name, prefix) => {
      const key = outputKeyOf(prefix + name, prefix);
      expect(key).toBe(`processed/${name}`);
    }),
  );
});

it.each([
  ['orders.csv', 'orders.parquet'],
  ['2024/orders.csv.gz', '2024/orders.parquet'],
  ['v1.2/orders', 'v1.2/orders.parquet'],
  ['orders.2024.txt', 'orders.2024.parquet'],
  [`orders.${JOB_ID}.rejects.csv`, `orders.${JOB_ID}.rejects.parquet`],
  ['.csv', '.parquet'],
  ['orders.gz', 'orders.parquet'],
])('puts the extension of a format in place of that of the source: %s', (name, expected) => {
  expect(outputKeyOf(`raw/${name}`, 'raw/', '.parquet')).toBe(`processed/${expected}`);
});

it('puts rejects beside each other by path, and apart by job', () => {
  fc.assert(
    fc.property(path, (name) => {
      const key = rejectsKeyOf(`raw/${name}.csv`, 'raw/', JOB_ID);
      expect(key).toBe(`failed/${name}.${JOB_ID}.rejects.csv`);
      expect(isInput(key.replace(/^failed\//, 'raw/'), { prefix: 'raw/', suffixes: ['.csv'] })).toBe(true);
    }),
  );
});

it('keeps another suffix in the name of the rejects', () => {
  expect(rejectsKeyOf('raw/a/b.tsv', 'raw/', JOB_ID)).toBe(`failed/a/b.tsv.${JOB_ID}.rejects.csv`);
});

it('names what comes of a gzip file as what it inflates to', () => {
  expect(outputKeyOf('raw/a/b.csv.gz', 'raw/')).toBe('processed/a/b.csv');
  expect(rejectsKeyOf('raw/a/b.csv.gz', 'raw/', JOB_ID)).toBe(`failed/a/b.${JOB_ID}.rejects.csv`);
});

it('takes input by prefix and any of the suffixes', () => {
  const filter = { prefix: 'raw/', suffixes: ['.csv', '.txt'] };
  expect(isInput('raw/a.csv', filter)).toBe(true);
  expect(isInput('raw/b.txt', filter)).toBe(true);
  expect(isInput('raw/b.CSV', filter)).toBe(false);
  expect(isInput('other/a.csv', filter)).toBe(false);
});

it('takes keys up to the length that S3 takes, counted in bytes', () => {
  expect(outputKeyOf(`raw/${'x'.repeat(1014)}`, 'raw/')).toHaveLength(1024);
  expect(() => outputKeyOf(`raw/${'é'.repeat(508)}`, 'raw/')).toThrow(
    "the source's key leads to a key of 1026 bytes, and S3 takes at most 1024: shorten its path or name",
  );
  expect(() => rejectsKeyOf(`raw/${'x'.repeat(1000)}`, 'raw/', JOB_ID)).toThrow(
    expect.objectContaining({ name: 'key-too-long' }),
  );
});
