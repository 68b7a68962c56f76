import { createHash } from 'node:crypto';
import { readSpec } from '../../../src/handlers/objects/spec-object';
import { Account, ASSETS, SPEC } from '../account';

let account: Account;
beforeAll(async () => {
  account = await Account.start();
});
afterAll(() => account.stop());

it('reads a spec once, since it never changes', async () => {
  const pointer = await account.putSpec();
  expect(await readSpec(account.s3, pointer)).toEqual(SPEC);
  await account.put(pointer.key, 'changed', ASSETS);
  expect(await readSpec(account.s3, pointer)).toEqual(SPEC);
});

it('refuses a spec that is not the one the job began with', async () => {
  await account.put('other.json', '{}', ASSETS);
  const sha256 = '0'.repeat(64);
  await expect(readSpec(account.s3, { bucket: ASSETS, key: 'other.json', sha256 })).rejects.toMatchObject({
    name: 'spec-mismatch',
    message: `the pipeline's spec s3://assets/other.json has hash ${createHash('sha256').update('{}').digest('hex')}, the job began with ${sha256}`,
  });
});

it('refuses a spec that is not there', async () => {
  const pointer = { bucket: ASSETS, key: 'none.json', sha256: '1'.repeat(64) };
  await expect(readSpec(account.s3, pointer)).rejects.toMatchObject({
    name: 'spec-mismatch',
    message: "the pipeline's spec s3://assets/none.json does not exist",
  });
});

it('refuses a version of the spec that it does not know', async () => {
  const pointer = await account.putSpec({ version: 2 as 1 });
  await expect(readSpec(account.s3, pointer)).rejects.toMatchObject({
    name: 'spec-mismatch',
    message: expect.stringContaining('1, the version that this release reads'),
  });
});
