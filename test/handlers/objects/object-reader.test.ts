import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { SOURCE } from '../../../src/handlers/objects/object-access';
import { bytesOf, headObject, readObject } from '../../../src/handlers/objects/object-reader';
import { Account, BUCKET } from '../account';
import { FaultProxy } from '../fault-proxy';

let account: Account;
let proxy: FaultProxy;
beforeAll(async () => {
  account = await Account.start();
  proxy = await FaultProxy.start(account.services.endpoint);
});
afterAll(async () => {
  await proxy.stop();
  await account.stop();
});

const at = (key: string, versionId?: string) => ({ bucket: BUCKET, key, versionId });
/** A client whose requests pass the proxy. */
const struck = () => account.s3At(proxy.endpoint);

it('reads the version that it is asked for', async () => {
  const first = await account.put('raw/versions.csv', 'one');
  await account.put('raw/versions.csv', 'two');
  expect(String(await readObject(account.s3, at('raw/versions.csv', first), SOURCE))).toBe('one');
  expect(String(await readObject(account.s3, at('raw/versions.csv'), SOURCE))).toBe('two');
});

it('asks for nothing before the first byte is wanted', async () => {
  const bytes = bytesOf(account.s3, at('raw/never.csv'), SOURCE);
  const transfer = bytes[Symbol.asyncIterator]();
  await expect(transfer.return!(undefined)).resolves.toEqual({ done: true, value: undefined });
});

it('tells an object from a delete marker and from none', async () => {
  await account.put('raw/deleted.csv', 'gone');
  const marker = await account.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'raw/deleted.csv' }));
  expect(await headObject(account.s3, at('raw/deleted.csv'), SOURCE)).toBeUndefined();
  expect(await headObject(account.s3, at('raw/deleted.csv', marker.VersionId), SOURCE)).toBeUndefined();
  expect(await headObject(account.s3, at('raw/absent.csv'), SOURCE)).toBeUndefined();
  const versionId = await account.put('raw/there.csv', 'four');
  expect(await headObject(account.s3, at('raw/there.csv'), SOURCE)).toMatchObject({
    versionId,
    sizeBytes: 4,
  });
});

it('says which version of the source is gone', async () => {
  await account.put('raw/kept.csv', 'x');
  const other = await account.put('raw/other.csv', 'x');
  await expect(readObject(account.s3, at('raw/kept.csv', other), SOURCE)).rejects.toMatchObject({
    name: 'source-not-found',
    message: `the source object s3://orders/raw/kept.csv?versionId=${other} does not exist`,
  });
});

it.each([
  [undefined, 's3:GetObject', 's3://orders/raw/secret.csv'],
  ['v1', 's3:GetObjectVersion', 's3://orders/raw/secret.csv?versionId=v1'],
])('names the permission that is missing for version %s', async (versionId, action, uri) => {
  proxy.answer({ method: 'GET', url: /secret/ }, 403, 'AccessDenied');
  await expect(readObject(struck(), at('raw/secret.csv', versionId), SOURCE)).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      `reading the source object ${uri} was refused: the function's role needs ${action} on it ` +
      '(where the role lacks s3:ListBucket on the bucket, S3 answers the same for an object that does not exist)',
  });
});

it('passes on a refusal of a head', async () => {
  proxy.answer({ method: 'HEAD', url: /secret/ }, 403, 'AccessDenied');
  await expect(headObject(struck(), at('raw/secret.csv'), SOURCE)).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

it('calls a fault of the service transient', async () => {
  proxy.answer({ method: 'GET', url: /busy/ }, 503, 'SlowDown');
  await expect(readObject(struck(), at('raw/busy.csv'), SOURCE)).rejects.toMatchObject({
    name: 'TransientError',
  });
});

it('calls a transfer that breaks off transient', async () => {
  await account.put('raw/long.csv', 'id,name\n1,a\n');
  proxy.cutBody({ method: 'GET', url: /long/ });
  await expect(readObject(struck(), at('raw/long.csv'), SOURCE)).rejects.toMatchObject({
    name: 'TransientError',
    message: expect.stringMatching(/^reading the source object s3:\/\/orders\/raw\/long.csv broke off: /),
  });
});

it('lets an error of whoever reads pass as it is', async () => {
  await account.put('raw/read.csv', 'id\n1\n');
  const mine = new Error('mine');
  const reading = async () => {
    for await (const _chunk of bytesOf(account.s3, at('raw/read.csv'), SOURCE)) throw mine;
  };
  await expect(reading()).rejects.toBe(mine);
});
