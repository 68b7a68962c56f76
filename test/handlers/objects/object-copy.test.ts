import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { copyObject, encodeKey } from '../../../src/handlers/objects/object-copy';
import { Account, BUCKET } from '../account';
import { FaultProxy } from '../fault-proxy';
import { captureLines } from '../standard-output';

const MIB = 1024 * 1024;
/** Copies above 1 MiB in parts of 5 MiB. */
const LIMITS = { singleCopyBytes: MIB, partBytes: 5 * MIB };

let account: Account;
let proxy: FaultProxy;
beforeAll(async () => {
  account = await Account.start();
  proxy = await FaultProxy.start(account.services.endpoint);
  await account.put('staging/a+b (1) é.csv', 'small');
  await account.put('staging/large', Buffer.alloc(12 * MIB, 'x'));
});
afterAll(async () => {
  await proxy.stop();
  await account.stop();
});
afterEach(() => jest.restoreAllMocks());

const to = (key: string) => ({ bucket: BUCKET, key });
const small = { from: to('staging/a+b (1) é.csv'), sizeBytes: 5, metadata: { 'job-id': 'j' } };
const large = { from: to('staging/large'), sizeBytes: 12 * MIB, metadata: { 'job-id': 'j' } };

async function unfinished(): Promise<number> {
  const { Uploads = [] } = await account.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
  return Uploads.length;
}

it('percent-encodes a key but for its slashes', () => {
  expect(encodeKey('a b/c+d/é%.csv')).toBe('a%20b/c%2Bd/%C3%A9%25.csv');
});

it.each([
  ['at once', small, undefined],
  ['in parts', large, LIMITS],
])('copies %s, with metadata and type of its own', async (name, copy, limits) => {
  const target = to(`processed/${name}`);
  expect(await copyObject(account.s3, { ...copy, to: target, condition: { IfNoneMatch: '*' } }, limits)).toBe(
    true,
  );
  expect(await account.head(target.key)).toMatchObject({
    ContentLength: copy.sizeBytes,
    ContentType: 'text/csv; charset=utf-8',
    Metadata: { 'job-id': 'j' },
  });
});

it.each([
  ['at once', small, undefined],
  ['in parts', large, LIMITS],
])('copies nothing %s where the destination is not what it was', async (name, copy, limits) => {
  const target = to(`processed/changed ${name}`);
  await account.put(target.key, 'theirs');
  const attempt = (condition: { IfMatch: string } | { IfNoneMatch: '*' }) =>
    copyObject(account.s3, { ...copy, to: target, condition }, limits);
  expect(await attempt({ IfNoneMatch: '*' })).toBe(false);
  expect(await attempt({ IfMatch: '"0123"' })).toBe(false);
  expect(await account.text(target.key)).toBe('theirs');
  const gone = { ...copy, to: to(`processed/gone ${name}`), condition: { IfMatch: '"0123"' } };
  expect(await copyObject(account.s3, gone, limits)).toBe(false);
  expect(await unfinished()).toBe(0);
});

it('replaces what is there where there is no condition', async () => {
  await account.put('failed/a', 'old');
  expect(await copyObject(account.s3, { ...small, to: to('failed/a') })).toBe(true);
  expect(await account.text('failed/a')).toBe('small');
});

it('counts a source that is gone as an error of its own, whatever the condition', async () => {
  await account.put('failed/b', 'old');
  const { ETag } = (await account.head('failed/b'))!;
  for (const condition of [undefined, { IfNoneMatch: '*' as const }, { IfMatch: ETag! }]) {
    const target = condition && 'IfNoneMatch' in condition ? 'failed/c' : 'failed/b';
    const copy = copyObject(account.s3, { ...small, from: to('staging/none'), to: to(target), condition });
    await expect(copy).rejects.toMatchObject({
      name: 'TransientError',
      message: 'the staged object s3://orders/staging/none is gone',
    });
  }
});

it('never takes a 404 for an unmet If-None-Match', async () => {
  proxy.answer({ method: 'PUT', url: /odd/ }, 404, 'NoSuchBucket');
  const copy = { ...small, to: to('processed/odd'), condition: { IfNoneMatch: '*' as const } };
  await expect(copyObject(account.s3At(proxy.endpoint), copy)).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
});

it('names the permission that is missing', async () => {
  proxy.answer({ method: 'PUT', url: /refused/ }, 403, 'AccessDenied');
  const copy = copyObject(account.s3At(proxy.endpoint), { ...small, to: to('processed/refused') });
  await expect(copy).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      "writing s3://orders/processed/refused was refused: the function's role needs s3:PutObject on it",
  });
});

it('sees an error inside an answer of status 200', async () => {
  proxy.answer({ method: 'PUT', url: /late-error/ }, 200, 'InternalError');
  const copy = copyObject(account.s3At(proxy.endpoint), { ...small, to: to('processed/late-error') });
  await expect(copy).rejects.toMatchObject({ name: 'TransientError' });
});

it('only logs an abort that fails', async () => {
  const output = captureLines();
  proxy.answer({ method: 'PUT', url: /stuck.*partNumber=2/ }, 503, 'SlowDown');
  proxy.answer({ method: 'DELETE', url: /stuck/ }, 403, 'AccessDenied');
  const copy = copyObject(account.s3At(proxy.endpoint), { ...large, to: to('processed/stuck') }, LIMITS);
  await expect(copy).rejects.toMatchObject({ name: 'TransientError' });
  expect(output.log('WARN')).toMatchObject([{ key: 'processed/stuck', reason: 'AccessDenied' }]);
});
