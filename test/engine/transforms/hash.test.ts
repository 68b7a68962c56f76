import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { compileTransforms } from '../../../src/engine/transforms';
import type { HashKeys } from '../../../src/engine/transforms/transform-context';
import type { TransformSpec } from '../../../src/spec/transforms/transform-spec';
import { applyTo, CONTEXT } from '../batch-of';
import { MemorySink } from '../in-memory';
import { definePipeline, runCsv } from 'serverless-csv-etl/engine';

const HASH: TransformSpec = { type: 'hash', column: 'a', key: 'Shop/Key' };

function hashed(cells: readonly string[], hashKeys?: HashKeys): readonly string[] {
  const operation = compileTransforms([HASH], ['a'], { ...CONTEXT, hashKeys });
  return applyTo(
    operation,
    1,
    cells.map((cell) => [cell]),
  ).rows.map(([cell]) => cell);
}

// https://www.rfc-editor.org/rfc/rfc4231, test cases 1 to 4, 6 and 7: those whose data are text.
it.each([
  [Buffer.alloc(20, 0x0b), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    'Jefe',
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    Buffer.alloc(131, 0xaa),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
  [
    Buffer.alloc(131, 0xaa),
    'This is a test using a larger than block-size key and a larger than block-size data. ' +
      'The key needs to be hashed before being used by the HMAC algorithm.',
    '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  ],
])('is HMAC-SHA-256 in hexadecimal digits: key %j of %j', (key, cell, expected) => {
  expect(hashed([cell], { 'Shop/Key': key })).toEqual([expected]);
});

it('hashes the UTF-8 of any text under the UTF-8 of any key, equal cells to equal ones', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 });
  fc.assert(
    fc.property(text, fc.array(text), (key, cells) => {
      expect(hashed(cells, { 'Shop/Key': key })).toEqual(
        cells.map((cell) => createHmac('sha256', Buffer.from(key)).update(Buffer.from(cell)).digest('hex')),
      );
    }),
  );
});

it('leaves a missing cell missing', () => {
  expect(hashed([''], { 'Shop/Key': 'k' })).toEqual(['']);
});

it.each<[HashKeys | undefined, string]>([
  [undefined, 'was not given'],
  [{ other: 'k' }, 'was not given'],
  [Object.create({ 'Shop/Key': 'k' }) as HashKeys, 'was not given'],
  [{ 'Shop/Key': '' }, 'is empty'],
  [{ 'Shop/Key': new Uint8Array() }, 'is empty'],
])('is refused with the keys %j', (hashKeys, problem) => {
  expect(() => hashed(['x'], hashKeys)).toThrow(
    expect.objectContaining({
      code: 'secret-unreadable',
      message: `the hash key "Shop/Key" ${problem}`,
    }),
  );
});

describe('in one pass', () => {
  const pipeline = definePipeline({
    schema: { fields: [{ name: 'id', type: 'integer' }, { name: 'email' }] },
    transforms: [{ type: 'hash', column: 'email', key: 'people' }],
  });

  it('takes its keys by their names', async () => {
    const output = new MemorySink();
    await runCsv('id,email\n1,what do ya want for nothing?\n2,\n', pipeline, {
      output,
      hashKeys: { people: 'Jefe' },
    });
    expect(output.text).toBe(
      'id,email\n1,5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\n2,\n',
    );
  });

  it('fails without them', async () => {
    await expect(runCsv('id,email\n', pipeline)).rejects.toMatchObject({ code: 'secret-unreadable' });
  });
});
