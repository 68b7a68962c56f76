import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { PART_BYTES, StagingObject, writeObject } from '../../../src/handlers/objects/staging-object';
import { Account, BUCKET } from '../account';
import { FaultProxy } from '../fault-proxy';
import { captureLines } from '../standard-output';

/** The smallest part that S3 takes. */
const PART = 5 * 1024 * 1024;

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
afterEach(() => jest.restoreAllMocks());

const target = (key: string) => ({ bucket: BUCKET, key: `staging/${key}` });
const struck = () => account.s3At(proxy.endpoint);

async function unfinished(): Promise<string[]> {
  const { Uploads = [] } = await account.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
  return Uploads.map(({ Key }) => Key!);
}

/** Chunks of 1 MiB, each with a letter of its own. */
async function writeMebibytes(object: StagingObject, count: number): Promise<Buffer> {
  const chunks = Array.from({ length: count }, (_, index) => Buffer.alloc(1024 * 1024, 97 + (index % 26)));
  for (const chunk of chunks) await object.write(chunk);
  return Buffer.concat(chunks);
}

it('writes a small object with one call, and none of its bytes before it is closed', async () => {
  const object = new StagingObject(account.s3, target('small'));
  await object.write(Buffer.from('one,'));
  await object.write(Buffer.from('two\n'));
  expect(await account.head('staging/small')).toBeUndefined();
  expect(await object.close()).toEqual(target('small'));
  expect(await account.text('staging/small')).toBe('one,two\n');
  expect(object.sizeBytes).toBe(8);
});

it('writes an empty object', async () => {
  await new StagingObject(account.s3, target('empty')).close();
  expect(await account.text('staging/empty')).toBe('');
});

it.each([
  ['a rest', 33],
  ['whole parts only', 30],
])('writes a large object in parts, with %s', async (name, mebibytes) => {
  const object = new StagingObject(account.s3, target(name), PART);
  const bytes = await writeMebibytes(object, mebibytes);
  await object.close();
  expect(await account.text(`staging/${name}`)).toBe(String(bytes));
  expect(await unfinished()).toEqual([]);
});

it('has parts of 8 MiB unless told otherwise', () => {
  expect(PART_BYTES).toBe(8_388_608);
});

it('leaves nothing behind when it is aborted', async () => {
  const object = new StagingObject(account.s3, target('aborted'), PART);
  await writeMebibytes(object, 6);
  expect(await unfinished()).toEqual(['staging/aborted']);
  await object.abort();
  expect(await unfinished()).toEqual([]);
  expect(await account.head('staging/aborted')).toBeUndefined();
});

it('has nothing to abort where nothing was sent', async () => {
  const object = new StagingObject(account.s3, target('unsent'));
  await object.write(Buffer.from('x'));
  await object.abort();
  expect(await account.head('staging/unsent')).toBeUndefined();
});

it('reports a part that failed, at the latest when it is closed', async () => {
  proxy.answer({ method: 'PUT', url: /failing.*partNumber=1/ }, 503, 'SlowDown');
  const object = new StagingObject(struck(), target('failing'), PART);
  const writing = async () => {
    await writeMebibytes(object, 6);
    await object.close();
  };
  await expect(writing()).rejects.toMatchObject({ name: 'TransientError' });
  await object.abort();
  expect(await unfinished()).toEqual([]);
});

it('makes the writer wait, and so stop, where parts fail under it', async () => {
  proxy.answer({ method: 'PUT', url: /stopping.*partNumber/, times: 100 }, 503, 'SlowDown');
  const object = new StagingObject(struck(), target('stopping'), PART);
  await expect(writeMebibytes(object, 100)).rejects.toMatchObject({ name: 'TransientError' });
  await object.abort();
  expect(object.sizeBytes).toBeLessThan(50 * 1024 * 1024);
});

it('names the permission that is missing', async () => {
  proxy.answer({ method: 'PUT', url: /refused/ }, 403, 'AccessDenied');
  const object = new StagingObject(struck(), target('refused'));
  await expect(object.close()).rejects.toMatchObject({
    name: 'AccessDenied',
    message: "writing s3://orders/staging/refused was refused: the function's role needs s3:PutObject on it",
  });
});

it('only logs an abort that fails', async () => {
  const output = captureLines();
  proxy.answer({ method: 'DELETE', url: /stuck/ }, 403, 'AccessDenied');
  const object = new StagingObject(struck(), target('stuck'), PART);
  await writeMebibytes(object, 6);
  await object.abort();
  expect(output.log('WARN')).toMatchObject([{ key: 'staging/stuck', reason: 'AccessDenied' }]);
});

it('gives up an object whose writer throws', async () => {
  const error = new Error('no more');
  const writing = writeObject(account.s3, target('given-up'), async (sink) => {
    await sink.write(Buffer.from('x'));
    throw error;
  });
  await expect(writing).rejects.toBe(error);
  expect(await account.head('staging/given-up')).toBeUndefined();
});
